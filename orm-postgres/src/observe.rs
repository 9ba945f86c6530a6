//! What a hook sees of each statement.

use std::sync::Arc;
use std::time::Duration;

/// A statement that has been run; see [`DbBuilder::on_statement`](crate::DbBuilder::on_statement).
#[derive(Debug)]
#[non_exhaustive]
pub struct StatementEvent<'a> {
    /// The text, without any value.
    pub sql: &'a str,
    /// From the first poll until the last row was read: waiting for a connection, preparing and the round trip.
    pub duration: Duration,
    /// Rows returned, or rows written when the statement returns none.
    pub rows: u64,
    /// Whether it succeeded. One that was dropped before its end did not, as far as anybody knows.
    pub success: bool,
}

/// The hook of a pool.
pub(crate) type Hook = Arc<dyn Fn(&StatementEvent<'_>) + Send + Sync>;

//! What a hook sees of each statement.

use crate::error::Error;
use orm_core::args::Present;
use orm_core::query::Plan;
use std::sync::Arc;
use std::time::{Duration, Instant};

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

/// A statement's text, as far as it is wanted: by errors and by the hook.
pub(crate) struct Text {
    pub(crate) plan: &'static Plan,
    pub(crate) present: Present,
}

pub(crate) fn with_sql(text: Option<&Text>, error: Error) -> Error {
    match text {
        Some(text) => error.with_sql(text.plan.text(text.present)),
        None => error,
    }
}

/// A statement that a hook waits for.
pub(crate) struct Watch {
    hook: Hook,
    started: Option<Instant>,
}

impl Watch {
    pub(crate) fn new(hook: &Hook) -> Self {
        Watch { hook: hook.clone(), started: None }
    }

    /// The statement is under way, from the first time on that this is said.
    pub(crate) fn start(&mut self) {
        self.started.get_or_insert_with(Instant::now);
    }

    /// It has come to its end, unless it never was under way.
    pub(crate) fn end(self, sql: &str, rows: u64, success: bool) {
        if let Some(started) = self.started {
            (self.hook)(&StatementEvent { sql, duration: started.elapsed(), rows, success });
        }
    }
}

/// Tells the hook, if there is one, and once, of a statement that was polled.
#[inline]
pub(crate) fn report(watch: &mut Option<Watch>, text: Option<&Text>, rows: u64, success: bool) {
    if watch.is_some() {
        tell(watch, text, rows, success);
    }
}

/// Out of the way of the statements that nobody watches.
#[cold]
fn tell(watch: &mut Option<Watch>, text: Option<&Text>, rows: u64, success: bool) {
    if let (Some(watch), Some(text)) = (watch.take(), text) {
        watch.end(&text.plan.text(text.present), rows, success);
    }
}

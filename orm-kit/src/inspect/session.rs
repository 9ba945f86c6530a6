//! The transaction of an inspection: one snapshot, and settings under which a server prints everything in one way.

use crate::Error;
use tokio_postgres::Client;

/// With this search path the server qualifies every name that is not its own, and no temporary table hides a table of its
/// own; the other settings change how it prints names and constants. To compile these queries takes longer than to run them.
const SETTINGS: &str = "
    set local search_path = pg_catalog, pg_temp;
    set local quote_all_identifiers = off;
    set local datestyle = 'ISO, MDY';
    set local intervalstyle = 'postgres';
    set local timezone = 'UTC';
    set local extra_float_digits = 1;
    set local bytea_output = 'hex';
    set local jit = off";

/// The transaction, or the part of it, in which the settings hold.
pub(super) struct Session {
    end: &'static str,
}

impl Session {
    /// Begins a transaction, or a savepoint in that of the caller.
    pub(super) async fn begin(client: &Client) -> Result<Self, Error> {
        let (begin, end) = if in_transaction(client).await? {
            (
                "savepoint mizzle_inspect",
                "rollback to savepoint mizzle_inspect; release savepoint mizzle_inspect",
            )
        } else {
            ("begin isolation level repeatable read, read only", "rollback")
        };
        client.batch_execute(begin).await?;
        let session = Session { end };
        match client.batch_execute(SETTINGS).await {
            Ok(()) => Ok(session),
            Err(error) => {
                session.end(client).await?;
                Err(error.into())
            }
        }
    }

    /// Puts everything back as it was.
    pub(super) async fn end(self, client: &Client) -> Result<(), Error> {
        Ok(client.batch_execute(self.end).await?)
    }
}

/// Whether the caller has begun a transaction: a local setting outlives its statement only in one.
async fn in_transaction(client: &Client) -> Result<bool, Error> {
    client.query_typed("select set_config('mizzle.inspect', 'on', true)", &[]).await?;
    let row = client
        .query_typed_one("select coalesce(current_setting('mizzle.inspect', true), '') = 'on'", &[])
        .await?;
    Ok(row.try_get(0)?)
}

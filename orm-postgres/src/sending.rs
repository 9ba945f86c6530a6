//! Sending a statement, and what is held of its connection until it was answered.

use crate::connection::Connection;
use crate::error::{Error, is_stale};
use crate::executor::{Held, On};
use bytes::BytesMut;
use orm_core::args::{Encoded, Present};
use orm_core::query::Plan;
use tokio_postgres::types::{IsNull, ToSql, Type};
use tokio_postgres::{RowStream, Statement};

/// A statement that was sent: the connection, the rows that come from it, and the parameters, which are done with.
pub(crate) struct Opened {
    pub(crate) using: Using,
    pub(crate) stream: RowStream,
    pub(crate) encoded: Encoded,
}

/// A statement that was run for its effect: how many rows were written, and the parameters.
pub(crate) struct Done {
    pub(crate) affected: u64,
    pub(crate) encoded: Encoded,
}

/// Takes a connection and sends the statement, prepared before or now, by this method of the driver's client.
///
/// A function that had the method as a parameter would be a future more to be polled, and an `async fn` moves what it is
/// given.
macro_rules! sent {
    ($send:ident($on:ident, $plan:ident, $encoded:ident) => $sent:expr) => {
        async move {
            // Here, and not in a function: its future, the pool's in it, would be moved where there is no pool.
            let held = match $on {
                On::Pool(db) => Held::Pooled(db.connection().await?),
                On::Client(connection) => connection.check_idle().map(|()| Held::Client(connection))?,
                On::Tx(tx) => tx.check_open().map(|()| Held::Tx(tx))?,
            };
            let using = Using::new(held);
            let (held, present) = (&using.held, $encoded.present());
            let connection: &Connection = held;
            // Inside a transaction there is no second try: the first one has ended it.
            let mut last_try = held.is_tx();
            let result = loop {
                let statement = match connection.cached($plan, present) {
                    Some(statement) => statement,
                    None => match Box::pin(prepare(held, $plan, present)).await {
                        Ok(statement) => statement,
                        Err(error) => break Err(error),
                    },
                };
                // A closure is a type of its own: the driver's code for it has one caller, and is inlined there.
                let params = $encoded.params().map(|value| Param(value));
                let error = match connection.client().$send(&statement, params).await {
                    Ok(answer) => break Ok(answer),
                    Err(error) => error,
                };
                let stale = is_stale(&error);
                if stale {
                    held.forget_statements();
                }
                if !stale || last_try {
                    break Err(held.error(error));
                }
                last_try = true;
            };
            match result {
                Ok(answer) => Ok($sent(using, answer, $encoded)),
                Err(error) => Err(using.fail(error)),
            }
        }
    };
}

/// For its rows, of which the first is still to be read.
#[expect(clippy::manual_async_fn, reason = "an `async fn` moves what it is given")]
pub(crate) fn open(
    on: On,
    plan: &'static Plan,
    encoded: Encoded,
) -> impl Future<Output = Result<Opened, Error>> {
    sent!(query_raw(on, plan, encoded) => |using, stream, encoded| Opened { using, stream, encoded })
}

/// For its effect, to its end: no stream is made of the rows that there are not.
#[expect(clippy::manual_async_fn, reason = "an `async fn` moves what it is given")]
pub(crate) fn run(
    on: On,
    plan: &'static Plan,
    encoded: Encoded,
) -> impl Future<Output = Result<Done, Error>> {
    sent!(execute_raw(on, plan, encoded) => |using: Using, affected, encoded| {
        using.finish();
        Done { affected, encoded }
    })
}

async fn prepare(held: &Held, plan: &'static Plan, present: Present) -> Result<Statement, Error> {
    let statement = held.prepare(plan, present).await?;
    held.check_open().map(|()| statement)
}

/// The connection of a statement that has not ended. Dropped before it was answered, it tells the connection and the
/// transaction that an answer is still on its way.
pub(crate) struct Using {
    pub(crate) held: Held,
    finished: bool,
    streaming: bool,
}

impl Using {
    pub(crate) fn new(held: Held) -> Self {
        Using { held, finished: false, streaming: false }
    }

    /// Its rows are read when their reader wants them.
    pub(crate) fn stream(&mut self) {
        if !self.streaming {
            self.streaming = true;
            self.held.set_streaming(true);
        }
    }

    /// It was answered.
    pub(crate) fn finish(mut self) {
        self.finished = true;
    }

    /// It was answered with an error.
    pub(crate) fn fail(self, error: Error) -> Error {
        if error.db_error().is_some() {
            self.held.note_failure();
        }
        self.finish();
        error
    }
}

impl Drop for Using {
    fn drop(&mut self) {
        if self.streaming {
            self.held.set_streaming(false);
        }
        if !self.finished {
            self.held.mark_unfinished();
            self.held.note_failure();
        }
    }
}

/// A parameter that is encoded already.
pub(crate) struct Param<'a>(pub(crate) Option<&'a [u8]>);

impl ToSql for Param<'_> {
    #[inline]
    fn to_sql(
        &self,
        _: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self.0 {
            Some(bytes) => {
                out.extend_from_slice(bytes);
                Ok(IsNull::No)
            }
            None => Ok(IsNull::Yes),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    #[inline]
    fn to_sql_checked(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        self.to_sql(ty, out)
    }
}

/// The driver writes parameters to the log.
impl std::fmt::Debug for Param<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("_")
    }
}

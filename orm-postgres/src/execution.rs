//! A statement under way. Nothing here is generic over the statement: it is compiled once, in this crate.

use crate::connection::Connection;
use crate::error::{Error, Kind, is_stale};
use crate::executor::{On, Place};
use crate::observe::StatementEvent;
use crate::pool::Held;
use bytes::BytesMut;
use futures_util::Stream;
use orm_core::args::{Args, Encoded, Present};
use orm_core::error::EncodeError;
use orm_core::query::Plan;
use pin_project_lite::pin_project;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Instant;
use tokio_postgres::types::{IsNull, ToSql, Type};
use tokio_postgres::{Row, RowStream};

/// A running statement, row by row.
pub(crate) trait Execution {
    /// The next row, or the end.
    fn poll_row(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Row, Error>>>;

    /// Passes over the rows that are here already, when no more are wanted. Mostly these are all, and the connection
    /// can be used again.
    fn settle(self: Pin<&mut Self>, cx: &mut Context<'_>);

    /// Rows written or returned, known at the end.
    fn affected(&self) -> u64;

    /// `error` with the statement's text, for what is found wrong with its rows.
    fn with_sql(&self, error: Error) -> Error;
}

/// Starts a statement: nothing is sent before the first poll.
pub(crate) fn execute<'c>(
    Place(on): Place<'c>,
    plan: &'static Plan,
    args: Args,
) -> Pin<Box<dyn Execution + Send + 'c>> {
    let encoded = args.finish();
    let present = encoded.as_ref().map(Encoded::present).unwrap_or_default();
    Box::pin(Running {
        opening: Some(open(on, plan, encoded)),
        stream: None,
        using: None,
        text: Text { plan, present },
        on,
        started: None,
        rows: 0,
        affected: 0,
    })
}

pin_project! {
    struct Running<'c, F> {
        #[pin]
        opening: Option<F>,
        #[pin]
        stream: Option<RowStream>,
        using: Option<Using<'c>>,
        text: Text,
        on: On<'c>,
        started: Option<Instant>,
        rows: u64,
        affected: u64,
    }

    impl<F> PinnedDrop for Running<'_, F> {
        /// A statement that was given up is seen by the hook too: a request's own time may have run out.
        fn drop(this: Pin<&mut Self>) {
            let this = this.project();
            this.text.report(*this.on, this.started, *this.rows, false);
        }
    }
}

/// How many rows that nobody wants are read at most.
const SETTLED_ROWS: usize = 128;

impl<'c, F> Execution for Running<'c, F>
where
    F: Future<Output = Result<(Using<'c>, RowStream), Error>>,
{
    fn poll_row(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Row, Error>>> {
        let mut this = self.project();
        loop {
            if let Some(mut stream) = this.stream.as_mut().as_pin_mut() {
                let result = match ready!(stream.as_mut().poll_next(cx)) {
                    Some(Ok(row)) => {
                        *this.rows += 1;
                        return Poll::Ready(Some(Ok(row)));
                    }
                    Some(Err(error)) => {
                        let error = match this.using {
                            Some(using) => using.held.error(error),
                            None => Error::driver(error),
                        };
                        Err(this.text.fail(*this.on, error))
                    }
                    None => Ok(()),
                };
                *this.affected = stream.rows_affected().unwrap_or(*this.rows);
                this.stream.set(None);
                if let Some(using) = this.using.take() {
                    using.finish();
                }
                this.text.report(*this.on, this.started, *this.affected, result.is_ok());
                return Poll::Ready(result.err().map(Err));
            }
            let Some(opening) = this.opening.as_mut().as_pin_mut() else { return Poll::Ready(None) };
            if this.started.is_none() && this.on.hook().is_some() {
                *this.started = Some(Instant::now());
            }
            let opened = ready!(opening.poll(cx));
            this.opening.set(None);
            match opened {
                Ok((using, stream)) => {
                    *this.using = Some(using);
                    this.stream.set(Some(stream));
                }
                Err(error) => {
                    this.text.report(*this.on, this.started, 0, false);
                    return Poll::Ready(Some(Err(this.text.fail(*this.on, error))));
                }
            }
        }
    }

    fn settle(mut self: Pin<&mut Self>, cx: &mut Context<'_>) {
        for _ in 0..SETTLED_ROWS {
            if !matches!(self.as_mut().poll_row(cx), Poll::Ready(Some(Ok(_)))) {
                break;
            }
        }
    }

    fn affected(&self) -> u64 {
        self.affected
    }

    fn with_sql(&self, error: Error) -> Error {
        self.text.add_to(error)
    }
}

/// Takes a connection and sends the statement, prepared before or now.
async fn open<'c>(
    on: On<'c>,
    plan: &'static Plan,
    encoded: Result<Encoded, EncodeError>,
) -> Result<(Using<'c>, RowStream), Error> {
    let encoded = encoded.map_err(|error| Error::new(Kind::Encode(error)))?;
    let using = Using { held: on.connection().await?, on, finished: false };
    match send(&using.held, on, plan, &encoded).await {
        Ok(stream) => Ok((using, stream)),
        Err(error) => {
            // It was answered, be it with an error.
            using.finish();
            Err(error)
        }
    }
}

async fn send(
    connection: &Connection,
    on: On<'_>,
    plan: &'static Plan,
    encoded: &Encoded,
) -> Result<RowStream, Error> {
    let present = encoded.present();
    // Inside a transaction there is no second try: the first one has ended it.
    let mut last_try = on.is_tx();
    loop {
        let statement = match connection.cached(plan, present) {
            Some(statement) => statement,
            None => {
                let statement = connection.prepare(plan, present).await?;
                on.check_open()?;
                statement
            }
        };
        match connection.client().query_raw(&statement, encoded.params().map(Param)).await {
            Ok(stream) => return Ok(stream),
            Err(error) if is_stale(&error) => {
                connection.forget_statements();
                if last_try {
                    return Err(connection.error(error));
                }
                last_try = true;
            }
            Err(error) => return Err(connection.error(error)),
        }
    }
}

/// The connection of a statement that has not ended. Dropped before [`finish`](Using::finish), it tells the connection
/// and the transaction that an answer is still on its way.
struct Using<'c> {
    held: Held<'c>,
    on: On<'c>,
    finished: bool,
}

impl Using<'_> {
    fn finish(mut self) {
        self.finished = true;
    }
}

impl Drop for Using<'_> {
    fn drop(&mut self) {
        if !self.finished {
            self.held.mark_unfinished();
            self.on.note_failure();
        }
    }
}

/// A statement's text, as far as it is wanted: by errors and by the hook.
struct Text {
    plan: &'static Plan,
    present: Present,
}

impl Text {
    fn add_to(&self, error: Error) -> Error {
        error.with_sql(self.plan.text(self.present))
    }

    fn fail(&self, on: On<'_>, error: Error) -> Error {
        if error.db_error().is_some() {
            on.note_failure();
        }
        self.add_to(error)
    }

    /// Tells the hook, once.
    fn report(&self, on: On<'_>, started: &mut Option<Instant>, rows: u64, success: bool) {
        if let (Some(hook), Some(started)) = (on.hook(), started.take()) {
            let sql = &self.plan.text(self.present);
            hook(&StatementEvent { sql, duration: started.elapsed(), rows, success });
        }
    }
}

/// A parameter that is encoded already.
struct Param<'a>(Option<&'a [u8]>);

impl ToSql for Param<'_> {
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

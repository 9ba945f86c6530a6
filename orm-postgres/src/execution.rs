//! A statement under way. Nothing here is generic over the statement: it is compiled once, in this crate.

use crate::connection::Connection;
use crate::decode::read_row;
use crate::error::{Error, Kind, is_stale};
use crate::executor::{On, Place};
use crate::fetch::Sink;
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
use tokio_postgres::RowStream;
use tokio_postgres::types::{IsNull, ToSql, Type};

/// A running statement.
pub(crate) trait Execution {
    /// Gives every row to `rows`; at the end, how many were written or returned.
    fn poll_rows(self: Pin<&mut Self>, cx: &mut Context<'_>, rows: &mut dyn Sink)
    -> Poll<Result<u64, Error>>;

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
    let running = Box::write(
        Box::new_uninit(),
        Running {
            opening: Some(open(on, plan, encoded)),
            stream: None,
            using: None,
            text: Text { plan, present },
            on,
            started: None,
            rows: 0,
        },
    );
    Box::into_pin(running)
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
    fn poll_rows(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        rows: &mut dyn Sink,
    ) -> Poll<Result<u64, Error>> {
        ready!(self.as_mut().poll_open(cx))?;
        loop {
            let this = self.as_mut().project();
            let Some(stream) = this.stream.as_pin_mut() else { return Poll::Pending };
            match ready!(stream.poll_next(cx)) {
                Some(Ok(row)) => {
                    *this.rows += 1;
                    if let Err(error) = read_row(&row, rows) {
                        self.as_mut().settle(cx);
                        return Poll::Ready(Err(self.with_sql(error)));
                    }
                }
                Some(Err(error)) => return Poll::Ready(self.end(Err(error))),
                None => return Poll::Ready(self.end(Ok(()))),
            }
        }
    }

    fn with_sql(&self, error: Error) -> Error {
        self.text.add_to(error)
    }
}

impl<'c, F> Running<'c, F>
where
    F: Future<Output = Result<(Using<'c>, RowStream), Error>>,
{
    /// Sends the statement, once.
    fn poll_open(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        let mut this = self.project();
        let Some(opening) = this.opening.as_mut().as_pin_mut() else { return Poll::Ready(Ok(())) };
        if this.started.is_none() && this.on.hook().is_some() {
            *this.started = Some(Instant::now());
        }
        let opened = ready!(opening.poll(cx));
        this.opening.set(None);
        Poll::Ready(match opened {
            Ok((using, stream)) => {
                *this.using = Some(using);
                this.stream.set(Some(stream));
                Ok(())
            }
            Err(error) => {
                this.text.report(*this.on, this.started, 0, false);
                Err(this.text.fail(*this.on, error))
            }
        })
    }

    /// Lets the connection go. Gives how many rows were written or returned.
    fn end(self: Pin<&mut Self>, result: Result<(), tokio_postgres::Error>) -> Result<u64, Error> {
        let mut this = self.project();
        let affected = this.stream.as_ref().as_pin_ref().and_then(|stream| stream.rows_affected());
        let affected = affected.unwrap_or(*this.rows);
        this.stream.set(None);
        let using = this.using.take();
        let result = result.map_err(|error| {
            let error = match &using {
                Some(using) => using.held.error(error),
                None => Error::driver(error),
            };
            this.text.fail(*this.on, error)
        });
        if let Some(using) = using {
            using.finish();
        }
        this.text.report(*this.on, this.started, affected, result.is_ok());
        result.map(|()| affected)
    }

    /// Passes over the rows that are here already, when no more are wanted. Mostly these are all, and the connection
    /// can be used again.
    fn settle(mut self: Pin<&mut Self>, cx: &mut Context<'_>) {
        for _ in 0..SETTLED_ROWS {
            let this = self.as_mut().project();
            let Some(stream) = this.stream.as_pin_mut() else { return };
            let result = match stream.poll_next(cx) {
                Poll::Ready(Some(Ok(_))) => {
                    *this.rows += 1;
                    continue;
                }
                Poll::Ready(Some(Err(error))) => Err(error),
                Poll::Ready(None) => Ok(()),
                Poll::Pending => return,
            };
            // What is wrong with the rows is said already.
            let _ = self.end(result);
            return;
        }
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
                let statement = Box::pin(connection.prepare(plan, present)).await?;
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

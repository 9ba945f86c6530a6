//! A statement under way. Nothing here is generic over the statement: it is compiled once, in this crate.

use crate::connection::Connection;
use crate::decode::read_row;
use crate::error::{Error, Kind, is_stale};
use crate::executor::{Held, On};
use crate::fetch::Sink;
use crate::observe::{Text, Watch, report, with_sql};
use bytes::BytesMut;
use futures_util::Stream;
use orm_core::args::{Args, Encoded};
use orm_core::error::EncodeError;
use orm_core::query::Plan;
use pin_project_lite::pin_project;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio_postgres::RowStream;
use tokio_postgres::types::{IsNull, ToSql, Type};

/// What runs a statement, and another one after it.
pub(crate) trait Execution {
    /// The parameters of the statement that is started next.
    fn args(self: Pin<&mut Self>) -> &mut Args;

    /// Starts a statement: nothing is sent before the first poll.
    fn start(self: Pin<&mut Self>, on: On, plan: &'static Plan);

    /// Gives every row to `rows`; at the end, how many were written or returned.
    fn poll_rows(self: Pin<&mut Self>, cx: &mut Context<'_>, rows: &mut dyn Sink)
    -> Poll<Result<u64, Error>>;

    /// Gives the next row to `rows`, or says that there is none.
    fn poll_row(self: Pin<&mut Self>, cx: &mut Context<'_>, rows: &mut dyn Sink)
    -> Poll<Result<bool, Error>>;

    /// Passes over the rows that are here already, when no more are wanted. Mostly these are all, and the connection
    /// can be used again.
    fn settle(self: Pin<&mut Self>, cx: &mut Context<'_>);

    /// `error` with the statement's text, for what is found wrong with its rows.
    fn with_sql(&self, error: Error) -> Error;

    /// Lets go of everything; a statement that has not ended is given up.
    fn stop(self: Pin<&mut Self>);
}

/// An execution without a statement.
#[cold]
pub(crate) fn idle() -> Pin<Box<dyn Execution + Send>> {
    Box::pin(Running {
        open,
        opening: None,
        stream: None,
        using: None,
        args: Args::new(),
        text: None,
        watch: None,
        rows: 0,
    })
}

pin_project! {
    struct Running<O, F> {
        open: O,
        #[pin]
        opening: Option<F>,
        #[pin]
        stream: Option<RowStream>,
        using: Option<Using>,
        args: Args,
        text: Option<Text>,
        watch: Option<Watch>,
        rows: u64,
    }
}

/// How many rows that nobody wants are read at most.
const SETTLED_ROWS: usize = 128;

impl<O, F> Execution for Running<O, F>
where
    O: Fn(On, &'static Plan, Result<Encoded, EncodeError>) -> F,
    F: Future<Output = Result<Opened, Error>>,
{
    fn args(self: Pin<&mut Self>) -> &mut Args {
        self.project().args
    }

    fn start(self: Pin<&mut Self>, on: On, plan: &'static Plan) {
        let mut this = self.project();
        let encoded = this.args.finish();
        let present = encoded.as_ref().map(Encoded::present).unwrap_or_default();
        *this.text = Some(Text { plan, present });
        // What cannot be encoded is never sent, and without its conditions its text would say what nobody did.
        *this.watch = if encoded.is_ok() { on.hook().map(Watch::new) } else { None };
        *this.rows = 0;
        // Where nothing is known to be, the future is written; elsewhere it would be copied.
        empty(this.opening.as_mut());
        this.opening.set(Some((this.open)(on, plan, encoded)));
    }

    fn poll_rows(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        rows: &mut dyn Sink,
    ) -> Poll<Result<u64, Error>> {
        if self.opening.is_some() {
            ready!(self.as_mut().poll_open(cx))?;
        }
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

    fn poll_row(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        rows: &mut dyn Sink,
    ) -> Poll<Result<bool, Error>> {
        if self.opening.is_some() {
            ready!(self.as_mut().poll_open(cx))?;
        }
        let this = self.as_mut().project();
        let (Some(stream), Some(using)) = (this.stream.as_pin_mut(), this.using) else {
            return Poll::Pending;
        };
        using.stream();
        match ready!(stream.poll_next(cx)) {
            Some(Ok(row)) => {
                *this.rows += 1;
                let read = read_row(&row, rows);
                Poll::Ready(read.map(|()| true).map_err(|error| self.with_sql(error)))
            }
            Some(Err(error)) => Poll::Ready(self.end(Err(error)).map(|_| false)),
            None => Poll::Ready(self.end(Ok(())).map(|_| false)),
        }
    }

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
            // Nobody asks any more how it ended.
            let _ = self.end(result);
            return;
        }
    }

    fn with_sql(&self, error: Error) -> Error {
        with_sql(self.text.as_ref(), error)
    }

    fn stop(self: Pin<&mut Self>) {
        let this = self.project();
        // A statement that was given up is seen by the hook too: a request's own time may have run out.
        report(this.watch, this.text.as_ref(), *this.rows, false);
        empty(this.opening);
        empty(this.stream);
        *this.using = None;
        this.args.clear();
    }
}

impl<O, F> Running<O, F>
where
    F: Future<Output = Result<Opened, Error>>,
{
    /// Sends the statement, once. A call that is not inlined would cost each statement 100 instructions, since streams
    /// have made it two callers.
    #[inline(always)]
    fn poll_open(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        let mut this = self.project();
        let Some(opening) = this.opening.as_mut().as_pin_mut() else { return Poll::Ready(Ok(())) };
        if let Some(watch) = this.watch {
            watch.start();
        }
        let opened = ready!(opening.poll(cx));
        this.opening.set(None);
        Poll::Ready(match opened {
            Ok(Opened { using, stream, encoded }) => {
                *this.using = Some(using);
                this.args.reuse(encoded);
                this.stream.set(Some(stream));
                Ok(())
            }
            Err(error) => {
                report(this.watch, this.text.as_ref(), 0, false);
                Err(with_sql(this.text.as_ref(), error))
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
        let result = match (result, using) {
            (Ok(()), using) => {
                if let Some(using) = using {
                    using.finish();
                }
                Ok(affected)
            }
            (Err(error), Some(using)) => {
                let error = using.held.error(error);
                Err(using.fail(error))
            }
            (Err(error), None) => Err(Error::driver(error)),
        };
        report(this.watch, this.text.as_ref(), affected, result.is_ok());
        result.map_err(|error| with_sql(this.text.as_ref(), error))
    }
}

/// Drops what there is. Mostly there is nothing, and dropping that is a call for such large types.
#[inline]
fn empty<T>(mut slot: Pin<&mut Option<T>>) {
    if slot.is_some() {
        slot.set(None);
    }
}

/// A statement that was sent: the connection, the rows that come from it, and the parameters, which are done with.
struct Opened {
    using: Using,
    stream: RowStream,
    encoded: Encoded,
}

/// Takes a connection and sends the statement, prepared before or now.
async fn open(on: On, plan: &'static Plan, encoded: Result<Encoded, EncodeError>) -> Result<Opened, Error> {
    let encoded = encoded.map_err(|error| Error::new(Kind::Encode(error)))?;
    // Here, and not in a function: its future, the pool's in it, would be moved where there is no pool.
    let held = match on {
        On::Pool(db) => Held::Pooled(db.connection().await?),
        On::Client(connection) => connection.check_idle().map(|()| Held::Client(connection))?,
        On::Tx(tx) => tx.check_open().map(|()| Held::Tx(tx))?,
    };
    let using = Using::new(held);
    match send(&using.held, plan, &encoded).await {
        Ok(stream) => Ok(Opened { using, stream, encoded }),
        Err(error) => Err(using.fail(error)),
    }
}

async fn send(held: &Held, plan: &'static Plan, encoded: &Encoded) -> Result<RowStream, Error> {
    let present = encoded.present();
    // Inside a transaction there is no second try: the first one has ended it.
    let mut last_try = held.is_tx();
    let connection: &Connection = held;
    loop {
        let statement = match connection.cached(plan, present) {
            Some(statement) => statement,
            None => {
                let statement = Box::pin(held.prepare(plan, present)).await?;
                held.check_open()?;
                statement
            }
        };
        match connection.client().query_raw(&statement, encoded.params().map(Param)).await {
            Ok(stream) => return Ok(stream),
            Err(error) if is_stale(&error) => {
                held.forget_statements();
                if last_try {
                    return Err(held.error(error));
                }
                last_try = true;
            }
            Err(error) => return Err(held.error(error)),
        }
    }
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
    fn stream(&mut self) {
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

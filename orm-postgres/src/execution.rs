//! A statement under way. Nothing here is generic over the statement: it is compiled once, in this crate.

use crate::decode::read_row;
use crate::error::{Error, Kind};
use crate::executor::On;
use crate::fetch::Sink;
use crate::observe::{Text, Watch, report, with_sql};
use crate::sending::{Done, Opened, Using, open, run};
use futures_util::Stream;
use orm_core::args::{Args, Encoded, Present};
use orm_core::query::Plan;
use pin_project_lite::pin_project;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio_postgres::RowStream;

/// What runs a statement, and another one after it.
pub(crate) trait Execution {
    /// The parameters of the statement that is started next.
    fn args(self: Pin<&mut Self>) -> &mut Args;

    /// Starts a statement: nothing is sent before the first poll.
    fn start(self: Pin<&mut Self>, on: On, plan: &'static Plan, wanted: Wanted);

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

/// What of its answer a statement is run for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    Rows,
    /// How many rows were written.
    Effect,
}

/// An execution without a statement.
#[cold]
pub(crate) fn idle() -> Pin<Box<dyn Execution + Send>> {
    Box::pin(Running {
        open,
        run,
        opening: None,
        running: None,
        refused: None,
        stream: None,
        using: None,
        args: Args::new(),
        text: None,
        watch: None,
        rows: 0,
    })
}

pin_project! {
    struct Running<O, F, R, G> {
        open: O,
        run: R,
        #[pin]
        opening: Option<F>,
        #[pin]
        running: Option<G>,
        // Why nothing is sent.
        refused: Option<Error>,
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

impl<O, F, R, G> Execution for Running<O, F, R, G>
where
    O: Fn(On, &'static Plan, Encoded) -> F,
    F: Future<Output = Result<Opened, Error>>,
    R: Fn(On, &'static Plan, Encoded) -> G,
    G: Future<Output = Result<Done, Error>>,
{
    fn args(self: Pin<&mut Self>) -> &mut Args {
        self.project().args
    }

    fn start(self: Pin<&mut Self>, on: On, plan: &'static Plan, wanted: Wanted) {
        let mut this = self.project();
        let encoded = match this.args.finish() {
            Ok(encoded) => encoded,
            // It is never sent, and no hook is told: without its conditions its text would say what nobody did.
            Err(error) => {
                *this.text = Some(Text { plan, present: Present::NONE });
                *this.refused = Some(Error::new(Kind::Encode(error)));
                return;
            }
        };
        *this.text = Some(Text { plan, present: encoded.present() });
        *this.watch = on.hook().map(Watch::new);
        *this.rows = 0;
        // Where nothing is known to be, the future is written; elsewhere it would be copied.
        match wanted {
            Wanted::Rows => {
                empty(this.opening.as_mut());
                this.opening.set(Some((this.open)(on, plan, encoded)));
            }
            Wanted::Effect => {
                empty(this.running.as_mut());
                this.running.set(Some((this.run)(on, plan, encoded)));
            }
        }
    }

    fn poll_rows(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        rows: &mut dyn Sink,
    ) -> Poll<Result<u64, Error>> {
        if self.running.is_some() {
            return self.poll_effect(cx);
        }
        if self.opening.is_some() {
            ready!(self.as_mut().poll_open(cx))?;
        }
        loop {
            let this = self.as_mut().project();
            let Some(stream) = this.stream.as_pin_mut() else { return self.unsent().map(Err) };
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
            if let Some(using) = self.as_mut().project().using {
                using.stream();
            }
        }
        let this = self.as_mut().project();
        let Some(stream) = this.stream.as_pin_mut() else { return self.unsent().map(Err) };
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
        empty(this.running);
        empty(this.stream);
        *this.using = None;
        *this.refused = None;
        this.args.clear();
    }
}

impl<O, F, R, G> Running<O, F, R, G>
where
    F: Future<Output = Result<Opened, Error>>,
    G: Future<Output = Result<Done, Error>>,
{
    /// Runs a statement for its effect: nothing is left to be read of it.
    fn poll_effect(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<u64, Error>> {
        let mut this = self.project();
        let Some(running) = this.running.as_mut().as_pin_mut() else { return Poll::Pending };
        if let Some(watch) = this.watch {
            watch.start();
        }
        let done = ready!(running.poll(cx));
        this.running.set(None);
        Poll::Ready(match done {
            Ok(Done { affected, encoded }) => {
                this.args.reuse(encoded);
                report(this.watch, this.text.as_ref(), affected, true);
                Ok(affected)
            }
            Err(error) => {
                report(this.watch, this.text.as_ref(), 0, false);
                Err(with_sql(this.text.as_ref(), error))
            }
        })
    }

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

    /// Says why nothing was sent.
    #[cold]
    fn unsent(self: Pin<&mut Self>) -> Poll<Error> {
        let this = self.project();
        match this.refused.take() {
            Some(error) => Poll::Ready(with_sql(this.text.as_ref(), error)),
            None => Poll::Pending,
        }
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

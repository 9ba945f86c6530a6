//! A statement between builder and driver: settled, not yet sent.

use crate::error::{Error, Kind};
use crate::frame::Frame;
use orm_core::row::{DecodeError, Fields, Read};
use std::pin::Pin;
use std::task::{Context, Poll};

/// A statement that is ready to be sent to the place `'c` where it runs; await it.
///
/// Its text is settled and its parameters are encoded: it borrows nothing of the query. It is lazy, so nothing is sent
/// before it is polled, and several that are polled together on one [`Client`](crate::Client) or [`Tx`](crate::Tx) are
/// pipelined. An error in encoding a parameter is returned by it.
///
/// ```
/// # use mizzle::prelude::*;
/// # #[derive(Table)]
/// # #[orm(table = "notes")]
/// # struct Note { #[orm(primary_key, identity)] id: i64, #[orm(unique)] body: String }
/// # #[tokio::main]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let database = orm_testing::TestDb::with_schema(&schema![Note].create_sql()).await?;
/// # let db = Db::connect(database.url()).await?;
/// let client = db.client().await?;
/// let first = insert(Note).set(Note.body, "one").execute(&client);
/// let second = insert(Note).set(Note.body, "two").execute(&client);
/// let (first, second) = tokio::join!(first, second);  // sent together
/// assert_eq!((first?, second?), (1, 1));
/// # Ok(())
/// # }
/// ```
#[must_use = "a statement is sent when it is awaited"]
pub struct Fetch<'c, R> {
    pub(crate) frame: Frame<'c>,
    pub(crate) rows: R,
}

impl<R> Unpin for Fetch<'_, R> {}

impl<R: Rows> Future for Fetch<'_, R> {
    type Output = Result<R::Output, Error>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Fetch { frame, rows } = self.get_mut();
        match frame.poll_rows(cx, rows) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Ready(Ok(affected)) => Poll::Ready(match rows.finish(affected) {
                Some(output) => Ok(output),
                None => Err(frame.with_sql(Error::new(Kind::NotFound))),
            }),
        }
    }
}

/// What the rows of a statement are gathered into.
pub trait Rows: Sink {
    /// What awaiting the statement gives.
    type Output;

    /// What was gathered, or `None` when a row is missing.
    #[doc(hidden)]
    fn finish(&mut self, affected: u64) -> Option<Self::Output>;
}

/// Where a row goes, whatever it becomes there.
#[doc(hidden)]
pub trait Sink {
    /// Takes the next row.
    fn push(&mut self, fields: &mut Fields<'_>) -> Result<(), Refusal>;
}

/// Why a row is not taken.
#[doc(hidden)]
pub enum Refusal {
    Unreadable(DecodeError),
    /// There are more than these words allow.
    TooMany(&'static str),
}

/// All rows, as a `Vec`.
pub struct All<O> {
    pub(crate) rows: Vec<O>,
    pub(crate) read: Read<O>,
}

/// Exactly one row.
pub struct One<O>(pub(crate) Optional<O>);

/// One row or none.
pub struct Optional<O> {
    pub(crate) row: Option<O>,
    pub(crate) read: Read<O>,
}

/// No rows: how many were written.
pub struct Effect;

impl<O> Sink for All<O> {
    fn push(&mut self, fields: &mut Fields<'_>) -> Result<(), Refusal> {
        match (self.read)(fields) {
            Ok(row) => {
                self.rows.push(row);
                Ok(())
            }
            Err(error) => Err(Refusal::Unreadable(error)),
        }
    }
}

impl<O> Rows for All<O> {
    type Output = Vec<O>;

    fn finish(&mut self, _: u64) -> Option<Vec<O>> {
        Some(std::mem::take(&mut self.rows))
    }
}

impl<O> Sink for Optional<O> {
    fn push(&mut self, fields: &mut Fields<'_>) -> Result<(), Refusal> {
        if self.row.is_some() {
            return Err(Refusal::TooMany("at most one row"));
        }
        match (self.read)(fields) {
            Ok(row) => {
                self.row = Some(row);
                Ok(())
            }
            Err(error) => Err(Refusal::Unreadable(error)),
        }
    }
}

impl<O> Rows for Optional<O> {
    type Output = Option<O>;

    fn finish(&mut self, _: u64) -> Option<Option<O>> {
        Some(self.row.take())
    }
}

impl<O> Sink for One<O> {
    fn push(&mut self, fields: &mut Fields<'_>) -> Result<(), Refusal> {
        if self.0.row.is_some() {
            return Err(Refusal::TooMany("one row"));
        }
        self.0.push(fields)
    }
}

impl<O> Rows for One<O> {
    type Output = O;

    fn finish(&mut self, _: u64) -> Option<O> {
        self.0.row.take()
    }
}

impl Sink for Effect {
    fn push(&mut self, _: &mut Fields<'_>) -> Result<(), Refusal> {
        Ok(())
    }
}

impl Rows for Effect {
    type Output = u64;

    fn finish(&mut self, affected: u64) -> Option<u64> {
        Some(affected)
    }
}

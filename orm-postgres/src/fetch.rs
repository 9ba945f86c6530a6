//! A statement between builder and driver: settled, not yet sent.

use crate::decode::decode;
use crate::error::{Error, Kind};
use crate::execution::{Execution, Request, execute};
use orm_core::row::{DecodeError, Fields};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio_postgres::Row;

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
    request: Request<'c>,
    rows: R,
}

impl<'c, R> Fetch<'c, R> {
    pub(crate) fn new(request: Request<'c>, rows: R) -> Self {
        Fetch { request, rows }
    }
}

impl<'c, R: Rows> IntoFuture for Fetch<'c, R> {
    type Output = Result<R::Output, Error>;
    type IntoFuture = Running<'c, R>;

    fn into_future(self) -> Running<'c, R> {
        let Fetch { request, rows } = self;
        Running { execution: execute(request), rows: Some(rows) }
    }
}

/// The future of a [`Fetch`].
pub struct Running<'c, R> {
    execution: Pin<Box<dyn Execution + Send + 'c>>,
    rows: Option<R>,
}

impl<R> Unpin for Running<'_, R> {}

impl<R: Rows> Future for Running<'_, R> {
    type Output = Result<R::Output, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Running { execution, rows } = &mut *self;
        loop {
            let row = ready!(execution.as_mut().poll_row(cx)).transpose()?;
            let result = match (row, &mut *rows) {
                (Some(row), Some(rows)) => match rows.push(&row) {
                    Ok(()) => continue,
                    Err(error) => Err(error),
                },
                (_, rows) => match rows.take() {
                    Some(rows) => rows.finish(execution.affected()),
                    None => return Poll::Pending,
                },
            };
            return Poll::Ready(result.map_err(|error| execution.with_sql(error)));
        }
    }
}

/// What the rows of a statement are gathered into.
pub trait Rows: sealed::Sealed {
    /// What awaiting the statement gives.
    type Output;

    #[doc(hidden)]
    fn push(&mut self, row: &Row) -> Result<(), Error>;

    #[doc(hidden)]
    fn finish(self, affected: u64) -> Result<Self::Output, Error>;
}

type Read<O> = fn(&mut Fields<'_>) -> Result<O, DecodeError>;

/// All rows, as a `Vec`.
pub struct All<O> {
    rows: Vec<O>,
    read: Read<O>,
}

/// Exactly one row.
pub struct One<O>(Optional<O>);

/// One row or none.
pub struct Optional<O> {
    row: Option<O>,
    read: Read<O>,
}

/// No rows: how many were written.
pub struct Effect;

impl<O> All<O> {
    pub(crate) fn new(read: Read<O>) -> Self {
        All { rows: Vec::new(), read }
    }
}

impl<O> One<O> {
    pub(crate) fn new(read: Read<O>) -> Self {
        One(Optional::new(read))
    }
}

impl<O> Optional<O> {
    pub(crate) fn new(read: Read<O>) -> Self {
        Optional { row: None, read }
    }
}

impl<O> Rows for All<O> {
    type Output = Vec<O>;

    fn push(&mut self, row: &Row) -> Result<(), Error> {
        self.rows.push(decode(row, self.read)?);
        Ok(())
    }

    fn finish(self, _: u64) -> Result<Vec<O>, Error> {
        Ok(self.rows)
    }
}

impl<O> Rows for One<O> {
    type Output = O;

    fn push(&mut self, row: &Row) -> Result<(), Error> {
        self.0.push(row)
    }

    fn finish(self, _: u64) -> Result<O, Error> {
        self.0.row.ok_or_else(|| Error::new(Kind::NotFound))
    }
}

impl<O> Rows for Optional<O> {
    type Output = Option<O>;

    fn push(&mut self, row: &Row) -> Result<(), Error> {
        match self.row.replace(decode(row, self.read)?) {
            None => Ok(()),
            Some(_) => Err(Error::new(Kind::TooManyRows)),
        }
    }

    fn finish(self, _: u64) -> Result<Option<O>, Error> {
        Ok(self.row)
    }
}

impl Rows for Effect {
    type Output = u64;

    fn push(&mut self, _: &Row) -> Result<(), Error> {
        Ok(())
    }

    fn finish(self, affected: u64) -> Result<u64, Error> {
        Ok(affected)
    }
}

mod sealed {
    pub trait Sealed {}

    impl<O> Sealed for super::All<O> {}
    impl<O> Sealed for super::One<O> {}
    impl<O> Sealed for super::Optional<O> {}
    impl Sealed for super::Effect {}
}

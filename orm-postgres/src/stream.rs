//! The rows of a statement, one at a time.

use crate::error::Error;
use crate::fetch::Optional;
use crate::frame::Frame;
use futures_util::Stream;
use orm_core::row::Read;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The rows of a statement as they come from the server, as [`Run::stream`](crate::Run::stream) gives them.
///
/// However many rows there are, about as many are in memory as the socket gives at once: when nobody reads, the server
/// waits. The statement is sent at the first `next`. Without any other crate the rows are read in a loop; it is also a
/// `Stream` of the `futures` crates, with all that their `StreamExt` has.
///
/// A stream keeps its connection to itself. On a [`Db`](crate::Db) that is one of the pool; on a
/// [`Client`](crate::Client) or a [`Tx`](crate::Tx) every other statement is refused until the stream is at its end or
/// dropped, because it could only wait for the rows before it to be read.
///
/// Dropped before its end, it is given up like any statement: a connection of a pool is closed and the server is asked
/// to stop, unless the rest of the rows was here already; inside a transaction, which goes on, the rest is passed over.
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
/// # db.batch_execute("insert into notes (body) select 'note ' || n from generate_series(1, 1000) n").await?;
/// let mut notes = select(Note).stream(&db);
/// let mut letters = 0;
/// while let Some(note) = notes.next().await {
///     letters += note?.body.len();
/// }
/// # assert!(letters > 6000);
///
/// // With `futures_util`:
/// use futures_util::TryStreamExt;
/// let ids: Vec<i64> = select(Note.id).from(Note).stream(&db).try_collect().await?;
/// assert_eq!(ids.len(), 1000);
/// # Ok(())
/// # }
/// ```
#[must_use = "a statement is sent when its first row is asked for"]
pub struct RowStream<'c, T> {
    /// There until the last row, or an error.
    frame: Option<Frame<'c>>,
    rows: Optional<T>,
}

impl<T> Unpin for RowStream<'_, T> {}

impl<'c, T> RowStream<'c, T> {
    pub(crate) fn new(frame: Frame<'c>, read: Read<T>) -> Self {
        RowStream { frame: Some(frame), rows: Optional { row: None, read } }
    }

    /// The next row, or `None` after the last one. Dropping what it returns loses no row.
    ///
    /// # Errors
    /// What can go wrong with a statement, before its first row or after any. Nothing comes after an error.
    // An `async fn` would be a state more to pass through for each row.
    #[expect(clippy::should_implement_trait, reason = "what it returns is awaited")]
    pub fn next(&mut self) -> impl Future<Output = Option<Result<T, Error>>> {
        std::future::poll_fn(|cx| self.poll_row(cx))
    }

    #[inline]
    fn poll_row(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        let Some(frame) = &mut self.frame else { return Poll::Ready(None) };
        match ready!(frame.poll_row(cx, &mut self.rows)) {
            Ok(true) => Poll::Ready(self.rows.row.take().map(Ok)),
            Ok(false) => {
                self.frame = None;
                Poll::Ready(None)
            }
            Err(error) => {
                self.give_up();
                Poll::Ready(Some(Err(error)))
            }
        }
    }

    fn give_up(&mut self) {
        if let Some(mut frame) = self.frame.take() {
            frame.settle();
        }
    }
}

impl<T> Stream for RowStream<'_, T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_row(cx)
    }
}

impl<T> Drop for RowStream<'_, T> {
    fn drop(&mut self) {
        self.give_up();
    }
}

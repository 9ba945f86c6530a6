//! Running a statement.

use crate::executor::Executor;
use crate::fetch::{All, Effect, Fetch, One, Optional};
use crate::frame::Frame;
use crate::stream::RowStream;
use orm_core::args::Bind;
use orm_core::query::{Command, Query, Statement};
use orm_core::select::CountRows;

/// The methods that run a statement, on a [`Db`](crate::Db), a [`Client`](crate::Client) or a [`Tx`](crate::Tx).
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
/// let written: u64 = insert(Note).set(Note.body, "one").execute(&db).await?;
/// let note: Note = select(Note).filter(Note.body.eq("one")).one(&db).await?;
/// let other: Option<Note> = select(Note).find(note.id + 1).optional(&db).await?;
/// let bodies: Vec<String> = select(Note.body).from(Note).all(&db).await?;
/// assert_eq!((written, bodies.len(), other.is_none()), (1, 1, true));
/// assert_eq!(select(Note).count(&db).await?, 1);
/// # Ok(())
/// # }
/// ```
pub trait Run: Statement + Sized {
    /// Exactly one row.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) when there is none, and an error when there are more.
    fn one<'c, I, O>(self, db: &'c impl Executor) -> Fetch<'c, One<O>>
    where
        Self: Query<I, Output = O>,
    {
        let mut frame = Frame::new();
        self.bind(frame.args());
        Fetch {
            frame: frame.start(db.place(), Self::PLAN),
            rows: One(Optional { row: None, read: Self::READ }),
        }
    }

    /// One row, or `None`.
    ///
    /// # Errors
    /// When there are more.
    fn optional<'c, I, O>(self, db: &'c impl Executor) -> Fetch<'c, Optional<O>>
    where
        Self: Query<I, Output = O>,
    {
        let mut frame = Frame::new();
        self.bind(frame.args());
        Fetch { frame: frame.start(db.place(), Self::PLAN), rows: Optional { row: None, read: Self::READ } }
    }

    /// All rows.
    fn all<'c, I, O>(self, db: &'c impl Executor) -> Fetch<'c, All<O>>
    where
        Self: Query<I, Output = O>,
    {
        let mut frame = Frame::new();
        self.bind(frame.args());
        Fetch { frame: frame.start(db.place(), Self::PLAN), rows: All { rows: Vec::new(), read: Self::READ } }
    }

    /// All rows, one at a time, in bounded memory; see [`RowStream`].
    fn stream<'c, I, O>(self, db: &'c impl Executor) -> RowStream<'c, O>
    where
        Self: Query<I, Output = O>,
    {
        let mut frame = Frame::new();
        self.bind(frame.args());
        RowStream::new(frame.start(db.place(), Self::PLAN), Self::READ)
    }

    /// For its effect: how many rows were written.
    fn execute<I>(self, db: &impl Executor) -> Fetch<'_, Effect>
    where
        Self: Command<I>,
    {
        let mut frame = Frame::new();
        self.bind(frame.args());
        Fetch { frame: frame.start(db.place(), Self::PLAN), rows: Effect }
    }

    /// How many rows the SELECT finds, within its limit and offset.
    fn count<I>(self, db: &impl Executor) -> Fetch<'_, One<i64>>
    where
        Self: CountRows<Count: Query<I, Output = i64>>,
    {
        let mut frame = Frame::new();
        self.into_count().bind(frame.args());
        let rows = One(Optional { row: None, read: <Self::Count as Query<I>>::READ });
        Fetch { frame: frame.start(db.place(), <Self::Count as Query<I>>::PLAN), rows }
    }

    /// Whether the SELECT finds any row.
    fn exists<I>(self, db: &impl Executor) -> Fetch<'_, One<bool>>
    where
        Self: CountRows<Exists: Query<I, Output = bool>>,
    {
        let mut frame = Frame::new();
        self.into_exists().bind(frame.args());
        let rows = One(Optional { row: None, read: <Self::Exists as Query<I>>::READ });
        Fetch { frame: frame.start(db.place(), <Self::Exists as Query<I>>::PLAN), rows }
    }
}

impl<Q: Statement> Run for Q {}

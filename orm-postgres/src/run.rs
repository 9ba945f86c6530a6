//! Running a statement.

use crate::execution::Request;
use crate::executor::{Executor, Place};
use crate::fetch::{All, Effect, Fetch, One, Optional};
use orm_core::query::{Command, Query, Statement, encode};
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
        Fetch::new(query::<Self, I>(&self, db.place()), One::new(Self::decode))
    }

    /// One row, or `None`.
    ///
    /// # Errors
    /// When there are more.
    fn optional<'c, I, O>(self, db: &'c impl Executor) -> Fetch<'c, Optional<O>>
    where
        Self: Query<I, Output = O>,
    {
        Fetch::new(query::<Self, I>(&self, db.place()), Optional::new(Self::decode))
    }

    /// All rows.
    fn all<'c, I, O>(self, db: &'c impl Executor) -> Fetch<'c, All<O>>
    where
        Self: Query<I, Output = O>,
    {
        Fetch::new(query::<Self, I>(&self, db.place()), All::new(Self::decode))
    }

    /// For its effect: how many rows were written.
    fn execute<I>(self, db: &impl Executor) -> Fetch<'_, Effect>
    where
        Self: Command<I>,
    {
        let Place(on) = db.place();
        Fetch::new(Request { on, plan: Self::PLAN, encoded: encode(&self) }, Effect)
    }

    /// How many rows the SELECT finds, within its limit and offset.
    fn count<I>(self, db: &impl Executor) -> Fetch<'_, One<i64>>
    where
        Self: CountRows<Count: Query<I, Output = i64>>,
    {
        let count = self.into_count();
        Fetch::new(query::<_, I>(&count, db.place()), One::new(<Self::Count as Query<I>>::decode))
    }

    /// Whether the SELECT finds any row.
    fn exists<I>(self, db: &impl Executor) -> Fetch<'_, One<bool>>
    where
        Self: CountRows<Exists: Query<I, Output = bool>>,
    {
        let exists = self.into_exists();
        Fetch::new(query::<_, I>(&exists, db.place()), One::new(<Self::Exists as Query<I>>::decode))
    }
}

impl<Q: Statement> Run for Q {}

fn query<'c, Q: Query<I>, I>(query: &Q, Place(on): Place<'c>) -> Request<'c> {
    Request { on, plan: Q::PLAN, encoded: encode(query) }
}

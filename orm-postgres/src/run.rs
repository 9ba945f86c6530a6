//! Running a statement.

use crate::batch::settle;
use crate::connection::Boxed;
use crate::error::Error;
use crate::execution::Wanted;
use crate::executor::Executor;
use crate::explain::explain;
use crate::fetch::{All, Effect, Fetch, One, Optional};
use crate::frame::Frame;
use crate::page::Paged;
use crate::stream::RowStream;
use orm_core::args::Bind;
use orm_core::query::{Command, Query, Runnable, Settled, Statement};
use orm_core::select::{CountRows, Pages, Position};

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
            frame: frame.start(db.place(), Self::PLAN, Wanted::Rows),
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
        Fetch {
            frame: frame.start(db.place(), Self::PLAN, Wanted::Rows),
            rows: Optional { row: None, read: Self::READ },
        }
    }

    /// All rows.
    fn all<'c, I, O>(self, db: &'c impl Executor) -> Fetch<'c, All<O>>
    where
        Self: Query<I, Output = O>,
    {
        let mut frame = Frame::new();
        self.bind(frame.args());
        Fetch {
            frame: frame.start(db.place(), Self::PLAN, Wanted::Rows),
            rows: All { rows: Vec::new(), read: Self::READ },
        }
    }

    /// All rows, one at a time, in bounded memory; see [`RowStream`].
    fn stream<'c, I, O>(self, db: &'c impl Executor) -> RowStream<'c, O>
    where
        Self: Query<I, Output = O>,
    {
        let mut frame = Frame::new();
        self.bind(frame.args());
        RowStream::new(frame.start(db.place(), Self::PLAN, Wanted::Rows), Self::READ)
    }

    /// For its effect: how many rows were written.
    fn execute<I>(self, db: &impl Executor) -> Fetch<'_, Effect>
    where
        Self: Command<I>,
    {
        let mut frame = Frame::new();
        self.bind(frame.args());
        Fetch { frame: frame.start(db.place(), Self::PLAN, Wanted::Effect), rows: Effect }
    }

    /// A page of rows, of a statement with [`keyset`](orm_core::select::Select::keyset).
    ///
    /// # Errors
    /// When the token is not whole, or of another query, or a page has 0 rows.
    fn page<'c, I, O>(self, db: &'c impl Executor) -> Fetch<'c, Paged<O>>
    where
        Self: Pages<This: Query<I, Output = (O, Position)>>,
    {
        let mut frame = Frame::new();
        self.this().bind(frame.args());
        let rows = Paged::new(self.rows(), self.writer(), <Self::This as Query<I>>::READ);
        Fetch { frame: frame.start(db.place(), <Self::This as Query<I>>::PLAN, Wanted::Rows), rows }
    }

    /// How many rows the SELECT finds, within its limit and offset.
    fn count<I>(self, db: &impl Executor) -> Fetch<'_, One<i64>>
    where
        Self: CountRows<Count: Query<I, Output = i64>>,
    {
        let mut frame = Frame::new();
        self.into_count().bind(frame.args());
        let rows = One(Optional { row: None, read: <Self::Count as Query<I>>::READ });
        Fetch { frame: frame.start(db.place(), <Self::Count as Query<I>>::PLAN, Wanted::Rows), rows }
    }

    /// Whether the SELECT finds any row.
    fn exists<I>(self, db: &impl Executor) -> Fetch<'_, One<bool>>
    where
        Self: CountRows<Exists: Query<I, Output = bool>>,
    {
        let mut frame = Frame::new();
        self.into_exists().bind(frame.args());
        let rows = One(Optional { row: None, read: <Self::Exists as Query<I>>::READ });
        Fetch { frame: frame.start(db.place(), <Self::Exists as Query<I>>::PLAN, Wanted::Rows), rows }
    }

    /// The statement as it would be sent, without running it.
    ///
    /// ```
    /// # use mizzle::prelude::*;
    /// # #[derive(Table)]
    /// # #[orm(table = "notes")]
    /// # struct Note { #[orm(primary_key, identity)] id: i64, #[orm(unique)] body: String }
    /// # fn main() -> Result<(), mizzle::Error> {
    /// let statement = delete(Note).find(7).to_sql()?;
    /// assert_eq!(statement.sql(), r#"delete from "notes" where "notes"."id" = $1"#);
    /// assert_eq!(statement.param_types()[0].name(), "int8");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When a parameter cannot be encoded, or the statement says less than it must.
    fn to_sql<I>(&self) -> Result<Settled, Error>
    where
        Self: Runnable<I>,
    {
        settle(self)
    }

    /// The plan that the server makes for it with these parameters, line by line, without running it. A plan quotes
    /// parameters' values.
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
    /// let plan: Vec<String> = select(Note).filter(Note.body.eq("one")).explain(&db).await?;
    /// println!("{}", plan.join("\n"));
    /// # assert!(plan[0].contains("notes"), "{plan:?}");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// What can go wrong with a statement.
    fn explain<I>(self, db: &impl Executor) -> Boxed<'_, Vec<String>>
    where
        Self: Runnable<I>,
    {
        explain(db.place().on, "explain", settle(&self))
    }

    /// Runs it, and says how long each part of the plan took and how many rows it gave, line by line. A statement that
    /// writes **does write**: in a transaction that ends in [`rollback`](crate::Tx::rollback) nothing is kept.
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
    /// let plan = db
    ///     .transaction(async |tx| -> Result<_, mizzle::Error> {
    ///         let plan = insert(Note).set(Note.body, "one").explain_analyze(tx).await?;
    ///         tx.rollback().await?;
    ///         Ok(plan)
    ///     })
    ///     .await?;
    /// assert!(plan[0].contains("actual time"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// What can go wrong with a statement.
    fn explain_analyze<I>(self, db: &impl Executor) -> Boxed<'_, Vec<String>>
    where
        Self: Runnable<I>,
    {
        explain(db.place().on, "explain analyze", settle(&self))
    }
}

impl<Q: Statement> Run for Q {}

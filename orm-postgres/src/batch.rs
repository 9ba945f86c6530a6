//! Several statements, sent together.
//!
//! [`one`], [`all`], [`optional`] and [`execute`] say what is wanted of each statement, as the methods of
//! [`Run`](crate::Run) of the same names do, and [`Executor::batch`](crate::Executor::batch) sends up to sixteen of them
//! before it waits for the first answer:
//!
//! ```
//! # use mizzle::prelude::*;
//! # #[derive(Table)]
//! # #[orm(table = "notes")]
//! # struct Note { #[orm(primary_key, identity)] id: i64, #[orm(unique)] body: String }
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let database = orm_testing::TestDb::with_schema(&schema![Note].create_sql()).await?;
//! # let db = Db::connect(database.url()).await?;
//! use mizzle::batch::{all, execute, optional};
//!
//! let (written, notes, fifth) = db
//!     .batch((
//!         execute(insert(Note).set(Note.body, "one")),
//!         all(select(Note)),
//!         optional(select(Note.body).from(Note).filter(Note.id.eq(5))),
//!     ))
//!     .await?;
//! assert_eq!((written, notes.len(), fifth), (1, 1, None));
//! # Ok(())
//! # }
//! ```
//!
//! A `Vec` of statements of one kind is a batch, too, and gives a `Vec`.
//!
//! They run one after the other in the order given. Outside a transaction each is kept by itself: one that fails undoes
//! neither those before it nor those after it, and the batch as a whole is never
//! [retryable](crate::Error::is_retryable) once it was sent. Run on a [`Tx`](crate::Tx), they are all kept or none.
//! Statements that a connection has not prepared yet are prepared first, in a round trip more, together. One whose table
//! was altered since it was prepared fails once on each connection, because its second try would come after the others.

use crate::connection::Boxed;
use crate::decode::read_row;
use crate::error::{Error, Kind, is_stale};
use crate::executor::{Held, On};
pub use crate::fetch::{All, Effect, One, Optional};
use crate::fetch::{Rows, Sink};
use crate::frame::Frame;
use crate::observe::{Hook, Text, Watch, report};
use crate::sending::{Param, Using};
use futures_util::Stream;
use futures_util::future::join_all;
use orm_core::query::{Command, Query, Runnable, Settled};
use std::future::poll_fn;
use std::pin::pin;
use tokio_postgres::Statement;

/// A statement of a batch, and what is wanted of it.
#[must_use = "a statement is sent when its batch is awaited"]
pub struct Step<R> {
    statement: Result<Settled, Error>,
    rows: R,
}

/// Exactly one row, as [`Run::one`](crate::Run::one) wants.
pub fn one<Q: Query<I>, I>(query: Q) -> Step<One<Q::Output>> {
    Step { statement: settled(&query), rows: One(Optional { row: None, read: Q::READ }) }
}

/// One row, or `None`, as [`Run::optional`](crate::Run::optional) wants.
pub fn optional<Q: Query<I>, I>(query: Q) -> Step<Optional<Q::Output>> {
    Step { statement: settled(&query), rows: Optional { row: None, read: Q::READ } }
}

/// All rows, as [`Run::all`](crate::Run::all) wants.
pub fn all<Q: Query<I>, I>(query: Q) -> Step<All<Q::Output>> {
    Step { statement: settled(&query), rows: All { rows: Vec::new(), read: Q::READ } }
}

/// How many rows were written, as [`Run::execute`](crate::Run::execute) wants.
pub fn execute<C: Command<I>, I>(command: C) -> Step<Effect> {
    Step { statement: settled(&command), rows: Effect }
}

/// The statement with its parameters encoded, beside those of others.
fn settled<I>(statement: &impl Runnable<I>) -> Result<Settled, Error> {
    Settled::with(statement, Frame::new().args()).map_err(|error| Error::new(Kind::Encode(error)))
}

/// The statement with its parameters encoded.
pub(crate) fn settle<I>(statement: &impl Runnable<I>) -> Result<Settled, Error> {
    Settled::new(statement).map_err(|error| Error::new(Kind::Encode(error)))
}

/// A tuple of what [`one`], [`all`], [`optional`] and [`execute`] give, or a `Vec` of what one of them gives.
#[diagnostic::on_unimplemented(
    message = "this is not a batch of statements",
    label = "expected a tuple of up to 16 of `one(..)`, `all(..)`, `optional(..)` and `execute(..)`, or a `Vec` of one of them"
)]
pub trait Batch {
    /// The results, as a tuple or a `Vec`.
    type Output;

    /// What the rows are gathered into.
    #[doc(hidden)]
    type Gathered: Send;

    #[doc(hidden)]
    fn split(self) -> (Result<Vec<Settled>, Error>, Self::Gathered);

    #[doc(hidden)]
    fn sinks(gathered: &mut Self::Gathered) -> Vec<&mut (dyn Sink + Send)>;

    #[doc(hidden)]
    fn finish(gathered: Self::Gathered, answers: Answers<'_>) -> Result<Self::Output, Error>;
}

/// How the statements of a batch ended.
#[doc(hidden)]
pub struct Answers<'b> {
    statements: std::slice::Iter<'b, Settled>,
    results: std::vec::IntoIter<Result<u64, Error>>,
}

impl Answers<'_> {
    /// Gives what the rows of the next statement were gathered into.
    fn finish<R: Rows>(&mut self, rows: &mut R) -> Result<R::Output, Error> {
        let (Some(statement), Some(result)) = (self.statements.next(), self.results.next()) else {
            return Err(Error::new(Kind::NotFound));
        };
        let output = rows.finish(result?);
        output.ok_or_else(|| Error::new(Kind::NotFound).with_sql(statement.sql()))
    }
}

macro_rules! batches {
    ($($rows:ident $index:tt),*) => {
        impl<$($rows: Rows + Send),*> Batch for ($(Step<$rows>,)*) {
            type Output = ($($rows::Output,)*);
            type Gathered = ($($rows,)*);

            fn split(self) -> (Result<Vec<Settled>, Error>, Self::Gathered) {
                ([$(self.$index.statement),*].into_iter().collect(), ($(self.$index.rows,)*))
            }

            fn sinks(gathered: &mut Self::Gathered) -> Vec<&mut (dyn Sink + Send)> {
                vec![$(&mut gathered.$index),*]
            }

            fn finish(mut gathered: Self::Gathered, mut answers: Answers<'_>) -> Result<Self::Output, Error> {
                Ok(($(answers.finish(&mut gathered.$index)?,)*))
            }
        }
    };
}

batches!(A 0);
batches!(A 0, B 1);
batches!(A 0, B 1, C 2);
batches!(A 0, B 1, C 2, D 3);
batches!(A 0, B 1, C 2, D 3, E 4);
batches!(A 0, B 1, C 2, D 3, E 4, F 5);
batches!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
batches!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
batches!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8);
batches!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9);
batches!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10);
batches!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11);
batches!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12);
batches!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13);
batches!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14);
batches!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14, P 15);

/// As many statements of one kind as there are.
impl<R: Rows + Send> Batch for Vec<Step<R>> {
    type Output = Vec<R::Output>;
    type Gathered = Vec<R>;

    fn split(self) -> (Result<Vec<Settled>, Error>, Self::Gathered) {
        let mut gathered = Vec::with_capacity(self.len());
        let mut statements = Vec::with_capacity(self.len());
        for Step { statement, rows } in self {
            match statement {
                Ok(statement) => statements.push(statement),
                Err(error) => return (Err(error), gathered),
            }
            gathered.push(rows);
        }
        (Ok(statements), gathered)
    }

    fn sinks(gathered: &mut Self::Gathered) -> Vec<&mut (dyn Sink + Send)> {
        gathered.iter_mut().map(|rows| rows as &mut (dyn Sink + Send)).collect()
    }

    fn finish(mut gathered: Self::Gathered, mut answers: Answers<'_>) -> Result<Self::Output, Error> {
        gathered.iter_mut().map(|rows| answers.finish(rows)).collect()
    }
}

/// Runs the statements of a batch.
pub(crate) async fn run<B: Batch>(on: On, batch: B) -> Result<B::Output, Error> {
    let (statements, mut gathered) = batch.split();
    let statements = statements?;
    let results = send(on, &statements, B::sinks(&mut gathered)).await?;
    B::finish(gathered, Answers { statements: statements.iter(), results: results.into_iter() })
}

type Sinks<'b> = Vec<&'b mut (dyn Sink + Send)>;

type Results = Vec<Result<u64, Error>>;

/// Not generic over the batch, and boxed: compiled once, in this crate.
fn send<'b>(on: On, statements: &'b [Settled], sinks: Sinks<'b>) -> Boxed<'b, Results> {
    Box::pin(async move {
        let hook = on.hook().cloned();
        let using = Using::new(Held::take(on).await?);
        let prepared = match prepare(&using.held, statements).await {
            Ok(prepared) => prepared,
            Err(error) => return Err(using.fail(error)),
        };
        // One may have been opened while they were prepared.
        if let Err(error) = using.held.check_open() {
            return Err(using.fail(error));
        }
        // Each is sent when it is first polled, and they are polled in order.
        let running = statements.iter().zip(prepared).zip(sinks).map(|((statement, prepared), sink)| {
            let watched = Watched::new(hook.as_ref(), statement);
            execute_one(&using.held, statement, prepared, sink, watched)
        });
        let results = join_all(running).await;
        if results.iter().any(|result| result.as_ref().is_err_and(|error| error.db_error().is_some())) {
            using.held.note_failure();
        }
        using.finish();
        Ok(results)
    })
}

/// Prepares, together, what is not prepared: sent one by one, a statement that has to be prepared first would run after
/// those behind it.
async fn prepare(held: &Held, statements: &[Settled]) -> Result<Vec<Statement>, Error> {
    // Mostly all of them are prepared, and no future is needed to say so.
    if let Some(prepared) = cached(held, statements) {
        return Ok(prepared);
    }
    // `join_all` polls for the first time in the order given, here as below.
    let prepared =
        statements.iter().map(async |statement| match held.cached(statement.plan(), statement.present()) {
            Some(prepared) => Ok(prepared),
            None => {
                let prepared = held.prepare(statement.plan(), statement.present()).await;
                prepared.map_err(|error| error.with_sql(statement.sql()))
            }
        });
    join_all(prepared).await.into_iter().collect()
}

fn cached(held: &Held, statements: &[Settled]) -> Option<Vec<Statement>> {
    let mut prepared: Vec<Statement> = Vec::with_capacity(statements.len());
    let mut before: Option<&Settled> = None;
    for statement in statements {
        // The statements of a `Vec` are mostly one, with other parameters.
        let found = match (before, prepared.last()) {
            (Some(before), Some(found)) if statement.is_like(before) => found.clone(),
            _ => held.cached(statement.plan(), statement.present())?,
        };
        prepared.push(found);
        before = Some(statement);
    }
    Some(prepared)
}

async fn execute_one(
    held: &Held,
    statement: &Settled,
    prepared: Statement,
    sink: &mut (dyn Sink + Send),
    mut watched: Watched,
) -> Result<u64, Error> {
    let result = read_all(held, statement, &prepared, sink, &mut watched).await;
    watched.end(result.is_ok());
    result.map_err(|error| {
        let error = error.with_sql(statement.sql());
        // Those beside it have taken effect, and would again.
        if held.is_tx() { error } else { error.once() }
    })
}

/// Reads the answer to its end, whatever is wrong with a row.
async fn read_all(
    held: &Held,
    statement: &Settled,
    prepared: &Statement,
    sink: &mut (dyn Sink + Send),
    watched: &mut Watched,
) -> Result<u64, Error> {
    let failed = |error| {
        if is_stale(&error) {
            held.forget_statements();
        }
        held.error(error)
    };
    // A closure is a type of its own: the driver's code for it has one caller, and is inlined there.
    #[expect(clippy::redundant_closure, reason = "see above")]
    let params = statement.params().map(|value| Param(value));
    let rows = held.client().query_raw(prepared, params).await.map_err(failed)?;
    let mut rows = pin!(rows);
    let mut refused = Ok(());
    while let Some(row) = poll_fn(|cx| rows.as_mut().poll_next(cx)).await {
        let row = row.map_err(failed)?;
        watched.rows += 1;
        if refused.is_ok() {
            refused = read_row(&row, sink);
        }
    }
    watched.rows = rows.rows_affected().unwrap_or(watched.rows);
    refused.map(|()| watched.rows)
}

/// A statement under way that a hook may wait for, which is told of it even when it is given up.
struct Watched {
    watch: Option<Watch>,
    text: Text,
    rows: u64,
}

impl Watched {
    fn new(hook: Option<&Hook>, statement: &Settled) -> Self {
        let mut watch = hook.map(Watch::new);
        if let Some(watch) = &mut watch {
            watch.start();
        }
        Watched { watch, text: Text { plan: statement.plan(), present: statement.present() }, rows: 0 }
    }

    fn end(mut self, success: bool) {
        report(&mut self.watch, Some(&self.text), self.rows, success);
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        report(&mut self.watch, Some(&self.text), self.rows, false);
    }
}

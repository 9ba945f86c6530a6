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

use crate::decode::read_row;
use crate::error::{Error, Kind, is_stale};
use crate::execution::{Param, Using};
use crate::executor::{Held, On};
pub use crate::fetch::{All, Effect, One, Optional};
use crate::fetch::{Rows, Sink};
use crate::observe::{Hook, Text, Watch, report};
use futures_util::Stream;
use futures_util::future::join_all;
use orm_core::query::{Command, Query, Runnable, Settled};
use std::future::poll_fn;
use std::pin::{Pin, pin};
use tokio_postgres::Statement;

/// A statement of a batch, and what is wanted of it.
#[must_use = "a statement is sent when its batch is awaited"]
pub struct Step<R> {
    statement: Result<Settled, Error>,
    rows: R,
}

/// Exactly one row, as [`Run::one`](crate::Run::one) wants.
pub fn one<Q: Query<I>, I>(query: Q) -> Step<One<Q::Output>> {
    Step { statement: settle(&query), rows: One(Optional { row: None, read: Q::READ }) }
}

/// One row, or `None`, as [`Run::optional`](crate::Run::optional) wants.
pub fn optional<Q: Query<I>, I>(query: Q) -> Step<Optional<Q::Output>> {
    Step { statement: settle(&query), rows: Optional { row: None, read: Q::READ } }
}

/// All rows, as [`Run::all`](crate::Run::all) wants.
pub fn all<Q: Query<I>, I>(query: Q) -> Step<All<Q::Output>> {
    Step { statement: settle(&query), rows: All { rows: Vec::new(), read: Q::READ } }
}

/// How many rows were written, as [`Run::execute`](crate::Run::execute) wants.
pub fn execute<C: Command<I>, I>(command: C) -> Step<Effect> {
    Step { statement: settle(&command), rows: Effect }
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
    fn split(self) -> (Vec<Result<Settled, Error>>, Self::Gathered);

    #[doc(hidden)]
    fn sinks(gathered: &mut Self::Gathered) -> Vec<&mut (dyn Sink + Send)>;

    #[doc(hidden)]
    fn finish(gathered: Self::Gathered, answers: Vec<Answer>) -> Result<Self::Output, Error>;
}

/// How a statement of a batch ended.
#[doc(hidden)]
pub struct Answer {
    statement: Settled,
    result: Result<u64, Error>,
}

macro_rules! batches {
    ($($rows:ident $index:tt),*) => {
        impl<$($rows: Rows + Send),*> Batch for ($(Step<$rows>,)*) {
            type Output = ($($rows::Output,)*);
            type Gathered = ($($rows,)*);

            fn split(self) -> (Vec<Result<Settled, Error>>, Self::Gathered) {
                (vec![$(self.$index.statement),*], ($(self.$index.rows,)*))
            }

            fn sinks(gathered: &mut Self::Gathered) -> Vec<&mut (dyn Sink + Send)> {
                vec![$(&mut gathered.$index),*]
            }

            fn finish(mut gathered: Self::Gathered, answers: Vec<Answer>) -> Result<Self::Output, Error> {
                let mut answers = answers.into_iter();
                Ok(($(finish(&mut gathered.$index, answers.next())?,)*))
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

    fn split(self) -> (Vec<Result<Settled, Error>>, Self::Gathered) {
        self.into_iter().map(|step| (step.statement, step.rows)).unzip()
    }

    fn sinks(gathered: &mut Self::Gathered) -> Vec<&mut (dyn Sink + Send)> {
        gathered.iter_mut().map(|rows| rows as &mut (dyn Sink + Send)).collect()
    }

    fn finish(mut gathered: Self::Gathered, answers: Vec<Answer>) -> Result<Self::Output, Error> {
        let answers = answers.into_iter().map(Some);
        gathered.iter_mut().zip(answers).map(|(rows, answer)| finish(rows, answer)).collect()
    }
}

fn finish<R: Rows>(rows: &mut R, answer: Option<Answer>) -> Result<R::Output, Error> {
    let missing = || Error::new(Kind::NotFound);
    let Answer { statement, result } = answer.ok_or_else(missing)?;
    let output = rows.finish(result?).ok_or_else(missing);
    output.map_err(|error| error.with_sql(statement.sql()))
}

/// Runs the statements of a batch.
pub(crate) async fn run<B: Batch>(on: On, batch: B) -> Result<B::Output, Error> {
    let (statements, mut gathered) = batch.split();
    let answers = send(on, statements, B::sinks(&mut gathered)).await?;
    B::finish(gathered, answers)
}

type Sinks<'b> = Vec<&'b mut (dyn Sink + Send)>;

type Answers<'b> = Pin<Box<dyn Future<Output = Result<Vec<Answer>, Error>> + Send + 'b>>;

/// Not generic over the batch, and boxed: compiled once, in this crate.
fn send(on: On, statements: Vec<Result<Settled, Error>>, sinks: Sinks<'_>) -> Answers<'_> {
    Box::pin(async move {
        let statements = statements.into_iter().collect::<Result<Vec<Settled>, Error>>()?;
        let hook = on.hook().cloned();
        let using = Using::new(Held::take(on).await?);
        let prepared = match prepare(&using.held, &statements).await {
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
        let answer = |(statement, result)| Answer { statement, result };
        Ok(statements.into_iter().zip(results).map(answer).collect())
    })
}

/// Prepares, together, what is not prepared: sent one by one, a statement that has to be prepared first would run after
/// those behind it.
async fn prepare(held: &Held, statements: &[Settled]) -> Result<Vec<Statement>, Error> {
    let cached = |statement: &Settled| held.cached(statement.plan(), statement.present());
    // Mostly all of them are prepared, and no future is needed to say so.
    if let Some(prepared) = statements.iter().map(cached).collect() {
        return Ok(prepared);
    }
    // `join_all` polls for the first time in the order given, here as below.
    let prepared = statements.iter().map(async |statement| match cached(statement) {
        Some(prepared) => Ok(prepared),
        None => {
            let prepared = held.prepare(statement.plan(), statement.present()).await;
            prepared.map_err(|error| error.with_sql(statement.sql()))
        }
    });
    join_all(prepared).await.into_iter().collect()
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
    // Not the iterator that a statement by itself gives: the driver's code for that has one caller, and is inlined there.
    let params: Vec<Param<'_>> = statement.params().map(Param).collect();
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

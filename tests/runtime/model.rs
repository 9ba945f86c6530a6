//! Random transactions inside transactions, against a model of what they leave behind.

use crate::support::tables::{Note, add_note, assert_clean, note_ids, one_connection};
use mizzle::prelude::*;
use mizzle::{Error, Tx};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use std::collections::BTreeSet;
use std::pin::Pin;
use tokio::sync::Notify;

/// What a closure does; it goes on after what fails.
#[derive(Debug, Clone)]
enum Step {
    Insert(i64),
    Delete(i64),
    Nest(Level),
}

/// A transaction, or one inside another.
#[derive(Debug, Clone)]
struct Level {
    steps: Vec<Step>,
    end: End,
}

#[derive(Debug, Clone, Copy)]
enum End {
    Commit,
    Fail,
    /// The future is dropped when all steps are done.
    Drop,
}

fn level() -> impl Strategy<Value = Level> {
    let end = prop_oneof![4 => Just(End::Commit), 1 => Just(End::Fail), 1 => Just(End::Drop)];
    // Few numbers, so that some inserts violate the primary key.
    let step = prop_oneof![4 => (0..8_i64).prop_map(Step::Insert), 1 => (0..8_i64).prop_map(Step::Delete)];
    let flat = (prop::collection::vec(step.clone(), 0..4), end.clone());
    let flat = flat.prop_map(|(steps, end)| Level { steps, end });
    flat.prop_recursive(4, 24, 4, move |inner| {
        let step = prop_oneof![2 => step.clone(), 1 => inner.prop_map(Step::Nest)];
        (prop::collection::vec(step, 0..6), end.clone()).prop_map(|(steps, end)| Level { steps, end })
    })
}

/// What the level should do: whether it is kept, and the rows it leaves.
fn predict(level: &Level, before: &BTreeSet<i64>) -> (bool, BTreeSet<i64>) {
    let mut rows = before.clone();
    for step in &level.steps {
        match step {
            // A violation aborts the level; nothing it does later can save it.
            Step::Insert(id) if !rows.insert(*id) => return (false, before.clone()),
            Step::Insert(_) => {}
            Step::Delete(id) => drop(rows.remove(id)),
            Step::Nest(inner) => rows = predict(inner, &rows).1,
        }
    }
    match level.end {
        End::Commit => (true, rows),
        End::Fail | End::Drop => (false, before.clone()),
    }
}

/// Where a level is run.
#[derive(Clone, Copy)]
enum Place<'p> {
    Pool(&'p Db),
    Inside(&'p Tx),
}

/// Runs the level and says whether it was kept.
fn run<'l>(place: Place<'l>, level: &'l Level) -> Pin<Box<dyn Future<Output = bool> + Send + 'l>> {
    Box::pin(async move {
        let all_done = Notify::new();
        let work = async |tx: &Tx| -> Result<(), Option<Error>> {
            for step in &level.steps {
                match step {
                    Step::Insert(id) => drop(add_note(tx, *id).await),
                    Step::Delete(id) => drop(delete(Note).find(*id).execute(tx).await),
                    Step::Nest(inner) => drop(run(Place::Inside(tx), inner).await),
                }
            }
            match level.end {
                End::Commit => Ok(()),
                End::Fail => Err(None),
                End::Drop => {
                    all_done.notify_one();
                    std::future::pending().await
                }
            }
        };
        let transaction = async {
            match place {
                Place::Pool(db) => db.transaction(work).await,
                Place::Inside(tx) => tx.transaction(work).await,
            }
        };
        tokio::select! {
            result = transaction => result.is_ok(),
            () = all_done.notified() => false,
        }
    })
}

#[test]
fn nested_transactions_leave_what_the_model_says() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (_database, db) = runtime.block_on(one_connection());
    let mut runner =
        TestRunner::new(ProptestConfig { cases: 150, failure_persistence: None, ..Default::default() });
    runner
        .run(&level(), |level| {
            let before = BTreeSet::from([1, 2]);
            let (kept, rows) = predict(&level, &before);
            let found = runtime.block_on(async {
                delete(Note).all_rows().execute(&db).await.unwrap();
                for id in &before {
                    add_note(&db, *id).await.unwrap();
                }
                (run(Place::Pool(&db), &level).await, note_ids(&db).await)
            });
            prop_assert_eq!(found, (kept, rows.into_iter().collect()));
            Ok(())
        })
        .unwrap();
    runtime.block_on(assert_clean(&db));
}

//! The hook sees each statement, how long it took, its rows and how it ended, and no value.

use crate::support::tables::{Nap, Note, add_note, pool};
use mizzle::prelude::*;
use mizzle::{Error, StatementEvent};
use orm_testing::TestDb;
use std::sync::{Arc, Mutex};
use std::time::Duration;

type Seen = (String, u64, bool);

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<(Seen, Duration)>>>);

impl Log {
    async fn pool(&self) -> (TestDb, Db) {
        let log = self.0.clone();
        pool(move |builder| {
            builder.max_connections(1).on_statement(move |event: &StatementEvent<'_>| {
                let seen = (event.sql.to_owned(), event.rows, event.success);
                log.lock().unwrap().push((seen, event.duration));
            })
        })
        .await
    }

    /// What was seen since the last call.
    fn take(&self) -> Vec<Seen> {
        self.0.lock().unwrap().drain(..).map(|(seen, _)| seen).collect()
    }
}

fn seen(sql: &str, rows: u64, success: bool) -> Seen {
    (sql.to_owned(), rows, success)
}

const INSERT: &str = "insert into \"notes\" (\"id\", \"body\") values ($1, $2)";
const SELECT: &str = "select \"notes\".\"id\", \"notes\".\"body\" from \"notes\"";

#[tokio::test]
async fn a_plan_is_seen_with_its_lines() {
    let log = Log::default();
    let (_database, db) = log.pool().await;
    let lines = select(Note).explain(&db).await.unwrap().len() as u64;
    let row = insert(Note).set(Note.id, 1).set(Note.body, "a note");
    db.transaction(async |tx| row.explain_analyze(tx).await).await.unwrap();
    row.explain_analyze(&db).await.unwrap_err();
    let analyzed = format!("explain analyze {INSERT}");
    let [plan, done, refused] = <[Seen; 3]>::try_from(log.take()).unwrap();
    assert_eq!(plan, seen(&format!("explain {SELECT}"), lines, true));
    assert_eq!((done.0, done.2), (analyzed.clone(), true));
    assert_eq!(refused, (analyzed, 0, false));
}

#[tokio::test]
async fn statements_are_seen_wherever_they_run() {
    let log = Log::default();
    let (_database, db) = log.pool().await;
    add_note(&db, 1).await.unwrap();
    db.transaction(async |tx| add_note(tx, 2).await).await.unwrap();
    let client = db.client().await.unwrap();
    assert_eq!(select(Note).all(&client).await.unwrap().len(), 2);
    assert_eq!(delete(Note).all_rows().execute(&client).await.unwrap(), 2);
    assert!(select(Note).optional(&client).await.unwrap().is_none());
    assert_eq!(
        log.take(),
        [
            seen(INSERT, 1, true),
            seen(INSERT, 1, true),
            seen(SELECT, 2, true),
            seen("delete from \"notes\"", 2, true),
            seen(SELECT, 0, true),
        ]
    );
}

#[tokio::test]
async fn the_text_of_a_dynamic_statement_is_the_one_that_was_sent() {
    let log = Log::default();
    let (_database, db) = log.pool().await;
    for id in [None, Some(1)] {
        select(Note).filter(id.map(|id| Note.id.eq(id))).all(&db).await.unwrap();
    }
    let filtered = format!("{SELECT} where \"notes\".\"id\" = $1");
    assert_eq!(log.take(), [seen(SELECT, 0, true), seen(&filtered, 0, true)]);
}

#[tokio::test]
async fn statements_that_fail_are_seen() {
    let log = Log::default();
    let (_database, db) = log.pool().await;
    add_note(&db, 1).await.unwrap();
    add_note(&db, 2).await.unwrap();
    log.take();
    add_note(&db, 1).await.unwrap_err();
    db.transaction(async |tx| add_note(tx, 1).await).await.unwrap_err();
    assert!(select(Note).one(&db).await.unwrap_err().is_too_many_rows());
    db.batch_execute("alter table notes rename body to text").await.unwrap();
    assert_eq!(select(Note).all(&db).await.unwrap_err().sqlstate(), Some("42703"));
    assert_eq!(
        log.take(),
        [seen(INSERT, 0, false), seen(INSERT, 0, false), seen(SELECT, 2, true), seen(SELECT, 0, false)]
    );
}

#[tokio::test]
async fn a_statement_that_is_dropped_is_seen() {
    let log = Log::default();
    let (_database, db) = log.pool().await;
    let nap = select(Nap).one(&db).into_future();
    assert!(tokio::time::timeout(Duration::from_millis(100), nap).await.is_err());
    let entries: Vec<_> = log.0.lock().unwrap().drain(..).collect();
    let [(statement, duration)] = entries.as_slice() else { panic!("{entries:?}") };
    assert_eq!(*statement, seen("select \"naps\".\"done\" from \"naps\"", 0, false));
    assert!(*duration >= Duration::from_millis(100) && *duration < Duration::from_secs(20));
}

#[tokio::test]
async fn a_statement_that_was_never_started_is_not_seen() {
    let log = Log::default();
    let (_database, db) = log.pool().await;
    drop(select(Note).all(&db));
    drop(select(Note).all(&db).into_future());
    let refused: Result<u64, Error> =
        delete(Note).filter(None::<i64>.map(|id| Note.id.eq(id))).execute(&db).await;
    refused.unwrap_err();
    assert_eq!(log.take(), []);
}

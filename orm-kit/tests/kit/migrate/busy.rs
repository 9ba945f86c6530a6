//! Locks that somebody else has.

use super::helper::{Log, connect, migrator, until, value};
use orm_kit::migrate::{Event, Progress};
use orm_testing::TestDb;
use std::time::Duration;
use tokio::sync::mpsc::unbounded_channel;

const ADD: &[(&str, &str)] = &[("20260101000000_a", "alter table t add column b int")];

/// Somebody waits for a lock.
const WAITS: &str = "select exists (select from pg_stat_activity where wait_event_type = 'Lock'
    and datname = current_database())";

#[tokio::test]
async fn a_statement_is_tried_until_it_gets_its_lock() {
    let db = TestDb::with_schema("create table t (a int)").await.unwrap();
    let client = connect(&db).await;
    client.batch_execute("begin; select * from t").await.unwrap();
    let migrator = migrator(db.url(), ADD).not_empty(true);
    let (busy, mut heard) = unbounded_channel();
    let task = tokio::spawn(async move {
        let mut log = Log::default();
        let ran = migrator
            .run(&mut |event: Event<'_>| {
                if matches!(event, Event::Busy { .. }) {
                    busy.send(()).unwrap();
                }
                log.event(event);
            })
            .await;
        (ran, log)
    });
    heard.recv().await.unwrap();
    client.batch_execute("commit").await.unwrap();
    let (ran, log) = task.await.unwrap();
    ran.unwrap();
    assert!(
        log.has("canceling statement due to lock timeout (SQLSTATE 55P03); tried 1 times, again in"),
        "{:?}",
        log.0
    );
}

#[tokio::test]
async fn it_is_not_tried_for_ever() {
    let db = TestDb::with_schema("create table t (a int)").await.unwrap();
    let client = connect(&db).await;
    client.batch_execute("begin; select * from t").await.unwrap();
    let error = migrator(db.url(), ADD).not_empty(true).retries(2).run(&mut ()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "20260101000000_a/migration.sql:1: `alter table t add column b int`: canceling statement due to lock timeout \
         (SQLSTATE 55P03); it was tried 3 times and waited 50.0ms for its locks each time; run it when the table is less \
         busy, or see who holds it in `pg_locks`"
    );
}

#[tokio::test]
async fn an_index_waits_without_keeping_others_waiting() {
    let db = TestDb::with_schema("create table t (a int)").await.unwrap();
    let client = connect(&db).await;
    client.batch_execute("begin; insert into t values (1)").await.unwrap();
    let list = [("20260101000000_a", "-- mizzle: no transaction\ncreate index concurrently t_a on t (a)")];
    let migrator = migrator(db.url(), &list).not_empty(true);
    let task = tokio::spawn(async move {
        let mut log = Log::default();
        (migrator.run(&mut log).await, log)
    });
    let other = connect(&db).await;
    until(&other, WAITS).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    other.batch_execute("insert into t values (2)").await.unwrap();
    client.batch_execute("commit").await.unwrap();
    let (ran, log) = task.await.unwrap();
    ran.unwrap();
    assert!(!log.has("again"), "{:?}", log.0);
    assert_eq!(
        value(&client, "select indisvalid from pg_index where indexrelid = 't_a'::regclass").await,
        "true"
    );
}

#[tokio::test]
async fn who_has_the_migrators_lock_is_named() {
    let db = TestDb::with_schema("create table t (a int)").await.unwrap();
    let client = connect(&db).await;
    client.batch_execute("begin; select * from t").await.unwrap();
    let first = migrator(db.url(), ADD).not_empty(true).lock_timeout(Duration::from_secs(60));
    let task = tokio::spawn(async move { first.run(&mut ()).await });
    // A transaction sees `pg_stat_activity` as it first did.
    let observer = connect(&db).await;
    until(&observer, WAITS).await;
    let mut log = Log::default();
    let second = migrator(db.url(), ADD).wait(Duration::from_millis(2500));
    let error = second.run(&mut log).await.unwrap_err().to_string();
    assert!(error.starts_with("another migrator is at work, and did not finish in 2s: process "), "{error}");
    assert!(error.contains("it runs `alter table t add column b int`"), "{error}");
    assert!(log.has("waiting for another migrator for 1s: process "), "{:?}", log.0);
    // Another journal is another matter.
    migrator(db.url(), &[]).schema("other").not_empty(true).run(&mut ()).await.unwrap();
    client.batch_execute("commit").await.unwrap();
    task.await.unwrap().unwrap();
}

//! The pool keeps to its size, and every wait has an end.

use crate::support::script;
use crate::support::tables::{Note, add_note, assert_clean, note_ids, one_connection, pid, pool, pool_with};
use mizzle::prelude::*;
use orm_testing::TestDb;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

/// How many sessions the database has.
#[derive(Table, Debug)]
#[orm(table = "activity")]
struct Activity {
    sessions: i64,
}

const ACTIVITY: &str = "
    create view activity as
        select count(*) as sessions from pg_stat_activity, pg_sleep(0.05)
        where datname = current_database() and backend_type = 'client backend';
";

async fn sessions(db: &impl Executor) -> i64 {
    select(Activity.sessions).from(Activity).one(db).await.unwrap()
}

/// Waits until the server has closed what was dropped.
async fn until_sessions(db: &impl Executor, count: i64) {
    for _ in 0..200 {
        if sessions(db).await == count {
            return;
        }
    }
    panic!("the sessions are not closed");
}

#[tokio::test]
async fn the_pool_has_no_more_connections_than_its_size() {
    let (_database, db) = pool_with(ACTIVITY, |builder| builder.max_connections(3)).await;
    let tasks: Vec<_> = (0..12)
        .map(|_| {
            let db = db.clone();
            tokio::spawn(async move { sessions(&db).await })
        })
        .collect();
    let mut most = 0;
    for task in tasks {
        most = most.max(task.await.unwrap());
    }
    assert!((2..=3).contains(&most), "{most}");
    assert_eq!(format!("{db:?}"), "Db { max_connections: 3, connections: 3, idle: 3, .. }");
}

#[tokio::test]
async fn a_wait_for_a_connection_times_out() {
    let short = Duration::from_millis(50);
    let (_database, db) = pool(|builder| builder.max_connections(0).wait_timeout(short)).await;
    let client = db.client().await.unwrap();
    let text = "timed out after 50ms waiting for a pooled connection; all 1 are in use";
    let statement = select(Note).all(&db).await.unwrap_err();
    assert_eq!(statement.to_string(), format!("select … from \"notes\": {text}"));
    assert_eq!(statement.sql(), Some("select \"notes\".\"id\", \"notes\".\"body\" from \"notes\""));
    let transaction = db.clone().transaction(async |tx| add_note(tx, 1).await).await.unwrap_err();
    assert_eq!(transaction.to_string(), text);
    for error in
        [statement, transaction, db.client().await.unwrap_err(), db.batch_execute("").await.unwrap_err()]
    {
        assert!(error.is_timeout() && error.is_retryable() && !error.is_closed());
        assert_eq!(error.sqlstate(), None);
    }
    drop(client);
    assert_clean(&db).await;
}

#[tokio::test]
async fn waiters_that_are_dropped_take_no_connection_with_them() {
    let (_database, db) = one_connection().await;
    for held in 0..20 {
        let client = db.client().await.unwrap();
        let mut waiters: Vec<_> = (0..5).map(|_| Box::pin(db.client())).collect();
        for waiter in &mut waiters {
            assert!(futures_poll(waiter.as_mut()).await.is_pending());
        }
        // The first in line is given the connection, and goes without having looked.
        drop(client);
        drop(waiters.remove(0));
        if held % 2 == 0 {
            drop(waiters.remove(held % 3));
        }
        let next = tokio::time::timeout(Duration::from_secs(10), waiters.remove(0)).await;
        drop(next.unwrap().unwrap());
        drop(waiters);
        assert_clean(&db).await;
    }
}

/// Polls once.
async fn futures_poll<F: Future + Unpin>(mut future: F) -> Poll<F::Output> {
    std::future::poll_fn(|cx| Poll::Ready(pin!(&mut future).poll(cx))).await
}

#[tokio::test]
async fn a_closed_pool_refuses_statements_and_lets_those_under_way_end() {
    let (database, db) = pool_with(ACTIVITY, |builder| builder.max_connections(2)).await;
    let other = mizzle::Client::connect(database.url()).await.unwrap();
    let client = db.clone().client().await.unwrap();
    assert!(note_ids(&db).await.is_empty());
    until_sessions(&other, 3).await;
    let mut all = vec![db.client().await.unwrap()];
    let mut waiter = Box::pin(db.client());
    assert!(futures_poll(waiter.as_mut()).await.is_pending());
    db.close();
    all.clear();
    let statement = select(Note).all(&db).await.unwrap_err();
    assert_eq!(statement.to_string(), "select … from \"notes\": the pool is closed");
    for error in [statement, waiter.await.unwrap_err(), db.client().await.unwrap_err()] {
        assert!(error.is_closed() && !error.is_timeout() && !error.is_retryable());
    }
    until_sessions(&other, 2).await;
    add_note(&client, 1).await.unwrap();
    drop(client);
    until_sessions(&other, 1).await;
    assert_eq!(note_ids(&other).await, [1]);
}

#[tokio::test]
async fn a_transaction_that_a_script_opened_ends_with_its_client() {
    let (_database, db) = one_connection().await;
    let before = pid(&db).await;
    let client = db.client().await.unwrap();
    client.batch_execute("begin").await.unwrap();
    add_note(&client, 1).await.unwrap();
    drop(client);
    assert_clean(&db).await;
    db.batch_execute("begin; insert into notes values (2, '')").await.unwrap();
    assert_clean(&db).await;
    let client = db.client().await.unwrap();
    client.batch_execute("begin").await.unwrap();
    assert!(client.batch_execute("select 1 / 0").await.is_err());
    drop(client);
    assert_clean(&db).await;
    assert!(note_ids(&db).await.is_empty());
    assert_eq!(pid(&db).await, before);
}

#[tokio::test]
async fn each_connection_runs_its_scripts_in_order() {
    let (_database, db) = pool(|builder| {
        builder
            .max_connections(1)
            .on_connect("create temp table steps (step text)")
            .on_connect("insert into steps values ('one'); insert into steps values ('two')")
            .on_connect(
                "create temp view notes as select row_number() over () as id, step as body from steps",
            )
    })
    .await;
    let notes: Vec<String> = select(Note.body).from(Note).order_by(Note.id).all(&db).await.unwrap();
    assert_eq!(notes, ["one", "two"]);
}

#[tokio::test]
async fn a_script_that_fails_on_connect_is_named() {
    let database = TestDb::new().await.unwrap();
    let error =
        Db::builder(database.url()).on_connect("set no_such_setting = 1").connect().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "set no_such_setting = 1: unrecognized configuration parameter \"no_such_setting\" (SQLSTATE 42704)"
    );
}

#[tokio::test]
async fn a_statement_times_out_and_its_connection_is_used_again() {
    let time = Duration::from_millis(100);
    let (_database, db) = pool(|builder| builder.max_connections(1).statement_timeout(time)).await;
    let before = pid(&db).await;
    let error = select(crate::support::tables::Nap).one(&db).await.unwrap_err();
    assert!(error.is_timeout() && !error.is_retryable());
    assert_eq!(error.sqlstate(), Some("57014"));
    assert_eq!(
        error.to_string(),
        "select … from \"naps\": canceling statement due to statement timeout (SQLSTATE 57014)"
    );
    assert_clean(&db).await;
    assert_eq!(pid(&db).await, before);
}

fn address(url: &str) -> &str {
    url.split(['@', '/']).nth(3).unwrap()
}

#[tokio::test]
async fn a_server_that_says_nothing_times_out() {
    let url = script::server(Vec::new(), false).await;
    let builder = Db::builder(&url).max_connections(1).connect_timeout(Duration::from_millis(50));
    let error = builder.connect().await.unwrap_err();
    assert!(error.is_timeout() && error.is_retryable());
    assert_eq!(error.to_string(), format!("timed out after 50ms connecting to \"{}\"", address(&url)));
}

/// It welcomes the client, and then has nothing to say to its scripts.
#[tokio::test]
async fn a_server_that_stops_answering_times_out() {
    let url = script::server(vec![script::welcome()], false).await;
    let short = Duration::from_millis(50);
    let builder = Db::builder(&url).max_connections(1).connect_timeout(short).on_connect("select 1");
    let error = builder.connect().await.unwrap_err();
    assert_eq!(error.to_string(), format!("timed out after 50ms connecting to \"{}\"", address(&url)));
    // And it is asked to roll back what a script may have begun.
    let answers =
        vec![script::welcome(), [script::message(b'C', b"BEGIN\0"), script::message(b'Z', b"T")].concat()];
    let url = script::server(answers, false).await;
    let db = Db::builder(&url).max_connections(1).connect_timeout(short).connect().await.unwrap();
    db.batch_execute("begin").await.unwrap();
    // The next one gets a new connection, which answers once.
    tokio::time::timeout(Duration::from_secs(10), db.batch_execute("begin")).await.unwrap().unwrap();
}

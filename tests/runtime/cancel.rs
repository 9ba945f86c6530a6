//! A future dropped at any of its awaits leaves the pool clean, and work done as a whole or not at all.

use crate::support::poll::poll_times;
use crate::support::tables::{Nap, Note, add_note, assert_clean, note_ids, one_connection, pool, pool_with};
use mizzle::Error;
use mizzle::prelude::*;
use std::time::Duration;

/// More awaits than any of the futures below has.
const MOST: usize = 100;

/// Drops what `start` gives after every number of polls until it comes to its end: on a new connection, and on one that
/// has its statements prepared.
async fn sweep<T>(start: impl AsyncFn(&Db, i64) -> T) {
    let (database, db) = one_connection().await;
    for warm in [false, true] {
        if warm {
            start(&db, -1).await;
        }
        let mut ends = 0;
        for polls in 0..MOST {
            let id = i64::try_from(polls).unwrap() * 10;
            let cold = Db::builder(database.url()).max_connections(1).connect();
            let db = if warm { db.clone() } else { cold.await.unwrap() };
            let ended = poll_times(polls, start(&db, id)).await.is_some();
            assert_clean(&db).await;
            if ended {
                ends += 1;
                break;
            }
        }
        assert_eq!(ends, 1, "it does not come to its end");
        delete(Note).all_rows().execute(&db).await.unwrap();
    }
}

#[tokio::test]
async fn a_select_is_dropped() {
    sweep(async |db, _| select(Note).all(db).await.unwrap()).await;
}

#[tokio::test]
async fn an_insert_is_dropped() {
    sweep(async |db, id| {
        let note = insert(Note).set(Note.id, id).set(Note.body, "a note").returning(Note).one(db).await;
        assert_eq!(note.unwrap().id, id);
    })
    .await;
}

#[tokio::test]
async fn a_script_is_dropped() {
    sweep(async |db, _| db.batch_execute("begin; truncate notes; select 1; commit").await.unwrap()).await;
}

#[tokio::test]
async fn a_script_that_opens_a_transaction_is_dropped() {
    sweep(async |db, _| db.batch_execute("begin; truncate notes; select 1").await.unwrap()).await;
}

#[tokio::test]
async fn a_held_client_is_dropped() {
    sweep(async |db, id| {
        let client = db.client().await.unwrap();
        client.batch_execute("begin").await.unwrap();
        add_note(&client, id).await.unwrap();
        select(Note).find(id).one(&client).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_transaction_is_dropped() {
    sweep(async |db, id| {
        let done = db.transaction(async |tx| {
            add_note(tx, id).await?;
            tx.transaction(async |tx| add_note(tx, id + 1).await).await?;
            tx.batch_execute("select 1").await?;
            assert_eq!(select(Note).filter(Note.id.between(id, id + 1)).count(tx).await?, 2);
            Ok::<_, Error>(())
        });
        done.await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_transaction_that_is_dropped_is_kept_as_a_whole_or_not_at_all() {
    let (_database, db) = one_connection().await;
    for polls in 0..MOST {
        let mut all_done = false;
        let transaction = db.transaction(async |tx| {
            add_note(tx, 1).await?;
            add_note(tx, 2).await?;
            all_done = true;
            Ok::<_, Error>(())
        });
        let ended = poll_times(polls, transaction).await.is_some();
        assert_clean(&db).await;
        let ids = note_ids(&db).await;
        let kept = ids == [1, 2];
        assert!(kept || ids.is_empty(), "{polls} polls: {ids:?}");
        // It may be kept only when COMMIT was reached, and must be when it ended.
        assert!(if kept { all_done } else { !ended }, "{polls} polls: {ids:?}");
        if ended {
            return;
        }
        delete(Note).all_rows().execute(&db).await.unwrap();
    }
    panic!("it does not come to its end");
}

#[tokio::test]
async fn statements_dropped_while_they_run_do_not_hold_up_the_next() {
    let (_database, db) = pool(|builder| builder.max_connections(2)).await;
    for _ in 0..3 {
        for nap in [true, false] {
            let long = Duration::from_millis(100);
            let dropped = if nap {
                tokio::time::timeout(long, select(Nap).one(&db).into_future()).await.is_err()
            } else {
                tokio::time::timeout(long, db.batch_execute("select pg_sleep(30)")).await.is_err()
            };
            assert!(dropped);
            assert_clean(&db).await;
        }
    }
}

/// What was dropped does not go on for nobody.
#[tokio::test]
async fn a_statement_that_is_dropped_is_stopped_on_the_server() {
    let napping = "create view nappers as select count(*) as sessions from pg_stat_activity, pg_sleep(0.05)
        where datname = current_database() and (query like '%naps%' or query like '%pg_sleep(30)%')
        and pid <> pg_backend_pid()";
    let (database, db) = pool_with(napping, |builder| builder.max_connections(3)).await;
    let observer = mizzle::Client::connect(database.url()).await.unwrap();
    let long = Duration::from_millis(200);
    assert!(tokio::time::timeout(long, select(Nap).one(&db).into_future()).await.is_err());
    assert!(tokio::time::timeout(long, db.batch_execute("select pg_sleep(30)")).await.is_err());
    assert!(tokio::time::timeout(long, db.transaction(async |tx| select(Nap).one(tx).await)).await.is_err());
    let client = db.client().await.unwrap();
    assert!(tokio::time::timeout(long, select(Nap).one(&client).into_future()).await.is_err());
    drop(client);
    // Although nobody uses the pool.
    for _ in 0..100 {
        if select(Nappers.sessions).from(Nappers).one(&observer).await.unwrap() == 0 {
            return;
        }
    }
    panic!("they go on");
}

#[derive(Table, Debug)]
#[orm(table = "nappers")]
struct Nappers {
    sessions: i64,
}

#[tokio::test]
async fn a_transaction_dropped_while_a_statement_runs_does_not_hold_up_the_next() {
    let (_database, db) = one_connection().await;
    let work = db.transaction(async |tx| {
        add_note(tx, 1).await?;
        select(Nap).one(tx).await
    });
    assert!(tokio::time::timeout(Duration::from_millis(200), work).await.is_err());
    assert_clean(&db).await;
    assert!(note_ids(&db).await.is_empty());
}

/// The rows that come after the one that cannot be used are nobody's.
#[tokio::test]
async fn rows_that_are_not_read_are_not_the_next_statements() {
    let (_database, db) = one_connection().await;
    db.batch_execute("insert into notes select n, repeat('x', 1000) from generate_series(1, 5000) n")
        .await
        .unwrap();
    for _ in 0..5 {
        assert!(select(Note).one(&db).await.unwrap_err().is_too_many_rows());
        assert_eq!(select(Note).count(&db).await.unwrap(), 5000);
        assert_eq!(select(Note).find(5000).one(&db).await.unwrap().id, 5000);
    }
    assert_clean(&db).await;
}

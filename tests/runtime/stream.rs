//! A stream gives the rows as they come, holds few of them, and leaves its connection in order wherever it is dropped.

use crate::support::poll::poll_times;
use crate::support::tables::{Note, add_note, assert_clean, note_ids, one_connection, pid, pool_with};
use futures_util::{StreamExt, TryStreamExt};
use mizzle::prelude::*;
use mizzle::{Client, Error};
use std::time::Duration;

const BUSY: &str = "the connection is busy with a stream of rows; read it to its end or drop it first, or run the \
                    statement on another connection";

/// More rows than fit into any buffer on the way.
const MANY: i64 = 20_000;

const VIEWS: &str = "
    create view many as select n, repeat('x', 1000) as text from generate_series(1, 20000) n;
    create view cracked as select 100 / (15000 - n) as n, repeat('x', 1000) as text from generate_series(1, 20000) n;
    create view holed as select nullif(n, 3000) as n, repeat('x', 1000) as text from generate_series(1, 20000) n;
";

#[derive(Table, Debug)]
#[orm(table = "many")]
struct Many {
    n: i32,
    text: String,
}

/// It fails on the server, far behind.
#[derive(Table, Debug)]
#[orm(table = "cracked")]
struct Cracked {
    n: i32,
    text: String,
}

/// One of its rows cannot be read.
#[derive(Table, Debug)]
#[orm(table = "holed")]
struct Holed {
    n: i32,
    text: String,
}

async fn many() -> (orm_testing::TestDb, Db) {
    pool_with(VIEWS, |builder| builder.max_connections(1)).await
}

#[tokio::test]
async fn every_row_comes_in_order_on_each_executor() {
    async fn read(db: &impl Executor) {
        let mut rows = select(Many).stream(db);
        let mut expected = 0;
        while let Some(row) = rows.next().await {
            expected += 1;
            assert_eq!(row.unwrap().n, expected);
        }
        assert_eq!(i64::from(expected), MANY);
        // At its end it stays at its end.
        assert!(rows.next().await.is_none());
    }
    let (_database, db) = many().await;
    let before = pid(&db).await;
    read(&db).await;
    let mut client = db.client().await.unwrap();
    read(&client).await;
    client
        .transaction(async |tx| {
            read(tx).await;
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
    drop(client);
    assert_eq!(pid(&db).await, before);
    assert_clean(&db).await;
}

/// Twenty megabytes fit into no socket's buffers.
#[tokio::test]
async fn the_server_waits_while_nobody_reads() {
    let waiting = "create view stuck as select count(*) as sessions from pg_stat_activity
        where datname = current_database() and wait_event = 'ClientWrite'";
    let (database, db) = pool_with(&format!("{VIEWS}{waiting}"), |builder| builder.max_connections(1)).await;
    let observer = Client::connect(database.url()).await.unwrap();
    let mut rows = select(Many).stream(&db);
    rows.next().await.unwrap().unwrap();
    for _ in 0..5 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert_eq!(select(Stuck.sessions).from(Stuck).one(&observer).await.unwrap(), 1);
    }
    assert_eq!(rows.count().await, usize::try_from(MANY).unwrap() - 1);
    assert_clean(&db).await;
}

#[derive(Table, Debug)]
#[orm(table = "stuck")]
struct Stuck {
    sessions: i64,
}

#[tokio::test]
async fn it_is_a_stream_of_the_futures_crates() {
    let (_database, db) = many().await;
    let ns = select(Many.n).from(Many).filter(Many.n.lte(10)).stream(&db).map_ok(|n| n * 2);
    assert_eq!(ns.try_collect::<Vec<_>>().await.unwrap(), (1..=10).map(|n| n * 2).collect::<Vec<_>>());
    let some = select(Many.n).from(Many).stream(&db).skip(2).take(3).map(Result::unwrap).collect::<Vec<_>>();
    assert_eq!(some.await, [3, 4, 5]);
    assert_clean(&db).await;
}

#[tokio::test]
async fn a_written_row_can_be_streamed() {
    let (_database, db) = one_connection().await;
    let mut added = insert(Note).set(Note.id, 1).set(Note.body, "a note").returning(Note.id).stream(&db);
    assert!(added.next().await.unwrap().is_ok_and(|id| id == 1));
    drop(added);
    assert_eq!(note_ids(&db).await, [1]);
}

#[tokio::test]
async fn nothing_is_sent_before_the_first_row_is_asked_for() {
    let (_database, db) = one_connection().await;
    drop(insert(Note).set(Note.id, 1).set(Note.body, "a note").returning(Note.id).stream(&db));
    assert!(note_ids(&db).await.is_empty());
}

#[tokio::test]
async fn an_error_in_mid_stream_is_the_servers_own_and_the_last_item() {
    let (_database, db) = many().await;
    let before = pid(&db).await;
    let mut rows = select(Cracked).stream(&db);
    let mut read = 0;
    let error = loop {
        match rows.next().await.unwrap() {
            Ok(_) => read += 1,
            Err(error) => break error,
        }
    };
    assert_eq!(read, 14_999);
    assert_eq!(error.sqlstate(), Some("22012"));
    assert_eq!(error.to_string(), "select … from \"cracked\": division by zero (SQLSTATE 22012)");
    assert!(rows.next().await.is_none());
    drop(rows);
    // The server goes on from it.
    assert_eq!(pid(&db).await, before);
    assert_clean(&db).await;
}

#[tokio::test]
async fn a_row_that_cannot_be_read_is_the_last_item() {
    let (_database, db) = many().await;
    for in_tx in [false, true] {
        let read = async |db: &dyn Executor| {
            let mut rows = select(Holed).stream(&db);
            let mut read = 0;
            let error = loop {
                match rows.next().await.unwrap() {
                    Ok(_) => read += 1,
                    Err(error) => break error,
                }
            };
            assert_eq!(read, 2999);
            assert_eq!(error.column(), Some("n"));
            assert!(rows.next().await.is_none());
        };
        if in_tx {
            db.transaction(async |tx| {
                read(tx).await;
                add_note(tx, 1).await
            })
            .await
            .unwrap();
            assert_eq!(note_ids(&db).await, [1]);
        } else {
            read(&db).await;
        }
        assert_clean(&db).await;
    }
}

#[tokio::test]
async fn a_stream_dropped_half_way_leaves_the_pool_clean() {
    let (_database, db) = many().await;
    for rows_read in [0, 1, 500] {
        let mut rows = select(Many).stream(&db);
        for _ in 0..rows_read {
            rows.next().await.unwrap().unwrap();
        }
        drop(rows);
        assert_clean(&db).await;
    }
}

#[tokio::test]
async fn a_stream_dropped_when_all_rows_are_here_keeps_the_connection() {
    let (_database, db) = one_connection().await;
    for id in 1..=3 {
        add_note(&db, id).await.unwrap();
    }
    let before = pid(&db).await;
    let mut rows = select(Note).stream(&db);
    rows.next().await.unwrap().unwrap();
    // Lets the driver read them.
    tokio::time::sleep(Duration::from_millis(50)).await;
    drop(rows);
    assert_eq!(pid(&db).await, before);
}

#[tokio::test]
async fn a_stream_is_dropped_at_any_poll() {
    let (database, db) = many().await;
    for polls in 0..100 {
        let db = Db::builder(database.url()).max_connections(1).connect().await.unwrap();
        let read = async {
            let mut rows = select(Many).filter(Many.n.lte(200)).stream(&db);
            while let Some(row) = rows.next().await {
                row.unwrap();
            }
        };
        let ended = poll_times(polls, read).await.is_some();
        assert_clean(&db).await;
        if ended {
            return;
        }
    }
    drop(db);
    panic!("it does not come to its end");
}

#[tokio::test]
async fn a_transaction_goes_on_after_a_stream_that_was_dropped() {
    let (_database, db) = many().await;
    let ids = db
        .transaction(async |tx| {
            add_note(tx, 1).await?;
            let mut rows = select(Many).stream(tx);
            assert_eq!(rows.next().await.unwrap()?.n, 1);
            drop(rows);
            add_note(tx, 2).await?;
            select(Note.id).from(Note).order_by(Note.id).all(tx).await
        })
        .await
        .unwrap();
    assert_eq!(ids, [1, 2]);
    assert_eq!(note_ids(&db).await, [1, 2]);
    assert_clean(&db).await;
}

/// The statement would wait for the rows before it, and whoever reads them for the statement.
#[tokio::test]
async fn a_statement_behind_a_stream_is_refused_and_does_not_hang() {
    let (database, db) = many().await;
    let mut client = Client::connect(database.url()).await.unwrap();
    let mut rows = select(Many).stream(&client);
    rows.next().await.unwrap().unwrap();
    let error = add_note(&client, 1).await.unwrap_err();
    assert_eq!(error.to_string(), format!("insert into \"notes\": {BUSY}"));
    assert_eq!(client.batch_execute("select 1").await.unwrap_err().to_string(), BUSY);
    // The stream itself is none the worse.
    assert_eq!(rows.next().await.unwrap().unwrap().n, 2);
    drop(rows);
    add_note(&client, 1).await.unwrap();
    client
        .transaction(async |tx| {
            let mut rows = select(Many).stream(tx);
            rows.next().await.unwrap()?;
            assert!(add_note(tx, 2).await.is_err());
            assert!(tx.batch_execute("select 1").await.is_err());
            assert_eq!(tx.transaction(async |_| Ok::<_, Error>(())).await.unwrap_err().to_string(), BUSY);
            while let Some(row) = rows.next().await {
                row?;
            }
            add_note(tx, 2).await
        })
        .await
        .unwrap();
    assert_eq!(note_ids(&db).await, [1, 2]);
}

#[tokio::test]
async fn a_pool_is_not_held_up_by_a_stream() {
    let (_database, db) = pool_with(VIEWS, |builder| builder.max_connections(2)).await;
    let mut rows = select(Many).stream(&db);
    rows.next().await.unwrap().unwrap();
    add_note(&db, 1).await.unwrap();
    assert_eq!(note_ids(&db).await, [1]);
}

#[tokio::test]
async fn a_stream_may_be_spawned() {
    let (_database, db) = many().await;
    let read = tokio::spawn(async move { select(Many).stream(&db).count().await });
    assert_eq!(read.await.unwrap(), usize::try_from(MANY).unwrap());
}

//! A connection that dies is one error of whoever used it, and nobody else's.

use crate::support::tables::{Nap, Note, add_note, assert_clean, note_ids, one_connection, pid, pool};
use mizzle::prelude::*;
use mizzle::{Client, Error};
use std::time::Duration;

const SHUTDOWN: &str = "terminating connection due to administrator command (SQLSTATE 57P01)";

/// Ends the session and waits until it is gone.
async fn kill(admin: &Client, pid: i32) {
    let script = format!(
        "do $$ begin
            perform pg_terminate_backend({pid});
            while exists (select from pg_stat_activity where pid = {pid}) loop
                perform pg_sleep(0.01), pg_stat_clear_snapshot();
            end loop;
        end $$"
    );
    admin.batch_execute(&script).await.unwrap();
}

/// Lets the driver read what the server sent before it left.
async fn let_the_driver_read() {
    tokio::time::sleep(Duration::from_millis(50)).await;
}

#[tokio::test]
async fn a_connection_killed_while_idle_is_replaced() {
    let (database, db) = one_connection().await;
    let admin = Client::connect(database.url()).await.unwrap();
    for _ in 0..5 {
        kill(&admin, pid(&db).await).await;
        let_the_driver_read().await;
        add_note(&db, 1).await.unwrap();
        delete(Note).all_rows().execute(&db).await.unwrap();
    }
    assert_clean(&db).await;
}

/// As a restart of the server does to a pool that nobody uses.
#[tokio::test]
async fn a_pool_whose_connections_are_all_killed_while_idle_works_on() {
    let (database, db) = pool(|builder| builder.max_connections(3)).await;
    let admin = Client::connect(database.url()).await.unwrap();
    for _ in 0..3 {
        let clients = (db.client().await.unwrap(), db.client().await.unwrap(), db.client().await.unwrap());
        let pids = [pid(&clients.0).await, pid(&clients.1).await, pid(&clients.2).await];
        drop(clients);
        for pid in pids {
            kill(&admin, pid).await;
        }
        let_the_driver_read().await;
        let all = tokio::join!(add_note(&db, 1), add_note(&db, 2), add_note(&db, 3), add_note(&db, 4));
        assert!(all.0.and(all.1).and(all.2).and(all.3).is_ok());
        assert_eq!(db.batch((mizzle::batch::execute(delete(Note).all_rows()),)).await.unwrap().0, 4);
    }
    assert_clean(&db).await;
}

#[tokio::test]
async fn a_stream_whose_connection_is_killed_says_so_and_the_next_works() {
    let (database, db) = one_connection().await;
    let admin = Client::connect(database.url()).await.unwrap();
    db.batch_execute("insert into notes select n, repeat('x', 1000) from generate_series(1, 20000) n")
        .await
        .unwrap();
    let victim = pid(&db).await;
    let mut rows = select(Note).stream(&db);
    rows.next().await.unwrap().unwrap();
    // The server waits to be read, and is not there any more when it is.
    admin.batch_execute(&format!("select pg_terminate_backend({victim})")).await.unwrap();
    let error = loop {
        match rows.next().await.expect("an end is not an error") {
            Ok(_) => {}
            Err(error) => break error,
        }
    };
    assert!(error.is_closed() && !error.is_retryable(), "{error}");
    assert!(rows.next().await.is_none());
    drop(rows);
    assert_clean(&db).await;
}

#[tokio::test]
async fn a_batch_whose_connection_is_killed_says_so_and_the_next_works() {
    use mizzle::batch::{all, one};
    let (database, db) = one_connection().await;
    let admin = Client::connect(database.url()).await.unwrap();
    let victim = pid(&db).await;
    let (nap, ()) = tokio::join!(db.batch((all(select(Note)), one(select(Nap)), all(select(Note)))), async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        kill(&admin, victim).await;
    });
    let error = nap.unwrap_err();
    assert!(error.is_closed() && !error.is_retryable());
    assert_eq!(error.to_string(), format!("select … from \"naps\": {SHUTDOWN}"));
    assert!(note_ids(&db).await.is_empty());
    assert_clean(&db).await;
}

#[tokio::test]
async fn a_statement_whose_connection_is_killed_says_so_and_the_next_works() {
    let (database, db) = one_connection().await;
    let admin = Client::connect(database.url()).await.unwrap();
    for _ in 0..10 {
        let victim = pid(&db).await;
        let (nap, ()) = tokio::join!(select(Nap).one(&db).into_future(), async {
            tokio::time::sleep(Duration::from_millis(30)).await;
            kill(&admin, victim).await;
        });
        let error = nap.unwrap_err();
        assert!(error.is_closed() && !error.is_retryable());
        assert_eq!(error.sqlstate(), Some("57P01"));
        assert_eq!(error.to_string(), format!("select … from \"naps\": {SHUTDOWN}"));
        // At once, before the driver has seen the end of the connection.
        assert!(note_ids(&db).await.is_empty());
    }
    assert_clean(&db).await;
}

#[tokio::test]
async fn a_script_whose_connection_is_killed_says_so_and_the_next_works() {
    let (database, db) = one_connection().await;
    let admin = Client::connect(database.url()).await.unwrap();
    for _ in 0..10 {
        let victim = pid(&db).await;
        let (nap, ()) = tokio::join!(db.batch_execute("select pg_sleep(30)"), async {
            tokio::time::sleep(Duration::from_millis(30)).await;
            kill(&admin, victim).await;
        });
        assert_eq!(nap.unwrap_err().to_string(), format!("select pg_sleep(30): {SHUTDOWN}"));
        assert!(note_ids(&db).await.is_empty());
    }
    assert_clean(&db).await;
}

#[tokio::test]
async fn a_transaction_whose_connection_is_killed_says_so_and_is_undone() {
    let (database, db) = one_connection().await;
    let admin = Client::connect(database.url()).await.unwrap();
    for inside in [false, true] {
        let result = db.transaction(async |tx| {
            add_note(tx, 1).await?;
            let kill = async |tx: &mizzle::Tx| {
                kill(&admin, pid(tx).await).await;
                let_the_driver_read().await;
                add_note(tx, 2).await
            };
            if inside { tx.transaction(kill).await } else { kill(tx).await }
        });
        let error: Error = result.await.unwrap_err();
        assert!(error.is_closed() && !error.is_retryable());
        assert_eq!(error.to_string(), format!("insert into \"notes\": {SHUTDOWN}"));
        assert!(note_ids(&db).await.is_empty());
    }
    assert_clean(&db).await;
}

#[tokio::test]
async fn a_commit_on_a_connection_that_was_killed_fails() {
    let (database, db) = one_connection().await;
    let admin = Client::connect(database.url()).await.unwrap();
    let result = db.transaction(async |tx| {
        add_note(tx, 1).await?;
        kill(&admin, pid(tx).await).await;
        let_the_driver_read().await;
        Ok::<_, Error>(())
    });
    let error = result.await.unwrap_err();
    assert!(error.is_closed() && !error.is_retryable());
    assert_eq!(error.to_string(), format!("commit: {SHUTDOWN}"));
    assert!(note_ids(&db).await.is_empty());
    assert_clean(&db).await;
}

#[tokio::test]
async fn a_held_client_that_is_killed_stays_dead_and_its_pool_does_not() {
    let (database, db) = one_connection().await;
    let admin = Client::connect(database.url()).await.unwrap();
    let client = db.client().await.unwrap();
    kill(&admin, pid(&client).await).await;
    let_the_driver_read().await;
    let first = add_note(&client, 1).await.unwrap_err();
    assert_eq!(first.to_string(), format!("insert into \"notes\": {SHUTDOWN}"));
    let second = add_note(&client, 1).await.unwrap_err();
    assert!(second.is_closed());
    assert_eq!(second.to_string(), "insert into \"notes\": the connection is closed");
    drop(client);
    assert_clean(&db).await;
}

#[tokio::test]
async fn a_transaction_that_idles_too_long_says_so() {
    let (_database, db) =
        pool(|builder| builder.max_connections(1).on_connect("set idle_in_transaction_session_timeout = 50"))
            .await;
    let result = db.transaction(async |tx| {
        add_note(tx, 1).await?;
        tokio::time::sleep(Duration::from_millis(300)).await;
        add_note(tx, 2).await
    });
    let error = result.await.unwrap_err();
    assert!(error.is_timeout() && error.is_closed());
    assert_eq!(
        error.to_string(),
        "insert into \"notes\": terminating connection due to idle-in-transaction timeout (SQLSTATE 25P03)"
    );
    assert!(note_ids(&db).await.is_empty());
    assert_clean(&db).await;
}

//! A batch is sent at once, runs in its order, and is answered as a whole.

use crate::support::poll::poll_times;
use crate::support::proxy::{Gate, proxy};
use crate::support::tables::{Note, add_note, assert_clean, note_ids, one_connection, pid, pool};
use mizzle::batch::{Step, all, execute, one, optional};
use mizzle::prelude::*;
use mizzle::{Client, Error};
use std::sync::{Arc, Mutex};
use std::time::Duration;

fn add(id: i64) -> Step<mizzle::batch::Effect> {
    execute(insert(Note).set(Note.id, id).set(Note.body, "a note"))
}

#[tokio::test]
async fn each_statement_gives_what_was_asked_of_it() {
    let (_database, db) = one_connection().await;
    let (first, second, id, notes, none, some) = db
        .batch((
            add(1),
            add(2),
            one(insert(Note).set(Note.id, 3).set(Note.body, "third").returning(Note.id)),
            all(select(Note.id).from(Note).order_by(Note.id)),
            optional(select(Note).find(9)),
            optional(select(Note.body).from(Note).filter(Note.id.eq(3))),
        ))
        .await
        .unwrap();
    assert_eq!((first, second, id), (1, 1, 3));
    assert_eq!(notes, [1, 2, 3]);
    assert_eq!((none, some.as_deref()), (None, Some("third")));
    assert_clean(&db).await;
}

#[tokio::test]
async fn sixteen_statements_fit() {
    let (_database, db) = one_connection().await;
    let counts = db.batch((
        add(1),
        add(2),
        add(3),
        add(4),
        add(5),
        add(6),
        add(7),
        add(8),
        add(9),
        add(10),
        add(11),
        add(12),
        add(13),
        add(14),
        add(15),
        all(select(Note.id).from(Note).order_by(Note.id)),
    ));
    assert_eq!(counts.await.unwrap().15, (1..=15).collect::<Vec<_>>());
}

/// No answer to any of them comes before all have been sent.
async fn at_once(db: &impl Executor, gate: &Gate, kind: u8) {
    gate.hold_until(3, kind);
    let batch = db.batch((
        execute(update(Note).set(Note.body, "new").find(1)),
        all(select(Note)),
        optional(select(Note.body).from(Note).filter(Note.id.eq(1))),
    ));
    let answers = tokio::time::timeout(Duration::from_secs(10), batch).await;
    let (updated, notes, body) = answers.expect("a statement waits for another's answer").unwrap();
    assert!(gate.is_open());
    assert_eq!((updated, notes.len(), body.as_deref()), (1, 2, Some("new")));
}

#[tokio::test]
async fn all_are_sent_before_any_is_answered() {
    let (database, db) = one_connection().await;
    add_note(&db, 1).await.unwrap();
    add_note(&db, 2).await.unwrap();
    let (url, gate) = proxy(database.url()).await;
    let mut client = Client::connect(&url).await.unwrap();
    at_once(&client, &gate, b'P').await;
    at_once(&client, &gate, b'E').await;
    client
        .transaction(async |tx| {
            at_once(tx, &gate, b'E').await;
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
    let (url, gate) = proxy(database.url()).await;
    let pool = Db::builder(&url).max_connections(1).connect().await.unwrap();
    at_once(&pool, &gate, b'P').await;
    at_once(&pool, &gate, b'E').await;
}

/// What is prepared already does not overtake what is not.
#[tokio::test]
async fn they_run_in_order_whatever_is_prepared() {
    let (_database, db) = pool(|builder| builder.max_connections(1).statement_cache(1)).await;
    assert!(note_ids(&db).await.is_empty());
    for id in 1..4 {
        let (before, _, after) = db
            .batch((
                all(select(Note.id).from(Note).order_by(Note.id)),
                add(id),
                all(select(Note.id).from(Note).order_by(Note.id)),
            ))
            .await
            .unwrap();
        assert_eq!(before, (1..id).collect::<Vec<_>>());
        assert_eq!(after, (1..=id).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn the_first_error_names_its_statement_and_the_others_have_run() {
    let (_database, db) = one_connection().await;
    let before = pid(&db).await;
    add_note(&db, 1).await.unwrap();
    for id in [2, 4] {
        let error = db
            .batch((add(id), one(select(Note).find(99)), add(1), all(select(Note)), add(id + 1)))
            .await
            .unwrap_err();
        assert!(error.is_not_found());
        assert_eq!(error.to_string(), "expected one row from `select … from \"notes\"`, found none");
        let error = db.batch((add(1), optional(select(Note)), one(select(Note).find(99)))).await.unwrap_err();
        assert!(error.is_unique_violation() && !error.is_retryable());
        assert_eq!(
            error.to_string(),
            "insert into \"notes\": unique constraint \"notes_pkey\" is violated (SQLSTATE 23505)"
        );
        let error = db.batch((optional(select(Note)), add(1))).await.unwrap_err();
        assert!(error.is_too_many_rows());
    }
    assert_eq!(note_ids(&db).await, [1, 2, 3, 4, 5]);
    assert_eq!(pid(&db).await, before);
    assert_clean(&db).await;
}

#[tokio::test]
async fn nothing_is_sent_when_one_cannot_be() {
    let (_database, db) = one_connection().await;
    let nothing = delete(Note).filter(None::<i64>.map(|id| Note.id.eq(id)));
    let error = db.batch((add(1), execute(nothing))).await.unwrap_err();
    assert_eq!(error.sqlstate(), None);
    let nowhere = select(Nowhere);
    let error = db.batch((add(1), all(nowhere))).await.unwrap_err();
    assert_eq!(error.sqlstate(), Some("42P01"));
    assert!(error.sql().unwrap().contains("nowhere"));
    assert!(note_ids(&db).await.is_empty());
    assert_clean(&db).await;
}

#[derive(Table, Debug)]
#[orm(table = "nowhere")]
struct Nowhere {
    id: i64,
}

#[tokio::test]
async fn in_a_transaction_all_are_kept_or_none() {
    let (_database, db) = one_connection().await;
    let result = db.transaction(async |tx| {
        tx.batch((add(1), add(2))).await?;
        tx.batch((add(3), add(3), add(4))).await
    });
    assert!(result.await.unwrap_err().is_unique_violation());
    assert!(note_ids(&db).await.is_empty());
    let swallowed = db.transaction(async |tx| {
        let _ = tx.batch((add(1), add(1))).await;
        Ok::<_, Error>(())
    });
    assert!(swallowed.await.unwrap_err().to_string().contains("rolled back"));
    db.transaction(async |tx| tx.batch((add(1), add(2))).await).await.unwrap();
    assert_eq!(note_ids(&db).await, [1, 2]);
    assert_clean(&db).await;
}

#[tokio::test]
async fn a_batch_is_refused_where_a_statement_is() {
    let (_database, db) = one_connection().await;
    db.transaction(async |tx| {
        tx.transaction(async |_| {
            tx.batch((add(1),)).await.unwrap_err();
            Ok::<_, Error>(())
        })
        .await?;
        tx.rollback().await?;
        assert!(tx.batch((add(1),)).await.unwrap_err().is_transaction_over());
        Ok::<_, Error>(())
    })
    .await
    .unwrap();
    assert_clean(&db).await;
}

#[tokio::test]
async fn a_batch_dropped_at_any_poll_leaves_the_pool_clean() {
    let (database, warm) = one_connection().await;
    for cold in [true, false] {
        for polls in 0..100 {
            let new = Db::builder(database.url()).max_connections(1).connect();
            let db = if cold { new.await.unwrap() } else { warm.clone() };
            let id = i64::try_from(polls).unwrap() * 10;
            let batch = db.batch((add(id), all(select(Note)), add(id + 1)));
            let ended = poll_times(polls, batch).await.is_some();
            assert_clean(&db).await;
            if ended {
                break;
            }
            assert!(polls < 99, "it does not come to its end");
        }
        delete(Note).all_rows().execute(&warm).await.unwrap();
    }
}

#[tokio::test]
async fn the_hook_sees_each_statement() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = seen.clone();
    let (_database, db) = pool(move |builder| {
        let see = move |event: &mizzle::StatementEvent<'_>| {
            log.lock().unwrap().push((
                event.sql.split(' ').next().unwrap().to_owned(),
                event.rows,
                event.success,
            ));
        };
        builder.max_connections(1).on_statement(see)
    })
    .await;
    db.batch((add(1), add(1), all(select(Note)))).await.unwrap_err();
    let mut seen = seen.lock().unwrap().clone();
    seen.sort();
    let expected = [("insert", 0, false), ("insert", 1, true), ("select", 1, true)];
    assert_eq!(seen, expected.map(|(word, rows, success)| (word.to_owned(), rows, success)));
}

/// Its table was altered: it is not tried again behind the others, and works the next time.
#[tokio::test]
async fn a_statement_that_is_stale_fails_once() {
    let (database, db) = one_connection().await;
    let admin = Client::connect(database.url()).await.unwrap();
    db.batch((all(select(Note)), add(1))).await.unwrap();
    admin.batch_execute("alter table notes alter body type varchar(100)").await.unwrap();
    let error = db.batch((all(select(Note)), add(2))).await.unwrap_err();
    assert_eq!(error.sqlstate(), Some("0A000"));
    assert!(!error.is_retryable());
    assert_eq!(db.batch((all(select(Note)), add(3))).await.unwrap().0.len(), 2);
}

#[tokio::test]
async fn a_batch_may_be_spawned() {
    let (_database, db) = one_connection().await;
    let task = tokio::spawn(async move { db.batch((add(1), all(select(Note)))).await });
    assert_eq!(task.await.unwrap().unwrap().1.len(), 1);
}

#[tokio::test]
async fn a_vec_of_statements_runs_in_its_order() {
    let (_database, db) = one_connection().await;
    // Not the order of their keys.
    let ids: Vec<i64> = (0..100).map(|number| number * 37 % 101).collect();
    let written = db.batch(ids.iter().map(|id| add(*id)).collect::<Vec<_>>()).await.unwrap();
    assert_eq!(written, [1; 100]);
    // In a table without any other changes, that of the file.
    assert_eq!(select(Note.id).from(Note).all(&db).await.unwrap(), ids);
    assert_eq!(db.batch(Vec::<Step<mizzle::batch::Effect>>::new()).await.unwrap(), [0; 0]);
    assert_clean(&db).await;
}

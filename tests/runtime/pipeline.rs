//! Statements polled together on one connection are sent together.

use crate::support::proxy::{Gate, proxy};
use crate::support::tables::{Note, add_note, one_connection};
use mizzle::prelude::*;
use mizzle::{Client, Error};
use std::time::Duration;

/// Three statements, no answer to any of which comes before all have been sent.
async fn together(db: &impl Executor, gate: &Gate, kind: u8) {
    gate.hold_until(3, kind);
    let statements = async {
        tokio::try_join!(
            select(Note).find(1).optional(db).into_future(),
            select(Note).all(db).into_future(),
            update(Note).set(Note.body, "new").find(1).execute(db).into_future(),
        )
    };
    let answers = tokio::time::timeout(Duration::from_secs(10), statements).await;
    let (found, all, updated) = answers.expect("a statement waits for another's answer").unwrap();
    assert!(gate.is_open());
    assert_eq!((found.map(|note| note.id), all.len(), updated), (Some(1), 2, 1));
}

#[tokio::test]
async fn statements_polled_together_on_a_client_are_pipelined() {
    let (database, db) = one_connection().await;
    add_note(&db, 1).await.unwrap();
    add_note(&db, 2).await.unwrap();
    let (url, gate) = proxy(database.url()).await;
    let client = Client::connect(&url).await.unwrap();
    together(&client, &gate, b'P').await;
    // Prepared now.
    together(&client, &gate, b'E').await;
}

#[tokio::test]
async fn statements_polled_together_on_a_transaction_are_pipelined() {
    let (database, db) = one_connection().await;
    add_note(&db, 1).await.unwrap();
    add_note(&db, 2).await.unwrap();
    let (url, gate) = proxy(database.url()).await;
    let mut client = Client::connect(&url).await.unwrap();
    let work = client.transaction(async |tx| {
        together(tx, &gate, b'P').await;
        together(tx, &gate, b'E').await;
        Ok::<_, Error>(())
    });
    work.await.unwrap();
    assert_eq!(select(Note).find(1).one(&db).await.unwrap().body, "new");
}

#[tokio::test]
async fn a_statement_that_fails_does_not_fail_those_sent_with_it() {
    let (_database, db) = one_connection().await;
    add_note(&db, 1).await.unwrap();
    let client = db.client().await.unwrap();
    for _ in 0..2 {
        let (first, second, third) = tokio::join!(
            add_note(&client, 1),
            select(Note).all(&client).into_future(),
            select(Note).find(7).one(&client).into_future(),
        );
        assert!(first.unwrap_err().is_unique_violation());
        assert_eq!(second.unwrap().len(), 1);
        assert!(third.unwrap_err().is_not_found());
    }
}

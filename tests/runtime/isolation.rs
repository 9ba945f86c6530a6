//! A transaction's isolation and modes, and what the server says when two of them meet.

use crate::support::tables::{Note, add_note, assert_clean, note_ids, one_connection, pool};
use mizzle::prelude::*;
use mizzle::{Error, Tx};
use std::time::Duration;

async fn show(tx: &Tx, setting: &str) -> String {
    // The settings of a transaction as a table.
    let row = select(Setting.value).from(Setting).filter(Setting.name.eq(setting));
    row.one(tx).await.unwrap()
}

#[derive(Table, Debug)]
#[orm(table = "settings")]
struct Setting {
    name: String,
    value: String,
}

const SETTINGS: &str = "create view settings as select name, setting as value from pg_settings";

async fn modes(tx: &Tx) -> Result<[String; 3], Error> {
    let isolation = show(tx, "transaction_isolation").await;
    Ok([isolation, show(tx, "transaction_read_only").await, show(tx, "transaction_deferrable").await])
}

#[tokio::test]
async fn each_mode_is_the_servers() {
    let (_database, db) = crate::support::tables::pool_with(SETTINGS, |builder| builder).await;
    let plain = db.build_transaction().run(modes).await.unwrap();
    assert_eq!(plain, ["read committed", "off", "off"]);
    for (isolation, name) in [
        (Isolation::ReadCommitted, "read committed"),
        (Isolation::RepeatableRead, "repeatable read"),
        (Isolation::Serializable, "serializable"),
    ] {
        let found = db.build_transaction().isolation(isolation).run(modes).await.unwrap();
        assert_eq!(found, [name, "off", "off"]);
    }
    let found = db.build_transaction().read_only().run(modes).await.unwrap();
    assert_eq!(found, ["read committed", "on", "off"]);
    let found = db.build_transaction().deferrable().run(modes).await.unwrap();
    assert_eq!(found, ["read committed", "off", "on"]);
    let mut client = db.client().await.unwrap();
    let all = client.build_transaction().isolation(Isolation::Serializable).read_only().deferrable();
    assert_eq!(
        format!("{all:?}"),
        r#"TransactionBuilder("begin isolation level serializable, read only, deferrable")"#
    );
    assert_eq!(all.run(modes).await.unwrap(), ["serializable", "on", "on"]);
    // They end with the transaction.
    assert_eq!(client.transaction(modes).await.unwrap(), ["read committed", "off", "off"]);
}

#[tokio::test]
async fn a_read_only_transaction_does_not_write() {
    let (_database, db) = one_connection().await;
    let error = db.build_transaction().read_only().run(async |tx| add_note(tx, 1).await).await.unwrap_err();
    assert_eq!(error.sqlstate(), Some("25006"));
    assert!(!error.is_retryable());
    assert!(note_ids(&db).await.is_empty());
    assert_clean(&db).await;
}

/// Each adds a note if there is none: run one after the other, only one would.
#[tokio::test]
async fn serializable_transactions_that_contradict_each_other_do_not_both_commit() {
    let (_database, db) = pool(|builder| builder.max_connections(2)).await;
    let add_if_none = async |id, other: bool| {
        let transaction = db.build_transaction().isolation(Isolation::Serializable);
        transaction
            .run(async |tx| {
                let none = !select(Note).exists(tx).await?;
                if other {
                    let other = db.build_transaction().isolation(Isolation::Serializable);
                    other
                        .run(async |tx| {
                            assert!(!select(Note).exists(tx).await?);
                            add_note(tx, 7).await
                        })
                        .await?;
                }
                if none {
                    add_note(tx, id).await?;
                }
                Ok::<_, Error>(())
            })
            .await
    };
    let error = add_if_none(1, true).await.unwrap_err();
    assert!(error.is_serialization_failure() && error.is_retryable(), "{error}");
    assert_eq!(error.sqlstate(), Some("40001"));
    add_if_none(1, false).await.unwrap();
    assert_eq!(note_ids(&db).await, [7]);
    assert_clean(&db).await;
}

#[tokio::test]
async fn a_deadlock_ends_one_of_the_two() {
    let (_database, db) =
        pool(|builder| builder.max_connections(2).on_connect("set deadlock_timeout = '50ms'")).await;
    add_note(&db, 1).await.unwrap();
    add_note(&db, 2).await.unwrap();
    let lock_both = async |first: i64, second: i64| {
        db.transaction(async |tx| {
            update(Note).set(Note.body, "locked").find(first).execute(tx).await?;
            tokio::time::sleep(Duration::from_millis(300)).await;
            update(Note).set(Note.body, "locked").find(second).execute(tx).await
        })
        .await
    };
    let results: [Result<u64, Error>; 2] = tokio::join!(lock_both(1, 2), lock_both(2, 1)).into();
    let errors: Vec<Error> = results.into_iter().filter_map(Result::err).collect();
    let [error] = errors.as_slice() else { panic!("{errors:?}") };
    assert_eq!(error.sqlstate(), Some("40P01"));
    assert!(error.is_serialization_failure() && error.is_retryable());
    assert_clean(&db).await;
}

#[tokio::test]
async fn a_built_transaction_is_spawned() {
    let (_database, db) = one_connection().await;
    let pool = db.clone();
    let work = async move {
        let transaction = pool.build_transaction().isolation(Isolation::RepeatableRead);
        transaction.run(async |tx| add_note(tx, 1).await).await
    };
    tokio::spawn(work).await.unwrap().unwrap();
    assert_eq!(note_ids(&db).await, [1]);
}

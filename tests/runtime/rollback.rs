//! A transaction that is rolled back before its closure has ended: by `rollback`, or by a script.

use crate::support::poll::poll_times;
use crate::support::tables::{add_note, assert_clean, note_ids, one_connection, pid};
use mizzle::{Error, Tx};

const OVER: &str = "the transaction was rolled back by `rollback`; nothing more can run on it";
const LOST: &str = "a script ended the transaction by a COMMIT or ROLLBACK of its own; end it by the closure's result, \
                    or by `rollback`";

#[tokio::test]
async fn the_value_is_given_back_and_nothing_is_kept() {
    let (_database, db) = one_connection().await;
    let before = pid(&db).await;
    let value = db
        .transaction(async |tx| {
            add_note(tx, 1).await?;
            tx.rollback().await?;
            Ok::<_, Error>("a value")
        })
        .await;
    assert_eq!(value.unwrap(), "a value");
    assert!(note_ids(&db).await.is_empty());
    assert_eq!(pid(&db).await, before);
    let mut client = db.client().await.unwrap();
    client.transaction(async |tx| tx.rollback().await).await.unwrap();
    add_note(&client, 1).await.unwrap();
    drop(client);
    assert_eq!(note_ids(&db).await, [1]);
    assert_clean(&db).await;
}

#[tokio::test]
async fn everything_on_it_is_refused_afterwards() {
    let (_database, db) = one_connection().await;
    db.transaction(async |tx| {
        tx.rollback().await?;
        let statement = add_note(tx, 1).await.unwrap_err();
        assert_eq!(statement.to_string(), format!("insert into \"notes\": {OVER}"));
        let script = tx.batch_execute("truncate notes").await.unwrap_err();
        let nested = tx.transaction(async |_| Ok::<_, Error>(())).await.unwrap_err();
        let again = tx.rollback().await.unwrap_err();
        for error in [script, nested, again] {
            assert_eq!(error.to_string(), OVER);
            assert!(error.is_transaction_over() && !error.is_retryable());
        }
        Ok::<_, Error>(())
    })
    .await
    .unwrap();
    assert!(note_ids(&db).await.is_empty());
    assert_clean(&db).await;
}

#[tokio::test]
async fn an_error_after_it_is_returned_as_it_is() {
    let (_database, db) = one_connection().await;
    let result = db.transaction(async |tx| {
        add_note(tx, 1).await?;
        tx.rollback().await?;
        add_note(tx, 2).await
    });
    assert!(result.await.unwrap_err().is_transaction_over());
    assert!(note_ids(&db).await.is_empty());
    assert_clean(&db).await;
}

#[tokio::test]
async fn a_nested_one_goes_back_to_its_savepoint() {
    let (_database, db) = one_connection().await;
    let value = db
        .transaction(async |tx| {
            add_note(tx, 1).await?;
            let value = tx
                .transaction(async |inner| {
                    add_note(inner, 2).await?;
                    // Even when it is aborted.
                    add_note(inner, 1).await.unwrap_err();
                    inner.rollback().await?;
                    assert!(add_note(inner, 3).await.unwrap_err().is_transaction_over());
                    // The one around it waits for the closure.
                    assert!(!add_note(tx, 3).await.unwrap_err().is_transaction_over());
                    Ok::<_, Error>(7)
                })
                .await?;
            add_note(tx, 4).await?;
            tx.transaction(async |inner| add_note(inner, 5).await).await?;
            Ok::<_, Error>(value)
        })
        .await;
    assert_eq!(value.unwrap(), 7);
    assert_eq!(note_ids(&db).await, [1, 4, 5]);
    assert_clean(&db).await;
}

#[tokio::test]
async fn a_transaction_around_an_open_one_is_not_rolled_back() {
    let (_database, db) = one_connection().await;
    db.transaction(async |tx| {
        tx.transaction(async |inner| {
            let error = tx.rollback().await.unwrap_err();
            assert!(!error.is_transaction_over());
            add_note(inner, 1).await
        })
        .await
    })
    .await
    .unwrap();
    assert_eq!(note_ids(&db).await, [1]);
}

#[tokio::test]
async fn a_rollback_dropped_at_any_poll_still_keeps_nothing() {
    let (_database, db) = one_connection().await;
    for nested in [false, true] {
        for polls in 1..10 {
            let mut ended = false;
            let mut work = async |tx: &Tx| {
                add_note(tx, 1).await?;
                ended = poll_times(polls, tx.rollback()).await.is_some();
                assert!(add_note(tx, 2).await.unwrap_err().is_transaction_over());
                Ok::<_, Error>(())
            };
            let result =
                db.transaction(async |tx| if nested { tx.transaction(work).await } else { work(tx).await });
            result.await.unwrap();
            assert!(note_ids(&db).await.is_empty());
            assert_clean(&db).await;
            if ended {
                break;
            }
            assert!(polls < 9, "it does not come to its end");
        }
    }
}

#[tokio::test]
async fn a_script_that_ends_the_transaction_is_found_out() {
    let (_database, db) = one_connection().await;
    for script in
        ["commit", "rollback", "select 1; end", "commit; begin", "abort; begin; select 1", "commit and chain"]
    {
        for nested in [false, true] {
            let result = db.transaction(async |tx| {
                let work = async |tx: &Tx| {
                    let error = tx.batch_execute(script).await.unwrap_err();
                    assert_eq!(error.to_string(), format!("{script}: {LOST}"));
                    assert!(error.is_transaction_over() && !error.is_retryable());
                    let statement = add_note(tx, 1).await.unwrap_err();
                    assert_eq!(statement.to_string(), format!("insert into \"notes\": {LOST}"));
                    Ok::<_, Error>(())
                };
                if nested { tx.transaction(work).await } else { work(tx).await }
            });
            // Although the closure does not return it.
            let error = result.await.unwrap_err();
            assert_eq!(error.to_string(), LOST, "{script}");
            assert!(note_ids(&db).await.is_empty());
            assert_clean(&db).await;
        }
    }
    let mut client = db.client().await.unwrap();
    client.transaction(async |tx| tx.batch_execute("commit; begin").await).await.unwrap_err();
    // What the script has begun is not what the client goes on in.
    client.batch_execute("vacuum notes").await.unwrap();
}

#[tokio::test]
async fn a_script_that_resets_all_settings_ends_nothing() {
    let (_database, db) = one_connection().await;
    for script in ["reset all", "set local work_mem = '1MB'; RESET\n ALL;"] {
        for nested in [false, true] {
            let work = async |tx: &Tx| {
                tx.batch_execute(script).await?;
                add_note(tx, 1).await?;
                tx.batch_execute(script).await?;
                tx.batch_execute("update notes set body = 'kept'").await
            };
            db.transaction(async |tx| if nested { tx.transaction(work).await } else { work(tx).await })
                .await
                .unwrap();
            assert_eq!(note_ids(&db).await, [1]);
            db.batch_execute("truncate notes").await.unwrap();
        }
    }
    for script in ["reset all; commit", "commit; reset all", "commit; begin; reset all"] {
        let result = db.transaction(async |tx| tx.batch_execute(script).await).await;
        assert!(result.unwrap_err().is_transaction_over(), "{script}");
        assert_clean(&db).await;
    }
}

#[tokio::test]
async fn a_script_that_fails_after_it_ended_the_transaction_is_found_out() {
    let (_database, db) = one_connection().await;
    let error = db
        .transaction(async |tx| {
            let error = tx.batch_execute("commit; select 1 / 0").await.unwrap_err();
            assert_eq!(error.sqlstate(), Some("22012"));
            assert!(add_note(tx, 1).await.unwrap_err().is_transaction_over());
            Ok::<_, Error>(())
        })
        .await
        .unwrap_err();
    assert_eq!(error.to_string(), LOST);
    assert!(note_ids(&db).await.is_empty());
    assert_clean(&db).await;
}

#[tokio::test]
async fn a_script_that_ends_the_transaction_and_is_dropped_fails_the_commit() {
    let (_database, db) = one_connection().await;
    let result = db.transaction(async |tx| {
        assert!(poll_times(1, tx.batch_execute("commit")).await.is_none());
        Ok::<_, Error>(())
    });
    assert_eq!(result.await.unwrap_err().to_string(), LOST);
    assert_clean(&db).await;
}

#[tokio::test]
async fn a_script_may_have_savepoints_of_its_own() {
    let (_database, db) = one_connection().await;
    db.transaction(async |tx| {
        tx.batch_execute("savepoint mine").await?;
        add_note(tx, 1).await?;
        assert!(tx.batch_execute("select 1 / 0").await.is_err());
        tx.batch_execute("rollback to mine").await?;
        add_note(tx, 2).await?;
        // A nested one that is undone takes its mark with it.
        tx.transaction(async |tx| {
            tx.batch_execute("select 1").await?;
            tx.rollback().await
        })
        .await?;
        tx.batch_execute("release mine").await?;
        tx.batch_execute("select 1").await
    })
    .await
    .unwrap();
    assert_eq!(note_ids(&db).await, [2]);
    db.transaction(async |tx| {
        let undone = tx.transaction(async |tx| {
            tx.batch_execute("select 1").await?;
            tx.batch_execute("select 1 / 0").await
        });
        undone.await.unwrap_err();
        tx.batch_execute("select 1").await
    })
    .await
    .unwrap();
    assert_clean(&db).await;
}

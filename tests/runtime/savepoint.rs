//! A transaction inside a transaction is undone by itself.

use crate::support::poll::poll_times;
use crate::support::tables::{add_note, assert_clean, note_ids, one_connection};
use mizzle::{Error, Tx};
use std::pin::Pin;

const SUSPENDED: &str =
    "the transaction waits for the one inside it; run the statement on that one, or after it";

#[tokio::test]
async fn an_error_inside_leaves_the_outer_transaction_usable() {
    let (_database, db) = one_connection().await;
    let outer = db.transaction(async |tx| {
        add_note(tx, 1).await?;
        let inner = tx.transaction(async |tx| {
            add_note(tx, 2).await?;
            add_note(tx, 1).await
        });
        assert!(inner.await.unwrap_err().is_unique_violation());
        assert_eq!(note_ids(tx).await, [1]);
        tx.transaction(async |tx| add_note(tx, 3).await).await
    });
    outer.await.unwrap();
    assert_eq!(note_ids(&db).await, [1, 3]);
    assert_clean(&db).await;
}

#[tokio::test]
async fn a_swallowed_error_inside_fails_only_the_inner_transaction() {
    let (_database, db) = one_connection().await;
    let outer = db.transaction(async |tx| {
        add_note(tx, 1).await?;
        let inner = tx.transaction(async |tx| {
            add_note(tx, 2).await?;
            let _ = add_note(tx, 1).await;
            Ok::<_, Error>(())
        });
        let text = inner.await.unwrap_err().to_string();
        assert!(text.starts_with("the transaction was rolled back: "), "{text}");
        Ok::<_, Error>(())
    });
    outer.await.unwrap();
    assert_eq!(note_ids(&db).await, [1]);
    assert_clean(&db).await;
}

#[tokio::test]
async fn an_inner_transaction_that_is_dropped_at_any_await_is_undone() {
    let (_database, db) = one_connection().await;
    let mut completed = false;
    for polls in 0..100 {
        let result = db.transaction(async |tx| {
            add_note(tx, 1).await?;
            let inner = tx.transaction(async |tx| {
                add_note(tx, 2).await?;
                tx.transaction(async |tx| add_note(tx, 3).await).await?;
                add_note(tx, 4).await
            });
            let inner = poll_times(polls, inner).await.transpose()?;
            let ids = note_ids(tx).await;
            // Dropped while RELEASE was under way it may have been kept, as a whole.
            assert!(ids == [1, 2, 3, 4] || (inner.is_none() && ids == [1]), "{polls} polls: {ids:?}");
            add_note(tx, 5).await?;
            Ok::<_, Error>((inner.is_some(), ids))
        });
        let (done, mut ids) = result.await.unwrap();
        ids.push(5);
        assert_eq!(note_ids(&db).await, ids);
        assert_clean(&db).await;
        db.batch_execute("truncate notes").await.unwrap();
        if done {
            completed = true;
            break;
        }
    }
    assert!(completed);
}

#[tokio::test]
async fn an_inner_transaction_that_is_dropped_while_it_is_undone_is_undone_once() {
    let (_database, db) = one_connection().await;
    for polls in 1..100 {
        let result = db.transaction(async |tx| {
            add_note(tx, 1).await?;
            let inner = tx.transaction(async |tx| {
                tx.batch_execute("insert into notes values (2, '')").await?;
                let _ = tx.batch_execute("select 1 / 0").await;
                Err::<(), Option<Error>>(None)
            });
            let inner = poll_times(polls, inner).await;
            assert_eq!(note_ids(tx).await, [1], "{polls} polls");
            Ok::<_, Error>(inner.is_some())
        });
        let ended = result.await.unwrap();
        assert_eq!(note_ids(&db).await, [1]);
        assert_clean(&db).await;
        db.batch_execute("truncate notes").await.unwrap();
        if ended {
            return;
        }
    }
    panic!("it does not come to its end");
}

/// A note on every second level, each level inside the one before.
fn nest(tx: &Tx, level: i64) -> Pin<Box<dyn Future<Output = Result<(), Error>> + Send + '_>> {
    Box::pin(async move {
        if level == 0 {
            return Ok(());
        }
        let inner: Result<(), Option<Error>> = tx
            .transaction(async |tx| {
                add_note(tx, level).await?;
                nest(tx, level - 1).await?;
                if level % 2 == 0 { Ok(()) } else { tx.transaction(async |_| Err(None)).await }
            })
            .await;
        match inner {
            Ok(()) | Err(None) => Ok(()),
            Err(Some(error)) => Err(error),
        }
    })
}

#[tokio::test]
async fn transactions_nest_deeply() {
    let (_database, db) = one_connection().await;
    db.transaction(async |tx| nest(tx, 30).await).await.unwrap();
    // Level 29 was undone with all that was inside it.
    assert_eq!(note_ids(&db).await, [30]);
    assert_clean(&db).await;
}

#[tokio::test]
async fn the_outer_transaction_refuses_statements_while_one_inside_is_open() {
    let (_database, db) = one_connection().await;
    let outer = db.transaction(async |tx| {
        tx.transaction(async |inner| {
            add_note(inner, 1).await?;
            let statement = add_note(tx, 2).await.unwrap_err();
            assert_eq!(statement.to_string(), format!("insert into \"notes\": {SUSPENDED}"));
            let script = tx.batch_execute("truncate notes").await.unwrap_err();
            assert_eq!(script.to_string(), SUSPENDED);
            let nested = tx.transaction(async |tx| add_note(tx, 3).await).await.unwrap_err();
            assert_eq!(nested.to_string(), SUSPENDED);
            add_note(inner, 4).await
        })
        .await?;
        add_note(tx, 5).await
    });
    outer.await.unwrap();
    assert_eq!(note_ids(&db).await, [1, 4, 5]);
    assert_clean(&db).await;
}

/// A statement that has to be prepared first is sent some time after its first poll; meanwhile a savepoint may open.
#[tokio::test]
async fn a_statement_beside_an_inner_transaction_is_not_undone_with_it() {
    let (_database, db) = one_connection().await;
    for _ in 0..2 {
        db.batch_execute("truncate notes").await.unwrap();
        let outer = db.transaction(async |tx| {
            let (statement, inner) = tokio::join!(
                add_note(tx, 1),
                tx.transaction(async |tx| {
                    select_one(tx).await?;
                    Err::<(), _>(None)
                })
            );
            assert!(matches!(inner, Err(None)));
            Ok::<_, Option<Error>>(statement.is_ok())
        });
        let kept = outer.await.unwrap();
        assert_eq!(note_ids(&db).await, if kept { vec![1] } else { vec![] });
    }
    assert_clean(&db).await;
}

async fn select_one(tx: &Tx) -> Result<(), Option<Error>> {
    for _ in 0..3 {
        tx.batch_execute("select 1").await?;
    }
    Ok(())
}

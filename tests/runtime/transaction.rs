//! A transaction is kept as a whole or not at all.

use crate::support::poll::poll_times;
use crate::support::tables::{Note, add_note, assert_clean, note_ids, one_connection, pid, pool_with};
use mizzle::Error;
use mizzle::prelude::*;

/// What a test's closure fails with.
#[derive(Debug)]
enum Failure {
    Chosen,
    Database(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Database(error)
    }
}

const ABORTED: &str = "the transaction was rolled back: a statement in it failed and the error was not returned; \
                       to go on after an error run the statement in a nested transaction";

#[tokio::test]
async fn ok_commits() {
    let (_database, db) = one_connection().await;
    let count = db.transaction(async |tx| {
        add_note(tx, 1).await?;
        add_note(tx, 2).await?;
        select(Note).count(tx).await
    });
    assert_eq!(count.await.unwrap(), 2);
    assert_eq!(note_ids(&db).await, [1, 2]);
    assert_clean(&db).await;
}

#[tokio::test]
async fn an_error_rolls_back_and_is_returned() {
    let (_database, db) = one_connection().await;
    let chosen: Result<(), Failure> = db
        .transaction(async |tx| {
            add_note(tx, 1).await?;
            Err(Failure::Chosen)
        })
        .await;
    assert!(matches!(chosen, Err(Failure::Chosen)));
    let failed: Result<(), Failure> = db
        .transaction(async |tx| {
            add_note(tx, 1).await?;
            add_note(tx, 1).await?;
            Ok(())
        })
        .await;
    assert!(matches!(failed, Err(Failure::Database(error)) if error.is_unique_violation()));
    assert!(note_ids(&db).await.is_empty());
    assert_clean(&db).await;
}

#[tokio::test]
async fn a_panic_rolls_back_and_the_connection_is_used_again() {
    let (_database, db) = one_connection().await;
    let before = pid(&db).await;
    let pool = db.clone();
    let task = tokio::spawn(async move {
        pool.transaction(async |tx| -> Result<(), Error> {
            add_note(tx, 1).await?;
            tx.transaction(async |tx| -> Result<(), Error> {
                add_note(tx, 2).await?;
                panic!("the test's own")
            })
            .await
        })
        .await
    });
    assert!(task.await.unwrap_err().is_panic());
    assert!(note_ids(&db).await.is_empty());
    assert_eq!(pid(&db).await, before);
    assert_clean(&db).await;
}

#[tokio::test]
async fn a_swallowed_error_fails_the_commit() {
    let (_database, db) = one_connection().await;
    let by_statement = db
        .transaction(async |tx| {
            add_note(tx, 1).await?;
            let _ = add_note(tx, 1).await;
            Ok::<_, Error>(())
        })
        .await
        .unwrap_err();
    let by_script = db
        .transaction(async |tx| {
            add_note(tx, 1).await?;
            let _ = tx.batch_execute("select 1 / 0").await;
            Ok::<_, Error>(())
        })
        .await
        .unwrap_err();
    let by_a_missing_table = db
        .transaction(async |tx| {
            add_note(tx, 1).await?;
            let _ = tx.batch_execute("select * from nowhere").await;
            // The transaction is aborted, and says so to whoever goes on.
            let error = add_note(tx, 2).await.unwrap_err();
            assert_eq!(error.sqlstate(), Some("25P02"));
            Ok::<_, Error>(())
        })
        .await
        .unwrap_err();
    for error in [by_statement, by_script, by_a_missing_table] {
        assert_eq!(error.to_string(), ABORTED);
        assert!(note_ids(&db).await.is_empty());
    }
    assert_clean(&db).await;
}

/// A statement that was given up may have failed.
#[tokio::test]
async fn a_failure_that_nobody_waited_for_fails_the_commit() {
    let (_database, db) = one_connection().await;
    for nested in [false, true] {
        for script in [false, true] {
            let work = async |tx: &mizzle::Tx| {
                let dropped = if script {
                    poll_times(1, tx.batch_execute("select 1 / 0")).await
                } else {
                    poll_times(1, add_note(tx, 1)).await
                };
                assert!(dropped.is_none());
                Ok::<_, Error>(())
            };
            let result = db.transaction(async |tx| {
                add_note(tx, 1).await?;
                if nested { tx.transaction(work).await } else { work(tx).await }
            });
            assert_eq!(result.await.unwrap_err().to_string(), ABORTED, "nested: {nested}, script: {script}");
            assert!(note_ids(&db).await.is_empty());
            assert_clean(&db).await;
        }
    }
}

/// What fails without the server's knowledge leaves the transaction good.
#[tokio::test]
async fn an_error_that_the_server_does_not_know_of_does_not_fail_the_commit() {
    let (_database, db) = one_connection().await;
    let result = db.transaction(async |tx| {
        add_note(tx, 1).await?;
        add_note(tx, 2).await?;
        let error = select(Note).one(tx).await.unwrap_err();
        assert!(error.is_too_many_rows());
        let error = select(Note).find(3).one(tx).await.unwrap_err();
        assert!(error.is_not_found());
        let error = delete(Note).filter(None::<i64>.map(|id| Note.id.eq(id))).execute(tx).await.unwrap_err();
        assert_eq!(error.sqlstate(), None);
        Ok::<_, Error>(())
    });
    result.await.unwrap();
    assert_eq!(note_ids(&db).await, [1, 2]);
    assert_clean(&db).await;
}

const DEFERRED: &str = "
    create table replies (note_id bigint constraint replies_fkey references notes deferrable initially deferred);
    create function reply() returns trigger language plpgsql as $$
        begin insert into replies values (new.id + 1000); return new; end $$;
    create trigger reply after insert on notes for each row execute function reply();
";

#[tokio::test]
async fn a_constraint_that_fails_at_commit_fails_the_transaction() {
    let (_database, db) = pool_with(DEFERRED, |builder| builder.max_connections(1)).await;
    let before = pid(&db).await;
    let error = db.transaction(async |tx| add_note(tx, 1).await).await.unwrap_err();
    assert!(error.is_foreign_key_violation());
    assert_eq!(error.constraint(), Some("replies_fkey"));
    assert_eq!(error.table(), Some("replies"));
    assert_eq!(error.to_string(), "commit: foreign key \"replies_fkey\" is violated (SQLSTATE 23503)");
    assert!(note_ids(&db).await.is_empty());
    assert_eq!(pid(&db).await, before);
    assert_clean(&db).await;
}

#[tokio::test]
async fn a_serialization_failure_may_be_tried_again() {
    let (_database, db) = pool_with("", |builder| builder.max_connections(2)).await;
    add_note(&db, 1).await.unwrap();
    let other = db.clone();
    let error = db
        .transaction(async |tx| {
            tx.batch_execute("set transaction isolation level repeatable read").await?;
            select(Note).find(1).one(tx).await?;
            update(Note).set(Note.body, "theirs").find(1).execute(&other).await?;
            update(Note).set(Note.body, "ours").find(1).execute(tx).await
        })
        .await
        .unwrap_err();
    assert!(error.is_serialization_failure() && error.is_retryable());
    assert_eq!(
        error.to_string(),
        "update \"notes\": could not serialize access due to concurrent update (SQLSTATE 40001)"
    );
    assert_eq!(select(Note).find(1).one(&db).await.unwrap().body, "theirs");
    assert_clean(&db).await;
}

#[tokio::test]
async fn a_client_goes_on_after_its_transaction() {
    let (_database, db) = one_connection().await;
    let mut client = db.client().await.unwrap();
    for id in 1..4 {
        let result = client.transaction(async |tx| {
            add_note(tx, id).await?;
            if id == 2 { Err(Failure::Chosen) } else { Ok(()) }
        });
        assert_eq!(result.await.is_ok(), id != 2);
    }
    assert_eq!(note_ids(&client).await, [1, 3]);
    drop(client);
    assert_clean(&db).await;
}

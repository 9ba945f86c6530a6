//! Plans of statements, and whether they were run for them.

use crate::support::tables::{Note, add_note, assert_clean, note_ids, one_connection};
use mizzle::Error;
use mizzle::prelude::*;

#[tokio::test]
async fn a_statement_is_explained_with_its_parameters_and_not_run() {
    let (_database, db) = one_connection().await;
    let plan = select(Note).filter(Note.id.eq(7)).explain(&db).await.unwrap();
    assert!(plan.len() > 1 && plan[0].contains("on notes"), "{plan:?}");
    assert!(plan.iter().any(|line| line.contains("id = '7'::bigint")), "{plan:?}");
    let written = insert(Note).set(Note.id, 1).set(Note.body, "a note").explain(&db).await.unwrap();
    assert!(written[0].starts_with("Insert on notes"), "{written:?}");
    let returning = insert(Note).set(Note.id, 1).set(Note.body, "a note").returning(Note).explain(&db).await;
    assert!(returning.unwrap()[0].starts_with("Insert on notes"));
    let removed = delete(Note).filter(Some(1).map(|id| Note.id.eq(id))).explain(&db).await.unwrap();
    assert!(removed[0].starts_with("Delete on notes"), "{removed:?}");
    assert!(note_ids(&db).await.is_empty());
    assert_clean(&db).await;
}

#[tokio::test]
async fn analyzing_runs_it() {
    let (_database, db) = one_connection().await;
    let plan = insert(Note).set(Note.id, 1).set(Note.body, "a note").explain_analyze(&db).await.unwrap();
    assert!(plan[0].contains("actual time"), "{plan:?}");
    assert_eq!(note_ids(&db).await, [1]);
    let plan = db.transaction(async |tx| {
        let plan = delete(Note).find(1).explain_analyze(tx).await?;
        tx.rollback().await?;
        Ok::<_, Error>(plan)
    });
    assert!(plan.await.unwrap()[0].starts_with("Delete on notes"));
    assert_eq!(note_ids(&db).await, [1]);
    assert_clean(&db).await;
}

#[tokio::test]
async fn what_fails_says_what_was_sent() {
    let (_database, db) = one_connection().await;
    add_note(&db, 1).await.unwrap();
    let client = db.client().await.unwrap();
    let insert = insert(Note).set(Note.id, 1).set(Note.body, "a note").explain_analyze(&client).await;
    let error = insert.unwrap_err();
    assert!(error.is_unique_violation());
    assert_eq!(error.sql(), Some("explain analyze insert into \"notes\" (\"id\", \"body\") values ($1, $2)"));
    let error = delete(Note).filter(None::<i64>.map(|id| Note.id.eq(id))).explain(&client).await.unwrap_err();
    assert_eq!(error.sqlstate(), None);
    drop(client);
    assert_clean(&db).await;
}

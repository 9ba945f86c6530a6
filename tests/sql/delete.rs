//! `delete`.

use crate::TestResult;
use crate::check::check_command;
use crate::schema::{Membership, Task, Worker, database};
use mizzle::prelude::*;

#[tokio::test]
async fn rows_go_where_the_filters_say() -> TestResult {
    let (db, _database) = database().await?;
    let command = check_command(
        delete(Task).filter(Task.worker_id.eq(1)).filter(Task.note.is_null()),
        r#"delete from "tasks" where "tasks"."worker_id" = $1 and "tasks"."note" is null"#,
        &["1::int8"],
    );
    assert_eq!(command.execute(&db).await?, 1);
    assert_eq!(select(Task.id).from(Task).order_by(Task.id).all(&db).await?, [2, 3]);
    Ok(())
}

#[tokio::test]
async fn one_row_goes_by_its_key() -> TestResult {
    let (db, _database) = database().await?;
    let command = check_command(
        delete(Worker).find(3),
        r#"delete from "workers" where "workers"."id" = $1"#,
        &["3::int8"],
    );
    assert_eq!(command.execute(&db).await?, 1);
    assert_eq!(select(Worker).find(3).optional(&db).await?, None);
    Ok(())
}

#[tokio::test]
async fn all_rows_go_when_all_are_meant() -> TestResult {
    let (db, _database) = database().await?;
    let command = check_command(delete(Membership).all_rows(), r#"delete from "memberships""#, &[]);
    assert_eq!(command.execute(&db).await?, 3);
    assert!(!select(Membership).exists(&db).await?);
    Ok(())
}

#[tokio::test]
async fn absent_conditions_are_left_out_as_long_as_one_is_there() -> TestResult {
    let (db, _database) = database().await?;
    let title: Option<&str> = None;
    let command = check_command(
        delete(Task).filter(title.map(|title| Task.title.eq(title))).filter(Some(Task.id.gt(2))),
        r#"delete from "tasks" where "tasks"."id" > $1"#,
        &["2::int8"],
    );
    assert_eq!(command.execute(&db).await?, 1);
    Ok(())
}

#[tokio::test]
async fn nothing_but_absent_conditions_is_an_error_and_deletes_nothing() -> TestResult {
    let (db, _database) = database().await?;
    let title: Option<&str> = None;
    let id: Option<i64> = None;
    let command =
        delete(Task).filter(title.map(|title| Task.title.eq(title))).filter(id.map(|id| Task.id.eq(id)));
    let error = command.execute(&db).await.unwrap_err();
    assert_eq!(error.sqlstate(), None, "{error}");
    assert_eq!(select(Task).count(&db).await?, 3);
    Ok(())
}

#[tokio::test]
async fn a_row_that_others_need_stays() -> TestResult {
    let (db, _database) = database().await?;
    let error = delete(Worker).find(1).execute(&db).await.unwrap_err();
    assert!(error.is_foreign_key_violation());
    assert_eq!(error.constraint(), Some("workers_boss_id_fkey"));
    assert_eq!(select(Worker).count(&db).await?, 3);
    Ok(())
}

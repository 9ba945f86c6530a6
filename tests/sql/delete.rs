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

#[tokio::test]
async fn conditions_that_empty_lists_make_true_of_every_row_are_an_error() -> TestResult {
    let (db, _database) = database().await?;
    let none: [i64; 0] = [];
    let title: Option<&str> = None;
    let no_words: Vec<String> = Vec::new();
    let refused = [
        delete(Task).filter(Task.id.not_in(none)).execute(&db).await,
        delete(Task).filter(Some(Task.id.not_in(&none))).execute(&db).await,
        delete(Task).filter(Task.id.in_(none).not()).execute(&db).await,
        delete(Task)
            .filter(Task.id.not_in(none))
            .filter(title.map(|title| Task.title.eq(title)))
            .execute(&db)
            .await,
        delete(Task).filter(Task.id.eq(1).or(Task.id.not_in(none))).execute(&db).await,
        delete(Task).filter(Task.id.not_in(none).and(Task.worker_id.not_in(none))).execute(&db).await,
        delete(Task)
            .filter(Task.id.in_(none).or(Task.id.eq(1).and(Task.id.in_(none))).not())
            .execute(&db)
            .await,
        delete(Task).filter(Task.labels.contains_all(&no_words)).execute(&db).await,
        delete(Task).filter(Task.labels.overlaps(&no_words).not()).execute(&db).await,
        update(Task).set(Task.title, "x").filter(Task.id.not_in(none)).execute(&db).await,
    ];
    for result in refused {
        let message = result.err().ok_or("accepted")?.to_string();
        assert!(
            message.contains("is empty, which leaves no row out; say `.all_rows()` if every row is meant"),
            "{message}"
        );
    }
    let error = delete(Task)
        .filter(Task.id.not_in(none))
        .returning(Task.id)
        .all(&db)
        .await
        .err()
        .ok_or("accepted")?;
    assert!(error.to_string().contains(r#"the list of `where "tasks"."id" <> all($1)` is empty"#), "{error}");
    assert_eq!(select(Task).count(&db).await?, 3);
    Ok(())
}

#[tokio::test]
async fn an_empty_list_beside_a_condition_is_what_it_says() -> TestResult {
    let (db, _database) = database().await?;
    let none: [i64; 0] = [];
    assert_eq!(delete(Task).filter(Task.id.in_(none)).execute(&db).await?, 0);
    assert_eq!(delete(Task).filter(Task.id.in_(none).or(Task.id.eq(1))).execute(&db).await?, 1);
    // The tasks of a worker but those that are listed: all of them, when none is.
    assert_eq!(delete(Task).filter(Task.worker_id.eq(1)).filter(Task.id.not_in(none)).execute(&db).await?, 1);
    assert_eq!(delete(Task).filter(Task.id.not_in([7])).execute(&db).await?, 1);
    assert_eq!(select(Task.id).from(Task).filter(Task.id.not_in(none)).all(&db).await?, [] as [i64; 0]);
    Ok(())
}

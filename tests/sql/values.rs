//! What may stand where a value is wanted: values, references to them, `&str` and `Cow` for text.

use crate::TestResult;
use crate::check::{check, check_command};
use crate::schema::{Status, Task, Worker, database};
use mizzle::prelude::*;
use std::borrow::Cow;

const BY_NAME: &str = r#"select "workers"."id" from "workers" where "workers"."name" = $1"#;

#[tokio::test]
async fn text_is_any_kind_of_string() -> TestResult {
    let (db, _database) = database().await?;
    let owned = "Bob".to_owned();
    let borrowed: &str = &owned;
    let from = || select(Worker.id).from(Worker);
    let params = ["'Bob'::text"];
    let found = [
        check(from().filter(Worker.name.eq(owned.clone())), BY_NAME, &params).one(&db).await?,
        check(from().filter(Worker.name.eq(&owned)), BY_NAME, &params).one(&db).await?,
        check(from().filter(Worker.name.eq(borrowed)), BY_NAME, &params).one(&db).await?,
        check(from().filter(Worker.name.eq(Cow::Borrowed(borrowed))), BY_NAME, &params).one(&db).await?,
        check(from().filter(Worker.name.eq(Cow::<str>::Owned(owned.clone()))), BY_NAME, &params)
            .one(&db)
            .await?,
    ];
    assert_eq!(found, [2; 5]);
    Ok(())
}

#[tokio::test]
async fn a_value_may_be_borrowed_for_less_than_the_query_runs() -> TestResult {
    let (db, _database) = database().await?;
    let running = {
        let name = String::from("Cyd");
        select(Worker.id).from(Worker).filter(Worker.name.eq(&name)).one(&db)
    };
    assert_eq!(running.await?, 3);
    Ok(())
}

#[tokio::test]
async fn enums_are_sent_as_text_with_a_cast() -> TestResult {
    let (db, _database) = database().await?;
    const TEXT: &str = r#"select "workers"."id" from "workers" where "workers"."status" = $1::"status""#;
    let status = Status::OnLeave;
    let by_value = select(Worker.id).from(Worker).filter(Worker.status.eq(status));
    let reference = &status;
    let by_reference = select(Worker.id).from(Worker).filter(Worker.status.eq(reference));
    assert_eq!(check(by_value, TEXT, &["'on_leave'::text"]).all(&db).await?, [2]);
    assert_eq!(check(by_reference, TEXT, &["'on_leave'::text"]).all(&db).await?, [2]);
    Ok(())
}

#[tokio::test]
async fn hostile_text_stays_a_value() -> TestResult {
    let (db, _database) = database().await?;
    let hostile = "'; drop table workers; -- \\ \" $1 \u{1F600}\n";
    let command = check_command(
        update(Worker).set(Worker.name, hostile).filter(Worker.name.ne(hostile)),
        r#"update "workers" set "name" = $1 where "workers"."name" <> $2"#,
        &[
            "''; drop table workers; -- \\ \" $1 \u{1F600}\n'::text",
            "''; drop table workers; -- \\ \" $1 \u{1F600}\n'::text",
        ],
    );
    assert_eq!(command.execute(&db).await?, 3);
    assert_eq!(select(Worker.name).from(Worker).all(&db).await?, [hostile; 3]);
    Ok(())
}

#[tokio::test]
async fn arrays_are_vectors_slices_and_arrays() -> TestResult {
    let (db, _database) = database().await?;
    const TEXT: &str = r#"update "tasks" set "labels" = $1 where "tasks"."id" = $2"#;
    let params = ["{'a','b'}::_text", "3::int8"];
    let owned = vec!["a".to_owned(), "b".to_owned()];
    let slice: &[&str] = &["a", "b"];
    check_command(update(Task).set(Task.labels, owned.clone()).find(3), TEXT, &params).execute(&db).await?;
    check_command(update(Task).set(Task.labels, &owned).find(3), TEXT, &params).execute(&db).await?;
    check_command(update(Task).set(Task.labels, owned.as_slice()).find(3), TEXT, &params)
        .execute(&db)
        .await?;
    check_command(update(Task).set(Task.labels, slice).find(3), TEXT, &params).execute(&db).await?;
    check_command(update(Task).set(Task.labels, ["a", "b"]).find(3), TEXT, &params).execute(&db).await?;
    check_command(update(Task).set(Task.labels, vec!["a", "b"]).find(3), TEXT, &params).execute(&db).await?;
    assert_eq!(select(Task.labels).from(Task).filter(Task.id.eq(3)).one(&db).await?, owned);
    Ok(())
}

#[tokio::test]
async fn a_condition_of_copied_values_is_copied() -> TestResult {
    let (db, _database) = database().await?;
    let condition = Worker.score.gt(90);
    let twice = condition.and(condition);
    assert_eq!(select(Worker.id).from(Worker).filter(condition).order_by(Worker.id).all(&db).await?, [1, 3]);
    assert_eq!(select(Worker.id).from(Worker).filter(twice).order_by(Worker.id).all(&db).await?, [1, 3]);
    Ok(())
}

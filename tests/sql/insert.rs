//! `insert` of one row by `set`.

use crate::TestResult;
use crate::check::check_command;
use crate::schema::{Membership, Status, Task, Worker, database};
use mizzle::prelude::*;

#[tokio::test]
async fn columns_left_out_take_their_defaults() -> TestResult {
    let (db, _database) = database().await?;
    let command = check_command(
        insert(Worker).set(Worker.name, "Dan"),
        r#"insert into "workers" ("name") values ($1)"#,
        &["'Dan'::text"],
    );
    assert_eq!(command.execute(&db).await?, 1);
    let dan = select(Worker).filter(Worker.name.eq("Dan")).one(&db).await?;
    let expected = Worker {
        id: 4,
        email: None,
        name: "Dan".to_owned(),
        score: 100,
        status: Status::Active,
        boss_id: None,
    };
    assert_eq!(dan, expected);
    Ok(())
}

#[tokio::test]
async fn every_column_may_be_set_in_any_order() -> TestResult {
    let (db, _database) = database().await?;
    let command = check_command(
        insert(Worker)
            .set(Worker.boss_id, 1)
            .set(Worker.status, Status::Gone)
            .set(Worker.score, -5)
            .set(Worker.name, String::from("Eve"))
            .set(Worker.email, "eve@example.com")
            .set(Worker.id, 77),
        r#"insert into "workers" ("boss_id", "status", "score", "name", "email", "id") values ($1, $2::"status", $3, $4, $5, $6)"#,
        &["1::int8", "'gone'::text", "-5::int4", "'Eve'::text", "'eve@example.com'::text", "77::int8"],
    );
    command.execute(&db).await?;
    let expected = Worker {
        id: 77,
        email: Some("eve@example.com".to_owned()),
        name: "Eve".to_owned(),
        score: -5,
        status: Status::Gone,
        boss_id: Some(1),
    };
    assert_eq!(select(Worker).find(77).one(&db).await?, expected);
    Ok(())
}

#[tokio::test]
async fn none_writes_null_over_a_default() -> TestResult {
    let (db, _database) = database().await?;
    let of = |team: &'static str| {
        select(Membership.since)
            .from(Membership)
            .filter(Membership.worker_id.eq(3))
            .filter(Membership.team.eq(team))
    };
    insert(Membership).set(Membership.worker_id, 3).set(Membership.team, "left out").execute(&db).await?;
    let command = check_command(
        insert(Membership)
            .set(Membership.worker_id, 3)
            .set(Membership.team, "none")
            .set(Membership.since, None::<i32>),
        r#"insert into "memberships" ("worker_id", "team", "since") values ($1, $2, $3)"#,
        &["3::int8", "'none'::text", "null::int4"],
    );
    command.execute(&db).await?;
    assert_eq!(of("left out").one(&db).await?, Some(2000));
    assert_eq!(of("none").one(&db).await?, None);
    Ok(())
}

#[tokio::test]
async fn a_nullable_column_takes_options_of_values_and_references() -> TestResult {
    let (db, _database) = database().await?;
    const TEXT: &str = r#"insert into "workers" ("name", "email") values ($1, $2)"#;
    let name = "Fay".to_owned();
    let email: Option<String> = Some("fay@example.com".to_owned());
    let absent: Option<String> = None;
    let by_reference = insert(Worker).set(Worker.name, &name).set(Worker.email, &email);
    check_command(by_reference, TEXT, &["'Fay'::text", "'fay@example.com'::text"]).execute(&db).await?;
    let by_null = insert(Worker).set(Worker.name, &name).set(Worker.email, &absent);
    check_command(by_null, TEXT, &["'Fay'::text", "null::text"]).execute(&db).await?;
    let of_str = insert(Worker).set(Worker.name, &name).set(Worker.email, Some("f2"));
    check_command(of_str, TEXT, &["'Fay'::text", "'f2'::text"]).execute(&db).await?;
    let of_reference = insert(Worker).set(Worker.name, &name).set(Worker.email, absent.as_ref());
    check_command(of_reference, TEXT, &["'Fay'::text", "null::text"]).execute(&db).await?;
    let of_deref = insert(Worker).set(Worker.name, &name).set(Worker.email, absent.as_deref());
    check_command(of_deref, TEXT, &["'Fay'::text", "null::text"]).execute(&db).await?;
    let emails =
        select(Worker.email).from(Worker).filter(Worker.name.eq("Fay")).order_by(Worker.id).all(&db).await?;
    assert_eq!(emails, [email, None, Some("f2".to_owned()), None, None]);
    Ok(())
}

#[tokio::test]
async fn an_array_column_is_one_parameter() -> TestResult {
    let (db, _database) = database().await?;
    let command = check_command(
        insert(Task)
            .set(Task.worker_id, 3)
            .set(Task.title, "T")
            .set(Task.hours, 0.25)
            .set(Task.labels, ["a", ""]),
        r#"insert into "tasks" ("worker_id", "title", "hours", "labels") values ($1, $2, $3, $4)"#,
        &["3::int8", "'T'::text", "0.25::float8", "{'a',''}::_text"],
    );
    command.execute(&db).await?;
    let task = select(Task).filter(Task.title.eq("T")).one(&db).await?;
    assert_eq!((task.hours, task.labels), (0.25, vec!["a".to_owned(), String::new()]));
    Ok(())
}

#[tokio::test]
async fn a_refused_row_is_a_typed_error_and_changes_nothing() -> TestResult {
    let (db, _database) = database().await?;
    let error =
        insert(Worker).set(Worker.name, "Ada 2").set(Worker.email, "ada@example.com").execute(&db).await;
    let error = error.unwrap_err();
    assert!(error.is_unique_violation());
    assert_eq!(error.constraint(), Some("workers_email_key"));
    let error = insert(Task).set(Task.worker_id, 9).set(Task.title, "x").execute(&db).await.unwrap_err();
    assert!(error.is_foreign_key_violation());
    assert_eq!(error.constraint(), Some("tasks_worker_id_fkey"));
    assert_eq!((select(Worker).count(&db).await?, select(Task).count(&db).await?), (3, 3));
    Ok(())
}

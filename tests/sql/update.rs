//! `update`.

use crate::TestResult;
use crate::check::{check, check_command};
use crate::schema::{Membership, Note, Status, Task, Worker, database};
use mizzle::prelude::*;

#[tokio::test]
async fn values_are_set_where_the_filter_says() -> TestResult {
    let (db, _database) = database().await?;
    let command = check_command(
        update(Worker)
            .set(Worker.name, "B")
            .set(Worker.status, Status::Gone)
            .filter(Worker.name.eq("Bob"))
            .filter(Worker.score.lt(100)),
        r#"update "workers" set "name" = $1, "status" = $2::"status" where "workers"."name" = $3 and "workers"."score" < $4"#,
        &["'B'::text", "'gone'::text", "'Bob'::text", "100::int4"],
    );
    assert_eq!(command.execute(&db).await?, 1);
    let rows = select((Worker.name, Worker.status)).from(Worker).order_by(Worker.id).all(&db).await?;
    let row = |name: &str, status| (name.to_owned(), status);
    assert_eq!(rows, [row("Ada", Status::Active), row("B", Status::Gone), row("Cyd", Status::Active)]);
    Ok(())
}

#[tokio::test]
async fn expressions_of_the_rows_own_columns_are_set() -> TestResult {
    let (db, _database) = database().await?;
    let command = check_command(
        update(Worker)
            .set(Worker.score, (Worker.score + 1) * 2)
            .set(Worker.boss_id, Worker.id)
            .filter(Worker.id.gt(1)),
        r#"update "workers" set "score" = ("workers"."score" + $1) * $2, "boss_id" = "workers"."id" where "workers"."id" > $3"#,
        &["1::int4", "2::int4", "1::int8"],
    );
    assert_eq!(command.execute(&db).await?, 2);
    let rows = select((Worker.score, Worker.boss_id)).from(Worker).order_by(Worker.id).all(&db).await?;
    assert_eq!(rows, [(120, None), (162, Some(2)), (202, Some(3))]);
    Ok(())
}

#[tokio::test]
async fn none_is_set_as_null() -> TestResult {
    let (db, _database) = database().await?;
    let note: Option<&str> = None;
    let command = check_command(
        update(Task).set(Task.note, note).find(2),
        r#"update "tasks" set "note" = $1 where "tasks"."id" = $2"#,
        &["null::text", "2::int8"],
    );
    assert_eq!(command.execute(&db).await?, 1);
    assert_eq!(select(Task).filter(Task.note.is_null()).count(&db).await?, 3);
    let some = Some("again".to_owned());
    update(Task).set(Task.note, &some).find(2).execute(&db).await?;
    assert_eq!(select(Task.note).from(Task).filter(Task.id.eq(2)).one(&db).await?, some);
    Ok(())
}

#[tokio::test]
async fn a_nullable_column_takes_a_nullable_expression() -> TestResult {
    let (db, _database) = database().await?;
    let command = check_command(
        update(Membership).set(Membership.since, Membership.since + 1).all_rows(),
        r#"update "memberships" set "since" = "memberships"."since" + $1"#,
        &["1::int4"],
    );
    assert_eq!(command.execute(&db).await?, 3);
    let since =
        select(Membership.since).from(Membership).order_by(Membership.worker_id).order_by(Membership.team);
    assert_eq!(since.all(&db).await?, [Some(2021), None, Some(2022)]);
    Ok(())
}

#[tokio::test]
async fn set_and_filter_come_in_any_order() -> TestResult {
    let (db, _database) = database().await?;
    let command = check_command(
        update(Worker).filter(Worker.id.eq(1)).set(Worker.score, 1).find(1).set(Worker.name, "A"),
        r#"update "workers" set "score" = $1, "name" = $2 where "workers"."id" = $3 and "workers"."id" = $4"#,
        &["1::int4", "'A'::text", "1::int8", "1::int8"],
    );
    assert_eq!(command.execute(&db).await?, 1);
    let command = check_command(
        update(Worker).all_rows().set(Worker.score, 1),
        r#"update "workers" set "score" = $1"#,
        &["1::int4"],
    );
    assert_eq!(command.execute(&db).await?, 3);
    Ok(())
}

#[tokio::test]
async fn on_update_columns_are_written_unless_set() -> TestResult {
    let (db, _database) = database().await?;
    let command = check_command(
        update(Note).set(Note.body, "changed").find(1),
        r#"update "notes" set "body" = $1, "mark" = -1, "state" = E'it''s \\changed', "status" = 'gone', "changed" = 1 + 1 = 2 or false where "notes"."id" = $2"#,
        &["'changed'::text", "1::int4"],
    );
    assert_eq!(command.execute(&db).await?, 1);
    let expected = Note {
        id: 1,
        body: "changed".to_owned(),
        mark: -1,
        state: "it's \\changed".to_owned(),
        status: Status::Gone,
        changed: Some(true),
    };
    assert_eq!(select(Note).find(1).one(&db).await?, expected);

    let command = check_command(
        update(Note)
            .set(Note.status, Status::OnLeave)
            .set(Note.mark, Note.mark + 5)
            .set(Note.changed, None::<bool>)
            .find(1),
        r#"update "notes" set "status" = $1::"status", "mark" = "notes"."mark" + $2, "changed" = $3, "state" = E'it''s \\changed' where "notes"."id" = $4"#,
        &["'on_leave'::text", "5::int4", "null::bool", "1::int4"],
    );
    command.execute(&db).await?;
    assert_eq!(
        select(Note).find(1).one(&db).await?,
        Note { mark: 4, status: Status::OnLeave, changed: None, ..expected }
    );
    Ok(())
}

#[tokio::test]
async fn an_insert_writes_no_on_update_columns() -> TestResult {
    let (db, _database) = database().await?;
    let command = check_command(
        insert(Note).set(Note.id, 3).set(Note.body, "three"),
        r#"insert into "notes" ("id", "body") values ($1, $2)"#,
        &["3::int4", "'three'::text"],
    );
    command.execute(&db).await?;
    let note = select(Note).find(3).one(&db).await?;
    assert_eq!((note.mark, note.state.as_str(), note.status, note.changed), (0, "new", Status::Active, None));
    Ok(())
}

#[tokio::test]
async fn absent_conditions_are_left_out_as_long_as_one_is_there() -> TestResult {
    let (db, _database) = database().await?;
    let command = |id: Option<i64>, name: Option<&'static str>| {
        update(Worker)
            .set(Worker.score, 7)
            .filter(id.map(|id| Worker.id.eq(id)))
            .filter(name.map(|name| Worker.name.eq(name)))
    };
    let first = check_command(
        command(Some(1), None),
        r#"update "workers" set "score" = $1 where "workers"."id" = $2"#,
        &["7::int4", "1::int8"],
    );
    assert_eq!(first.execute(&db).await?, 1);
    let second = check_command(
        command(None, Some("Bob")),
        r#"update "workers" set "score" = $1 where "workers"."name" = $2"#,
        &["7::int4", "'Bob'::text"],
    );
    assert_eq!(second.execute(&db).await?, 1);
    let both = check_command(
        command(Some(1), Some("Bob")),
        r#"update "workers" set "score" = $1 where "workers"."id" = $2 and "workers"."name" = $3"#,
        &["7::int4", "1::int8", "'Bob'::text"],
    );
    assert_eq!(both.execute(&db).await?, 0);
    Ok(())
}

#[tokio::test]
async fn nothing_but_absent_conditions_is_an_error_and_changes_nothing() -> TestResult {
    let (db, _database) = database().await?;
    let id: Option<i64> = None;
    let error = update(Worker).set(Worker.score, 0).filter(id.map(|id| Worker.id.eq(id))).execute(&db).await;
    let error = error.unwrap_err();
    assert_eq!(error.sqlstate(), None, "{error}");
    let reasons = std::iter::successors(Some(&error as &dyn std::error::Error), |error| error.source());
    let reasons: Vec<String> = reasons.map(|error| error.to_string()).collect();
    assert!(reasons.concat().contains("every condition of the statement is absent"), "{reasons:?}");
    assert_eq!(select(Worker.score).from(Worker).order_by(Worker.id).all(&db).await?, [120, 80, 100]);
    Ok(())
}

#[tokio::test]
async fn null_is_of_any_type() -> TestResult {
    let (db, _database) = database().await?;
    let command = check_command(
        update(Worker).set(Worker.email, null()).set(Worker.boss_id, null()).find(1),
        r#"update "workers" set "email" = null, "boss_id" = null where "workers"."id" = $1"#,
        &["1::int8"],
    );
    assert_eq!(command.execute(&db).await?, 1);
    let query = check(
        insert(Worker).set(Worker.name, "Dan").set(Worker.email, null()).returning(Worker.email),
        r#"insert into "workers" ("name", "email") values ($1, null) returning "workers"."email""#,
        &["'Dan'::text"],
    );
    assert_eq!(query.one(&db).await?, None);
    Ok(())
}

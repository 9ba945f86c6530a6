//! `update` by a patch: which columns are set is known at run time only.

use crate::TestResult;
use crate::check::{check, check_command};
use crate::schema::{Note, Status, Task, Worker, ada, database};
use mizzle::prelude::*;
use mizzle::query::encode;

#[derive(Patch, Default)]
#[orm(table = Worker)]
struct WorkerPatch<'a> {
    name: Option<&'a str>,
    email: Option<Option<String>>,
    #[orm(column = status)]
    state: Option<Status>,
    boss_id: Option<Option<i64>>,
}

#[tokio::test]
async fn only_fields_that_are_there_are_set() -> TestResult {
    let (db, _database) = database().await?;
    let patch = WorkerPatch { email: Some(None), state: Some(Status::Gone), ..WorkerPatch::default() };
    let query = check(
        update(Worker).patch(&patch).find(1).returning(Worker),
        r#"update "workers" set "email" = $1, "status" = $2::"status" where "workers"."id" = $3 returning "workers"."id", "workers"."email", "workers"."name", "workers"."score", "workers"."status", "workers"."boss_id""#,
        &["null::text", "'gone'::text", "1::int8"],
    );
    assert_eq!(query.one(&db).await?, Worker { email: None, status: Status::Gone, ..ada() });
    let patch = WorkerPatch {
        name: Some("A"),
        email: Some(Some("a@example.com".to_owned())),
        state: None,
        boss_id: Some(Some(3)),
    };
    let command = check_command(
        update(Worker).patch(&patch).find(1),
        r#"update "workers" set "name" = $1, "email" = $2, "boss_id" = $3 where "workers"."id" = $4"#,
        &["'A'::text", "'a@example.com'::text", "3::int8", "1::int8"],
    );
    assert_eq!(command.execute(&db).await?, 1);
    Ok(())
}

#[tokio::test]
async fn other_columns_may_be_set_besides() -> TestResult {
    let (db, _database) = database().await?;
    let name = |name: Option<&'static str>| WorkerPatch { name, ..WorkerPatch::default() };
    let (some, none) = (name(Some("B")), name(None));
    let command = check_command(
        update(Worker).set(Worker.score, 1).patch(&some).filter(Worker.name.eq("Bob")),
        r#"update "workers" set "score" = $1, "name" = $2 where "workers"."name" = $3"#,
        &["1::int4", "'B'::text", "'Bob'::text"],
    );
    assert_eq!(command.execute(&db).await?, 1);
    let command = check_command(
        update(Worker).patch(&none).set(Worker.score, Worker.score + 1).all_rows(),
        r#"update "workers" set "score" = "workers"."score" + $1"#,
        &["1::int4"],
    );
    assert_eq!(command.execute(&db).await?, 3);
    Ok(())
}

#[tokio::test]
async fn conditions_may_be_absent_besides() -> TestResult {
    let (db, _database) = database().await?;
    let patch = WorkerPatch { state: Some(Status::Gone), ..WorkerPatch::default() };
    let command = |id: Option<i64>, name: Option<&'static str>| {
        update(Worker)
            .patch(&patch)
            .filter(id.map(|id| Worker.id.eq(id)))
            .filter(name.map(|name| Worker.name.eq(name)))
    };
    let command = check_command(
        command(None, Some("Bob")),
        r#"update "workers" set "status" = $1::"status" where "workers"."name" = $2"#,
        &["'gone'::text", "'Bob'::text"],
    );
    assert_eq!(command.execute(&db).await?, 1);
    let error = encode(&update(Worker).patch(&patch).filter(None::<i64>.map(|id| Worker.id.eq(id))));
    assert!(error.unwrap_err().to_string().contains("every condition of the statement is absent"));
    Ok(())
}

#[tokio::test]
async fn nothing_to_set_is_an_error_and_changes_nothing() -> TestResult {
    let (db, _database) = database().await?;
    let patch = WorkerPatch::default();
    assert!(patch.is_empty());
    let error = encode(&update(Worker).patch(&patch).find(1)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the update sets no column: every field of the patch is `None`; ask `patch.is_empty()` first"
    );
    let error = update(Worker).patch(&patch).all_rows().execute(&db).await.unwrap_err();
    assert_eq!(error.sqlstate(), None, "{error}");
    assert_eq!(select(Worker).find(1).one(&db).await?, ada());
    Ok(())
}

#[derive(Patch, Default)]
#[orm(table = Note)]
struct NotePatch {
    body: Option<String>,
    mark: Option<i32>,
    changed: Option<Option<bool>>,
}

#[tokio::test]
async fn on_update_columns_are_written_unless_the_patch_sets_them() -> TestResult {
    let (db, _database) = database().await?;
    let patch = NotePatch { body: Some("new".to_owned()), changed: Some(None), mark: None };
    let command = check_command(
        update(Note).patch(&patch).find(1),
        r#"update "notes" set "body" = $1, "mark" = -1, "changed" = $2, "state" = E'it''s \\changed', "status" = 'gone' where "notes"."id" = $3"#,
        &["'new'::text", "null::bool", "1::int4"],
    );
    assert_eq!(command.execute(&db).await?, 1);
    let note = select(Note).find(1).one(&db).await?;
    assert_eq!((note.body.as_str(), note.mark, note.status, note.changed), ("new", -1, Status::Gone, None));
    // That the database would write something by itself is no reason to send what says nothing.
    assert!(encode(&update(Note).patch(&NotePatch::default()).find(1)).is_err());
    Ok(())
}

#[derive(Patch)]
#[orm(table = Task)]
struct TaskPatch<'a> {
    labels: Option<&'a [&'a str]>,
    note: Option<&'a str>,
}

#[tokio::test]
async fn arrays_and_borrowed_values_are_set() -> TestResult {
    let (db, _database) = database().await?;
    let patch = TaskPatch { labels: Some(&["a", "b"]), note: Some("n") };
    let command = check_command(
        update(Task).patch(&patch).find(1),
        r#"update "tasks" set "labels" = $1, "note" = $2 where "tasks"."id" = $3"#,
        &["{'a','b'}::_text", "'n'::text", "1::int8"],
    );
    assert_eq!(command.execute(&db).await?, 1);
    let task = select(Task).find(1).one(&db).await?;
    assert_eq!((task.labels, task.note), (vec!["a".to_owned(), "b".to_owned()], Some("n".to_owned())));
    Ok(())
}

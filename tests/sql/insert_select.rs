//! `insert` of what a query selects, and of defaults alone.

use crate::TestResult;
use crate::check::{check, check_command};
use crate::schema::{Membership, Task, Worker, database};
use mizzle::prelude::*;
use orm_testing::TestDb;

#[tokio::test]
async fn a_querys_rows_are_inserted() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        insert(Task)
            .columns((Task.title, Task.worker_id, Task.note))
            .select(
                select((Worker.name, Worker.id, Worker.email))
                    .from(Worker)
                    .filter(Worker.score.gte(100))
                    .order_by(Worker.id.desc())
                    .limit(5),
            )
            .returning((Task.title, Task.note, Task.hours)),
        r#"insert into "tasks" ("title", "worker_id", "note") select "workers"."name", "workers"."id", "workers"."email" from "workers" where "workers"."score" >= $1 order by "workers"."id" desc limit $2 returning "tasks"."title", "tasks"."note", "tasks"."hours""#,
        &["100::int4", "5::int8"],
    );
    let expected = [("Cyd", "cyd@example.com"), ("Ada", "ada@example.com")]
        .map(|(name, email)| (name.to_owned(), Some(email.to_owned()), 1.5));
    assert_eq!(query.all(&db).await?, expected);
    Ok(())
}

#[tokio::test]
async fn one_column_needs_no_tuple() -> TestResult {
    let (db, _database) = database().await?;
    let command = check_command(
        insert(Worker).columns(Worker.name).select(select(Task.title).from(Task).filter(Task.id.eq(1))),
        r#"insert into "workers" ("name") select "tasks"."title" from "tasks" where "tasks"."id" = $1"#,
        &["1::int8"],
    );
    assert_eq!(command.execute(&db).await?, 1);
    // What is never NULL fits a column that may be.
    let command = check_command(
        insert(Worker)
            .columns((Worker.name, Worker.email))
            .select(select((Task.title, Task.title)).from(Task).filter(Task.id.eq(2))),
        r#"insert into "workers" ("name", "email") select "tasks"."title", "tasks"."title" from "tasks" where "tasks"."id" = $1"#,
        &["2::int8"],
    );
    assert_eq!(command.execute(&db).await?, 1);
    let names = select(Worker.name).from(Worker).filter(Worker.id.gt(3)).order_by(Worker.id);
    assert_eq!(names.all(&db).await?, ["Label", "Check"]);
    Ok(())
}

#[tokio::test]
async fn rows_that_are_there_are_overwritten() -> TestResult {
    let (db, _database) = database().await?;
    let command = check_command(
        insert(Membership)
            .columns((Membership.worker_id, Membership.team, Membership.since))
            .select(
                select((Worker.id, Task.title, Worker.score))
                    .from(Worker)
                    .join(Task, Task.worker_id.eq(Worker.id)),
            )
            .on_conflict((Membership.worker_id, Membership.team))
            .do_update(Membership.since)
            .filter(Membership.since.is_null()),
        r#"insert into "memberships" ("worker_id", "team", "since") select "workers"."id", "tasks"."title", "workers"."score" from "workers" join "tasks" on "tasks"."worker_id" = "workers"."id" on conflict ("worker_id", "team") do update set "since" = "excluded"."since" where "memberships"."since" is null"#,
        &[],
    );
    assert_eq!(command.execute(&db).await?, 3);
    Ok(())
}

#[tokio::test]
async fn conditions_of_the_query_may_be_absent() -> TestResult {
    let (db, _database) = database().await?;
    let command = |id: Option<i64>| {
        insert(Worker)
            .columns(Worker.name)
            .select(select(Task.title).from(Task).filter(id.map(|id| Task.id.eq(id))))
    };
    const TEXT: &str = r#"insert into "workers" ("name") select "tasks"."title" from "tasks""#;
    assert_eq!(check_command(command(None), TEXT, &[]).execute(&db).await?, 3);
    let text = format!(r#"{TEXT} where "tasks"."id" = $1"#);
    assert_eq!(check_command(command(Some(1)), &text, &["1::int8"]).execute(&db).await?, 1);
    Ok(())
}

#[derive(Table, Debug, PartialEq)]
#[orm(table = "batches")]
struct Batch {
    #[orm(primary_key, identity)]
    id: i64,
    #[orm(default = 7)]
    size: i32,
    note: Option<String>,
}

#[tokio::test]
async fn a_row_may_be_of_defaults_alone() -> TestResult {
    let database = TestDb::with_schema(&schema![Batch].create_sql()).await?;
    let db = Db::connect(database.url()).await?;
    let query = check(
        insert(Batch).default_values().returning(Batch),
        r#"insert into "batches" default values returning "batches"."id", "batches"."size", "batches"."note""#,
        &[],
    );
    assert_eq!(query.one(&db).await?, Batch { id: 1, size: 7, note: None });
    let command = check_command(
        insert(Batch).default_values().on_conflict_any().do_nothing(),
        r#"insert into "batches" default values on conflict do nothing"#,
        &[],
    );
    assert_eq!(command.execute(&db).await?, 1);
    Ok(())
}

//! `from`, `join`, `left_join` and aliases.

use crate::TestResult;
use crate::check::check;
use crate::schema::{Boss, Membership, Other, Task, Worker, ada, bob, cyd, database, ship};
use mizzle::prelude::*;

#[tokio::test]
async fn a_join_keeps_rows_that_meet() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select((Worker.name, Task.title))
            .from(Worker)
            .join(Task, Task.worker_id.eq(Worker.id))
            .order_by(Task.id),
        r#"select "workers"."name", "tasks"."title" from "workers" join "tasks" on "tasks"."worker_id" = "workers"."id" order by "tasks"."id""#,
        &[],
    );
    let pair = |name: &str, title: &str| (name.to_owned(), title.to_owned());
    assert_eq!(query.all(&db).await?, [pair("Ada", "Label"), pair("Ada", "Check"), pair("Bob", "Ship")]);
    Ok(())
}

#[tokio::test]
async fn a_left_joined_column_is_an_option() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select((Worker.id, Task.title))
            .from(Worker)
            .left_join(Task, Task.worker_id.eq(Worker.id))
            .filter(Worker.id.gte(2))
            .order_by(Worker.id),
        r#"select "workers"."id", "tasks"."title" from "workers" left join "tasks" on "tasks"."worker_id" = "workers"."id" where "workers"."id" >= $1 order by "workers"."id""#,
        &["2::int8"],
    );
    assert_eq!(query.all(&db).await?, [(2, Some("Ship".to_owned())), (3, None)]);
    Ok(())
}

#[tokio::test]
async fn a_left_joined_nullable_column_is_one_option() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select((Worker.id, Task.note))
            .from(Worker)
            .left_join(Task, Task.worker_id.eq(Worker.id))
            .order_by(Worker.id)
            .order_by(Task.id),
        r#"select "workers"."id", "tasks"."note" from "workers" left join "tasks" on "tasks"."worker_id" = "workers"."id" order by "workers"."id", "tasks"."id""#,
        &[],
    );
    let rows: Vec<(i64, Option<String>)> = query.all(&db).await?;
    assert_eq!(rows, [(1, None), (1, Some("twice".to_owned())), (2, None), (3, None)]);
    Ok(())
}

#[tokio::test]
async fn a_left_joined_table_is_an_option() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select((Worker, Task))
            .from(Worker)
            .left_join(Task, Task.worker_id.eq(Worker.id))
            .filter(Worker.id.ne(1))
            .order_by(Worker.id),
        r#"select "workers"."id", "workers"."email", "workers"."name", "workers"."score", "workers"."status", "workers"."boss_id", "tasks"."id", "tasks"."worker_id", "tasks"."title", "tasks"."note", "tasks"."hours", "tasks"."labels" from "workers" left join "tasks" on "tasks"."worker_id" = "workers"."id" where "workers"."id" <> $1 order by "workers"."id""#,
        &["1::int8"],
    );
    assert_eq!(query.all(&db).await?, [(bob(), Some(ship())), (cyd(), None)]);
    Ok(())
}

#[tokio::test]
async fn a_whole_table_may_be_joined_to() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select(Worker).join(Task, Worker.id.eq(Task.worker_id)).filter(Task.title.eq("Ship")),
        r#"select "workers"."id", "workers"."email", "workers"."name", "workers"."score", "workers"."status", "workers"."boss_id" from "workers" join "tasks" on "workers"."id" = "tasks"."worker_id" where "tasks"."title" = $1"#,
        &["'Ship'::text"],
    );
    assert_eq!(query.all(&db).await?, [bob()]);
    Ok(())
}

#[tokio::test]
async fn an_alias_joins_a_table_to_itself() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select((Worker.name, Boss.name))
            .from(Worker)
            .left_join(Boss, Worker.boss_id.eq(Boss.id))
            .order_by(Worker.id),
        r#"select "workers"."name", "boss"."name" from "workers" left join "workers" as "boss" on "workers"."boss_id" = "boss"."id" order by "workers"."id""#,
        &[],
    );
    let boss = Some("Ada".to_owned());
    assert_eq!(
        query.all(&db).await?,
        [("Ada".to_owned(), None), ("Bob".to_owned(), boss.clone()), ("Cyd".to_owned(), boss)]
    );
    Ok(())
}

#[tokio::test]
async fn a_left_joined_alias_is_an_option_of_its_table() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select((Worker.id, Boss))
            .from(Worker)
            .left_join(Boss, Worker.boss_id.eq(Boss.id))
            .filter(Worker.id.lte(2))
            .order_by(Worker.id),
        r#"select "workers"."id", "boss"."id", "boss"."email", "boss"."name", "boss"."score", "boss"."status", "boss"."boss_id" from "workers" left join "workers" as "boss" on "workers"."boss_id" = "boss"."id" where "workers"."id" <= $1 order by "workers"."id""#,
        &["2::int8"],
    );
    assert_eq!(query.all(&db).await?, [(1, None), (2, Some(ada()))]);
    Ok(())
}

#[tokio::test]
async fn joins_chain_and_number_their_parameters_in_order() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select((Worker.name, Membership.team, Task.title, Other.id))
            .from(Worker)
            .join(Membership, Membership.worker_id.eq(Worker.id).and(Membership.team.eq("blue")))
            .left_join(Task, Task.worker_id.eq(Worker.id).and(Task.hours.gt(1.75)))
            .left_join(Other, Other.worker_id.eq(Worker.id).and(Other.id.ne(Task.id)))
            .filter(Worker.score.gt(50))
            .order_by(Worker.id),
        r#"select "workers"."name", "memberships"."team", "tasks"."title", "other"."id" from "workers" join "memberships" on "memberships"."worker_id" = "workers"."id" and "memberships"."team" = $1 left join "tasks" on "tasks"."worker_id" = "workers"."id" and "tasks"."hours" > $2 left join "tasks" as "other" on "other"."worker_id" = "workers"."id" and "other"."id" <> "tasks"."id" where "workers"."score" > $3 order by "workers"."id""#,
        &["'blue'::text", "1.75::float8", "50::int4"],
    );
    let rows = query.all(&db).await?;
    assert_eq!(
        rows,
        [
            ("Ada".to_owned(), "blue".to_owned(), Some("Check".to_owned()), Some(1)),
            ("Bob".to_owned(), "blue".to_owned(), None, None),
        ]
    );
    Ok(())
}

#[tokio::test]
async fn from_may_come_after_what_it_brings() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select((Boss.name, Task.title))
            .from(Boss)
            .join(Task, Task.worker_id.eq(Boss.id))
            .filter(Task.id.eq(2)),
        r#"select "boss"."name", "tasks"."title" from "workers" as "boss" join "tasks" on "tasks"."worker_id" = "boss"."id" where "tasks"."id" = $1"#,
        &["2::int8"],
    );
    assert_eq!(query.one(&db).await?, ("Ada".to_owned(), "Check".to_owned()));
    Ok(())
}

#[tokio::test]
async fn a_right_join_makes_the_tables_before_it_optional() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select((Task.title, Worker.name))
            .from(Task)
            .right_join(Worker, Task.worker_id.eq(Worker.id))
            .order_by(Worker.id)
            .order_by(Task.id),
        r#"select "tasks"."title", "workers"."name" from "tasks" right join "workers" on "tasks"."worker_id" = "workers"."id" order by "workers"."id", "tasks"."id""#,
        &[],
    );
    let rows: Vec<(Option<String>, String)> = query.all(&db).await?;
    assert_eq!(rows.len(), 4);
    assert_eq!(rows.last(), Some(&(None, "Cyd".to_owned())));
    Ok(())
}

#[tokio::test]
async fn a_full_join_makes_both_sides_optional() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select((Task.title, Worker.name))
            .from(Task)
            .full_join(Worker, Task.worker_id.eq(Worker.id))
            .filter(Task.id.is_null().or(Worker.id.is_null())),
        r#"select "tasks"."title", "workers"."name" from "tasks" full join "workers" on "tasks"."worker_id" = "workers"."id" where ("tasks"."id" is null or "workers"."id" is null)"#,
        &[],
    );
    let rows: Vec<(Option<String>, Option<String>)> = query.all(&db).await?;
    assert_eq!(rows, [(None, Some("Cyd".to_owned()))]);
    Ok(())
}

#[tokio::test]
async fn a_cross_join_pairs_each_row_with_each() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select((Worker.name, Boss.name)).from(Worker).cross_join(Boss),
        r#"select "workers"."name", "boss"."name" from "workers" cross join "workers" as "boss""#,
        &[],
    );
    let rows: Vec<(String, String)> = query.all(&db).await?;
    assert_eq!(rows.len(), 9);
    Ok(())
}

/// A struct stands for a view as for a table; `schema!` lists tables only.
#[derive(Table, Debug, PartialEq)]
#[orm(table = "busy")]
struct Busy {
    worker_id: i64,
    tasks: Option<i64>,
}

#[tokio::test]
async fn a_view_is_joined_like_a_table() -> TestResult {
    let (db, _database) = database().await?;
    db.batch_execute("create view busy as select worker_id, count(*) as tasks from tasks group by worker_id")
        .await?;
    let query = check(
        select((Worker.name, Busy))
            .from(Worker)
            .join(Busy, Busy.worker_id.eq(Worker.id))
            .filter(Busy.tasks.gt(1)),
        r#"select "workers"."name", "busy"."worker_id", "busy"."tasks" from "workers" join "busy" on "busy"."worker_id" = "workers"."id" where "busy"."tasks" > $1"#,
        &["1::int8"],
    );
    assert_eq!(query.all(&db).await?, [("Ada".to_owned(), Busy { worker_id: 1, tasks: Some(2) })]);
    Ok(())
}

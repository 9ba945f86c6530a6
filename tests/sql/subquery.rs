//! Subqueries: `exists`, `in_`, `scalar`, `outer`.

use crate::TestResult;
use crate::check::{check, check_command};
use crate::schema::{Boss, Task, Worker, ada, bob, cyd, database};
use mizzle::prelude::*;

#[tokio::test]
async fn exists_of_a_correlated_query() -> TestResult {
    let (db, _database) = database().await?;
    let tasks = || select(Task.id).from(Task).outer(Worker).filter(Task.worker_id.eq(Worker.id));
    let query = check(
        select(Worker).filter(exists(tasks().filter(Task.hours.gt(1.0)))),
        r#"select "workers"."id", "workers"."email", "workers"."name", "workers"."score", "workers"."status", "workers"."boss_id" from "workers" where exists (select "tasks"."id" from "tasks" where "tasks"."worker_id" = "workers"."id" and "tasks"."hours" > $1)"#,
        &["1::float8"],
    );
    assert_eq!(query.all(&db).await?, [ada()]);
    let query = check(
        select(Worker.name).from(Worker).filter(not_exists(tasks())),
        r#"select "workers"."name" from "workers" where not exists (select "tasks"."id" from "tasks" where "tasks"."worker_id" = "workers"."id")"#,
        &[],
    );
    assert_eq!(query.all(&db).await?, ["Cyd"]);
    Ok(())
}

#[tokio::test]
async fn in_a_query() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select(Worker).filter(Worker.id.in_(select(Task.worker_id).from(Task).filter(Task.title.eq("Ship")))),
        r#"select "workers"."id", "workers"."email", "workers"."name", "workers"."score", "workers"."status", "workers"."boss_id" from "workers" where "workers"."id" = any(select "tasks"."worker_id" from "tasks" where "tasks"."title" = $1)"#,
        &["'Ship'::text"],
    );
    assert_eq!(query.all(&db).await?, [bob()]);
    Ok(())
}

#[tokio::test]
async fn a_scalar_subquery_stands_for_a_value() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select((
            Worker.name,
            scalar(select(count()).from(Task).outer(Worker).filter(Task.worker_id.eq(Worker.id))),
        ))
        .from(Worker)
        .filter(Worker.score.lt(scalar(select(max(Boss.score)).from(Boss))))
        .order_by(Worker.id),
        r#"select "workers"."name", (select count(*) from "tasks" where "tasks"."worker_id" = "workers"."id") from "workers" where "workers"."score" < (select max("boss"."score") from "workers" as "boss") order by "workers"."id""#,
        &[],
    );
    let rows: Vec<(String, Option<i64>)> = query.all(&db).await?;
    assert_eq!(rows, [("Bob".to_owned(), Some(1)), ("Cyd".to_owned(), Some(0))]);
    Ok(())
}

#[tokio::test]
async fn update_and_delete_take_subqueries() -> TestResult {
    let (db, _database) = database().await?;
    let command = check_command(
        delete(Worker).filter(not_exists(
            select(Task.id).from(Task).outer(Worker).filter(Task.worker_id.eq(Worker.id)),
        )),
        r#"delete from "workers" where not exists (select "tasks"."id" from "tasks" where "tasks"."worker_id" = "workers"."id")"#,
        &[],
    );
    assert_eq!(command.execute(&db).await?, 1);
    assert!(!select(Worker).find(cyd().id).exists(&db).await?);
    Ok(())
}

#[tokio::test]
async fn a_count_is_a_column() -> TestResult {
    let (db, _database) = database().await?;
    let tasks = || count_rows(select(Task).outer(Worker).filter(Task.worker_id.eq(Worker.id)));
    let query = check(
        select((Worker.name, tasks())).from(Worker).filter(tasks().lt(2)).order_by(tasks().desc()),
        r#"select "workers"."name", (select count(*) from "tasks" where "tasks"."worker_id" = "workers"."id") from "workers" where (select count(*) from "tasks" where "tasks"."worker_id" = "workers"."id") < $1 order by (select count(*) from "tasks" where "tasks"."worker_id" = "workers"."id") desc"#,
        &["2::int8"],
    );
    let rows: Vec<(String, i64)> = query.all(&db).await?;
    assert_eq!(rows, [("Bob".to_owned(), 1), ("Cyd".to_owned(), 0)]);
    let query = check(
        select(count_rows(select(Task.worker_id).from(Task).distinct()) + 1).from(Worker).limit(1),
        r#"select (select count(*) from (select distinct "tasks"."worker_id" from "tasks") as counted) + $1 from "workers" limit $2"#,
        &["1::int8", "1::int8"],
    );
    assert_eq!(query.one(&db).await?, 3);
    Ok(())
}

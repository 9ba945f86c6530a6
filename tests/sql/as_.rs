//! `as_`: a query as a source of rows.

use crate::TestResult;
use crate::check::check;
use crate::schema::{Task, Worker, database};
use mizzle::prelude::*;

/// What a worker has to do.
#[derive(Table, Debug, PartialEq)]
#[orm(table = "totals", query)]
struct Total {
    worker_id: i64,
    tasks: i64,
    longest: Option<f64>,
}

#[derive(Table, Debug, PartialEq)]
#[orm(table = "latest", query)]
struct Latest {
    title: String,
    hours: f64,
}

#[tokio::test]
async fn a_query_is_joined_under_a_name() -> TestResult {
    let (db, _database) = database().await?;
    let totals = || {
        select((Task.worker_id, count(), max(Task.hours)))
            .from(Task)
            .filter(Task.hours.gt(0.1))
            .group_by(Task.worker_id)
            .as_(Total)
    };
    let query = check(
        select((Worker.name, Total.tasks))
            .from(Worker)
            .left_join(totals(), Total.worker_id.eq(Worker.id))
            .filter(Worker.id.gt(1))
            .order_by(Worker.id),
        r#"select "workers"."name", "totals"."tasks" from "workers" left join (select "tasks"."worker_id", count(*), max("tasks"."hours") from "tasks" where "tasks"."hours" > $1 group by "tasks"."worker_id") as "totals"("worker_id", "tasks", "longest") on "totals"."worker_id" = "workers"."id" where "workers"."id" > $2 order by "workers"."id""#,
        &["0.1::float8", "1::int8"],
    );
    let rows: Vec<(String, Option<i64>)> = query.all(&db).await?;
    assert_eq!(rows, [("Bob".to_owned(), Some(1)), ("Cyd".to_owned(), None)]);
    Ok(())
}

#[tokio::test]
async fn a_query_is_selected_from_as_structs() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select(Total)
            .from(
                select((Task.worker_id, count(), max(Task.hours)))
                    .from(Task)
                    .group_by(Task.worker_id)
                    .as_(Total),
            )
            .filter(Total.tasks.gt(1)),
        r#"select "totals"."worker_id", "totals"."tasks", "totals"."longest" from (select "tasks"."worker_id", count(*), max("tasks"."hours") from "tasks" group by "tasks"."worker_id") as "totals"("worker_id", "tasks", "longest") where "totals"."tasks" > $1"#,
        &["1::int8"],
    );
    assert_eq!(query.all(&db).await?, [Total { worker_id: 1, tasks: 2, longest: Some(2.0) }]);
    Ok(())
}

#[tokio::test]
async fn a_correlated_query_is_lateral() -> TestResult {
    let (db, _database) = database().await?;
    let latest = select((Task.title, Task.hours))
        .from(Task)
        .outer(Worker)
        .filter(Task.worker_id.eq(Worker.id))
        .order_by(Task.id.desc())
        .limit(1)
        .as_(Latest);
    let query = check(
        select((Worker.name, Latest)).from(Worker).cross_join(latest).order_by(Worker.id),
        r#"select "workers"."name", "latest"."title", "latest"."hours" from "workers" cross join lateral (select "tasks"."title", "tasks"."hours" from "tasks" where "tasks"."worker_id" = "workers"."id" order by "tasks"."id" desc limit $1) as "latest"("title", "hours") order by "workers"."id""#,
        &["1::int8"],
    );
    let rows = query.all(&db).await?;
    assert_eq!(
        rows,
        [
            ("Ada".to_owned(), Latest { title: "Check".to_owned(), hours: 2.0 }),
            ("Bob".to_owned(), Latest { title: "Ship".to_owned(), hours: 0.5 })
        ]
    );
    Ok(())
}

#[tokio::test]
async fn a_union_has_a_name_too() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select(max(Latest.title)).from(
            select((Task.title, Task.hours))
                .from(Task)
                .union_all(select((Worker.name, Task.hours)).from(Worker).cross_join(Task))
                .as_(Latest),
        ),
        r#"select max("latest"."title") from ((select "tasks"."title", "tasks"."hours" from "tasks") union all (select "workers"."name", "tasks"."hours" from "workers" cross join "tasks")) as "latest"("title", "hours")"#,
        &[],
    );
    assert_eq!(query.one(&db).await?.as_deref(), Some("Ship"));
    Ok(())
}

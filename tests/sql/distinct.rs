//! `distinct` and `distinct_on`.

use crate::TestResult;
use crate::check::{check, check_count};
use crate::schema::{Task, Worker, database};
use mizzle::prelude::*;

#[tokio::test]
async fn distinct_returns_equal_rows_once() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select(Task.worker_id).from(Task).distinct().order_by(Task.worker_id),
        r#"select distinct "tasks"."worker_id" from "tasks" order by "tasks"."worker_id""#,
        &[],
    );
    assert_eq!(query.all(&db).await?, [1, 2]);
    let query = check_count(
        || select(Task.worker_id).from(Task).distinct(),
        r#"select count(*) from (select distinct "tasks"."worker_id" from "tasks") as counted"#,
        &[],
    );
    assert_eq!(query.count(&db).await?, 2);
    Ok(())
}

#[tokio::test]
async fn distinct_on_returns_the_first_row_of_each_key() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select((Task.worker_id, Task.title))
            .from(Task)
            .distinct_on(Task.worker_id)
            .order_by(Task.worker_id)
            .order_by(Task.hours.desc()),
        r#"select distinct on ("tasks"."worker_id") "tasks"."worker_id", "tasks"."title" from "tasks" order by "tasks"."worker_id", "tasks"."hours" desc"#,
        &[],
    );
    assert_eq!(query.all(&db).await?, [(1, "Check".to_owned()), (2, "Ship".to_owned())]);
    let query = check(
        select(Worker.name).from(Worker).distinct_on((Worker.status, Worker.score)).order_by(Worker.status),
        r#"select distinct on ("workers"."status", "workers"."score") "workers"."name" from "workers" order by "workers"."status""#,
        &[],
    );
    assert_eq!(query.all(&db).await?.len(), 3);
    Ok(())
}

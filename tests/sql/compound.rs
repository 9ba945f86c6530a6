//! `union`, `intersect` and `except`.

use crate::TestResult;
use crate::check::{check, check_count};
use crate::schema::{Task, Worker, database};
use mizzle::prelude::*;

#[tokio::test]
async fn union_returns_the_rows_of_both() -> TestResult {
    let (db, _database) = database().await?;
    let both = || {
        select((Worker.id, Worker.name))
            .from(Worker)
            .filter(Worker.score.gt(90))
            .union(select((Task.worker_id, Task.title)).from(Task).filter(Task.hours.lt(1.0)))
            .order_by(Worker.name.desc())
            .limit(2)
            .offset(1)
    };
    let query = check(
        both(),
        r#"(select "workers"."id", "workers"."name" from "workers" where "workers"."score" > $1) union (select "tasks"."worker_id", "tasks"."title" from "tasks" where "tasks"."hours" < $2) order by "name" desc limit $3 offset $4"#,
        &["90::int4", "1::float8", "2::int8", "1::int8"],
    );
    let rows: Vec<(i64, String)> = query.all(&db).await?;
    assert_eq!(rows, [(3, "Cyd".to_owned()), (1, "Ada".to_owned())]);
    assert_eq!(both().count(&db).await?, 2);
    Ok(())
}

#[tokio::test]
async fn every_operator_and_their_nesting() -> TestResult {
    let (db, _database) = database().await?;
    let workers = || select(Worker.id).from(Worker);
    let owners = || select(Task.worker_id).from(Task);
    let query = check(
        workers().union_all(owners()),
        r#"(select "workers"."id" from "workers") union all (select "tasks"."worker_id" from "tasks")"#,
        &[],
    );
    assert_eq!(query.all(&db).await?.len(), 6);
    let query = check(
        workers().intersect(owners()).order_by(Worker.id),
        r#"(select "workers"."id" from "workers") intersect (select "tasks"."worker_id" from "tasks") order by "id""#,
        &[],
    );
    assert_eq!(query.all(&db).await?, [1, 2]);
    let query = check(
        workers().except(owners()),
        r#"(select "workers"."id" from "workers") except (select "tasks"."worker_id" from "tasks")"#,
        &[],
    );
    assert_eq!(query.all(&db).await?, [3]);
    let query = check(
        owners().except_all(workers()).union(owners().intersect_all(workers())).order_by(Task.worker_id),
        r#"((select "tasks"."worker_id" from "tasks") except all (select "workers"."id" from "workers")) union ((select "tasks"."worker_id" from "tasks") intersect all (select "workers"."id" from "workers")) order by "worker_id""#,
        &[],
    );
    assert_eq!(query.all(&db).await?, [1, 2]);
    let query = check_count(
        || workers().union(owners()),
        r#"select count(*) from ((select "workers"."id" from "workers") union (select "tasks"."worker_id" from "tasks")) as counted"#,
        &[],
    );
    assert_eq!(query.count(&db).await?, 3);
    Ok(())
}

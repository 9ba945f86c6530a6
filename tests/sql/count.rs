//! `count` and `exists`.

use crate::TestResult;
use crate::check::{check_count, check_exists};
use crate::schema::{Task, Worker, database};
use mizzle::prelude::*;

#[tokio::test]
async fn count_leaves_out_selection_and_order() -> TestResult {
    let (db, _database) = database().await?;
    let query = check_count(
        || {
            select((Worker.score + 1, Worker.name))
                .from(Worker)
                .filter(Worker.score.gt(90))
                .order_by(Worker.score + 3)
        },
        r#"select count(*) from "workers" where "workers"."score" > $1"#,
        &["90::int4"],
    );
    assert_eq!(query.count(&db).await?, 2);
    Ok(())
}

#[tokio::test]
async fn count_is_within_limit_and_offset() -> TestResult {
    let (db, _database) = database().await?;
    let query = check_count(
        || select(Worker).filter(Worker.id.gte(1)).limit(2),
        r#"select count(*) from (select 1 from "workers" where "workers"."id" >= $1 limit $2) as counted"#,
        &["1::int8", "2::int8"],
    );
    assert_eq!(query.count(&db).await?, 2);
    let query = check_count(
        || select(Worker).offset(2),
        r#"select count(*) from (select 1 from "workers" offset $1) as counted"#,
        &["2::int8"],
    );
    assert_eq!(query.count(&db).await?, 1);
    let query = check_count(
        || select(Worker).offset(2).limit(5),
        r#"select count(*) from (select 1 from "workers" limit $1 offset $2) as counted"#,
        &["5::int8", "2::int8"],
    );
    assert_eq!(query.count(&db).await?, 1);
    Ok(())
}

#[tokio::test]
async fn count_counts_the_rows_of_a_join() -> TestResult {
    let (db, _database) = database().await?;
    let query = check_count(
        || select(Worker).left_join(Task, Task.worker_id.eq(Worker.id).and(Task.id.lt(9))),
        r#"select count(*) from "workers" left join "tasks" on "tasks"."worker_id" = "workers"."id" and "tasks"."id" < $1"#,
        &["9::int8"],
    );
    assert_eq!(query.count(&db).await?, 4);
    Ok(())
}

#[tokio::test]
async fn exists_asks_for_any_row() -> TestResult {
    let (db, _database) = database().await?;
    let query = check_exists(
        || select(Worker).filter(Worker.name.eq("Ada")).order_by(Worker.id),
        r#"select exists (select 1 from "workers" where "workers"."name" = $1)"#,
        &["'Ada'::text"],
    );
    assert!(query.exists(&db).await?);
    let query = check_exists(
        || select(Worker).limit(3).offset(3),
        r#"select exists (select 1 from "workers" limit $1 offset $2)"#,
        &["3::int8", "3::int8"],
    );
    assert!(!query.exists(&db).await?);
    Ok(())
}

//! `group_by` and `having`.

use crate::TestResult;
use crate::check::{check, check_count};
use crate::schema::{Membership, Task, Worker, ada, bob, database};
use mizzle::prelude::*;

#[tokio::test]
async fn a_selection_may_mix_keys_and_aggregates() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select((Task.worker_id, count(), max(Task.hours)))
            .from(Task)
            .group_by(Task.worker_id)
            .order_by(Task.worker_id),
        r#"select "tasks"."worker_id", count(*), max("tasks"."hours") from "tasks" group by "tasks"."worker_id" order by "tasks"."worker_id""#,
        &[],
    );
    let rows: Vec<(i64, i64, Option<f64>)> = query.all(&db).await?;
    assert_eq!(rows, [(1, 2, Some(2.0)), (2, 1, Some(0.5))]);
    Ok(())
}

#[tokio::test]
async fn a_table_groups_by_its_primary_key_and_frees_its_columns() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select((Worker, count_of(Task.id)))
            .from(Worker)
            .left_join(Task, Task.worker_id.eq(Worker.id))
            .group_by(Worker)
            .having(count_of(Task.id).gt(0))
            .order_by(count_of(Task.id).desc()),
        r#"select "workers"."id", "workers"."email", "workers"."name", "workers"."score", "workers"."status", "workers"."boss_id", count("tasks"."id") from "workers" left join "tasks" on "tasks"."worker_id" = "workers"."id" group by "workers"."id" having count("tasks"."id") > $1 order by count("tasks"."id") desc"#,
        &["0::int8"],
    );
    assert_eq!(query.all(&db).await?, [(ada(), 2), (bob(), 1)]);
    let query = check(
        select((Membership.team, Membership.since)).from(Membership).group_by(Membership),
        r#"select "memberships"."team", "memberships"."since" from "memberships" group by "memberships"."worker_id", "memberships"."team""#,
        &[],
    );
    assert_eq!(query.all(&db).await?.len(), 3);
    Ok(())
}

#[tokio::test]
async fn keys_add_up_and_may_be_tuples_and_expressions() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select((Worker.status, Worker.email.is_null(), Worker.score, count()))
            .from(Worker)
            .group_by((Worker.status, Worker.email.is_null()))
            .group_by(Worker.score)
            .order_by(Worker.score.desc()),
        r#"select "workers"."status", "workers"."email" is null, "workers"."score", count(*) from "workers" group by "workers"."status", "workers"."email" is null, "workers"."score" order by "workers"."score" desc"#,
        &[],
    );
    let rows = query.all(&db).await?;
    assert_eq!(
        rows.iter().map(|row| (row.1, row.2, row.3)).collect::<Vec<_>>(),
        [(false, 120, 1), (false, 100, 1), (true, 80, 1)]
    );
    Ok(())
}

#[tokio::test]
async fn an_order_before_group_by_is_checked_by_it() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select((Worker.status, count())).from(Worker).order_by(Worker.status).group_by(Worker.status),
        r#"select "workers"."status", count(*) from "workers" group by "workers"."status" order by "workers"."status""#,
        &[],
    );
    assert_eq!(query.all(&db).await?.len(), 2);
    Ok(())
}

#[tokio::test]
async fn having_needs_no_group_by_and_may_be_absent() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select(count()).from(Worker).having(count().gt(5)),
        r#"select count(*) from "workers" having count(*) > $1"#,
        &["5::int8"],
    );
    assert_eq!(query.optional(&db).await?, None);
    let query = check(
        select(count()).from(Task).having(count().gt(1)).group_by(Task.worker_id),
        r#"select count(*) from "tasks" group by "tasks"."worker_id" having count(*) > $1"#,
        &["1::int8"],
    );
    assert_eq!(query.all(&db).await?, [2]);
    let at_least = |rows: Option<i64>| {
        select((Task.worker_id, count()))
            .from(Task)
            .group_by(Task.worker_id)
            .having(rows.map(|rows| count().gte(rows)))
            .having(max(Task.hours).lt(9.0))
    };
    let query = check(
        at_least(Some(2)),
        r#"select "tasks"."worker_id", count(*) from "tasks" group by "tasks"."worker_id" having count(*) >= $1 and max("tasks"."hours") < $2"#,
        &["2::int8", "9::float8"],
    );
    assert_eq!(query.all(&db).await?, [(1, 2)]);
    let query = check(
        at_least(None),
        r#"select "tasks"."worker_id", count(*) from "tasks" group by "tasks"."worker_id" having max("tasks"."hours") < $1"#,
        &["9::float8"],
    );
    assert_eq!(query.all(&db).await?.len(), 2);
    Ok(())
}

#[tokio::test]
async fn count_counts_groups() -> TestResult {
    let (db, _database) = database().await?;
    let query = check_count(
        || select((Task.worker_id, count())).from(Task).group_by(Task.worker_id).order_by(count()),
        r#"select count(*) from (select "tasks"."worker_id", count(*) from "tasks" group by "tasks"."worker_id") as counted"#,
        &[],
    );
    assert_eq!(query.count(&db).await?, 2);
    Ok(())
}

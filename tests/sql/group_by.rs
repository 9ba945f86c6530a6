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

#[tokio::test]
async fn a_key_with_parameters_has_the_same_ones_wherever_it_stands() -> TestResult {
    let (db, _database) = database().await?;
    let bands = |size: i32| {
        select((Worker.score / size, count(), Worker.score / size * 2))
            .from(Worker)
            .filter(Worker.id.gt(0))
            .group_by(Worker.score / size)
            .having((Worker.score / size).gt(7))
            .order_by((Worker.score / size).desc())
    };
    let query = check(
        bands(50),
        r#"select "workers"."score" / $1, count(*), "workers"."score" / $1 * $3 from "workers" where "workers"."id" > $4 group by "workers"."score" / $1 having "workers"."score" / $1 > $7 order by "workers"."score" / $1 desc"#,
        &["50::int4", "50::int4", "2::int4", "0::int8", "50::int4", "50::int4", "7::int4", "50::int4"],
    );
    assert_eq!(query.all(&db).await?, []);
    assert_eq!(bands(10).all(&db).await?, [(12, 1, 24), (10, 1, 20), (8, 1, 16)]);
    assert_eq!(bands(10).count(&db).await?, 3);
    Ok(())
}

#[tokio::test]
async fn keys_with_parameters_are_told_apart_and_may_be_in_a_subquery() -> TestResult {
    let (db, _database) = database().await?;
    let email = || coalesce(Worker.email, "none");
    let high = || case().when(Worker.score.gte(100), "high").otherwise("low");
    let query = check(
        select((high(), email(), count())).from(Worker).group_by((email(), high())).order_by(email()),
        r#"select case when "workers"."score" >= $1 then $2 else $3 end, coalesce("workers"."email", $4), count(*) from "workers" group by coalesce("workers"."email", $4), case when "workers"."score" >= $1 then $2 else $3 end order by coalesce("workers"."email", $4)"#,
        &[
            "100::int4",
            "'high'::text",
            "'low'::text",
            "'none'::text",
            "'none'::text",
            "100::int4",
            "'high'::text",
            "'low'::text",
            "'none'::text",
        ],
    );
    let rows = query.all(&db).await?;
    let expected = [("high", "ada@example.com"), ("high", "cyd@example.com"), ("low", "none")];
    assert_eq!(rows, expected.map(|(high, email)| (high.to_owned(), email.to_owned(), 1)));

    let scores = select(Worker.score / 10).from(Worker).group_by(Worker.score / 10).having(count().eq(1));
    let found =
        select(Worker.name).from(Worker).filter(Worker.score.eq(80)).filter((Worker.score / 10).in_(scores));
    assert_eq!(found.all(&db).await?, ["Bob"]);
    Ok(())
}

#[tokio::test]
async fn a_key_that_stands_elsewhere_with_another_value_is_refused() -> TestResult {
    let (db, _database) = database().await?;
    let bands = |selected: i32, keyed: i32| {
        select((Worker.score / selected, count())).from(Worker).group_by(Worker.score / keyed)
    };
    assert_eq!(bands(1000, 1000).all(&db).await?, [(0, 3)]);
    let error = bands(10, 1000).all(&db).await.err().ok_or("accepted")?.to_string();
    assert!(
        error.contains("an expression of `group_by` stands elsewhere in the query with another value"),
        "{error}"
    );
    assert!(bands(10, 1000).count(&db).await.is_err());
    Ok(())
}

#[tokio::test]
async fn parts_that_are_absent_do_not_move_the_parameters_of_keys() -> TestResult {
    let (db, _database) = database().await?;
    let bands = |least: Option<i32>, rows: Option<i64>, size: i32| {
        select((Worker.score / size, count()))
            .from(Worker)
            .filter(least.map(|least| Worker.score.gte(least)))
            .group_by(Worker.score / 10)
            .having(rows.map(|rows| count().gte(rows)))
            .order_by(Worker.score / 10)
    };
    for (least, rows) in [(None, None), (Some(0), None), (None, Some(1)), (Some(0), Some(1))] {
        assert_eq!(bands(least, rows, 10).all(&db).await?, [(8, 1), (10, 1), (12, 1)]);
        assert!(bands(least, rows, 20).all(&db).await.is_err());
    }
    Ok(())
}

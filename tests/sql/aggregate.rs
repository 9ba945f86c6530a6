//! Aggregates.

use crate::TestResult;
use crate::check::check;
use crate::schema::{Worker, database};
use mizzle::prelude::*;

#[tokio::test]
async fn count_counts_rows_and_count_of_values_that_are_not_null() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select((count(), count_of(Worker.email), count_of(Worker.boss_id).distinct())).from(Worker),
        r#"select count(*), count("workers"."email"), count(distinct "workers"."boss_id") from "workers""#,
        &[],
    );
    let row: (i64, i64, i64) = query.one(&db).await?;
    assert_eq!(row, (3, 2, 1));
    Ok(())
}

#[cfg(feature = "rust_decimal")]
#[tokio::test]
async fn sums_and_means_have_the_types_of_the_manual() -> TestResult {
    use crate::schema::Task;
    use rust_decimal::Decimal;

    let (db, _database) = database().await?;
    let query = check(
        select((sum(Worker.score), avg(Worker.score), sum(Worker.id), min(Worker.score), max(Worker.name)))
            .from(Worker),
        r#"select sum("workers"."score"), avg("workers"."score"), sum("workers"."id"), min("workers"."score"), max("workers"."name") from "workers""#,
        &[],
    );
    let row: (Option<i64>, Option<Decimal>, Option<Decimal>, Option<i32>, Option<String>) =
        query.one(&db).await?;
    assert_eq!(
        row,
        (Some(300), Some(Decimal::from(100)), Some(Decimal::from(6)), Some(80), Some("Cyd".to_owned()))
    );
    let query = check(
        select((sum(Task.hours), avg(Task.hours))).from(Task),
        r#"select sum("tasks"."hours"), avg("tasks"."hours") from "tasks""#,
        &[],
    );
    let row: (Option<f64>, Option<f64>) = query.one(&db).await?;
    assert_eq!(row, (Some(4.0), Some(4.0 / 3.0)));
    Ok(())
}

#[tokio::test]
async fn aggregates_of_no_rows_are_null_but_counts_are_zero() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select((count(), sum(Worker.score), array_agg(Worker.id))).from(Worker).filter(Worker.id.lt(0)),
        r#"select count(*), sum("workers"."score"), array_agg("workers"."id") from "workers" where "workers"."id" < $1"#,
        &["0::int8"],
    );
    assert_eq!(query.one(&db).await?, (0, None, None));
    Ok(())
}

#[tokio::test]
async fn an_aggregate_may_have_a_filter_and_an_order() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select((
            count().filter(Worker.score.gt(90)).filter(Worker.email.is_not_null()),
            array_agg(Worker.name).order_by(Worker.score.desc()),
            array_agg_nullable(Worker.email).order_by(Worker.id),
            string_agg(Worker.name, ", ").order_by(Worker.name.desc()).filter(Worker.id.gt(1)),
        ))
        .from(Worker),
        r#"select count(*) filter (where "workers"."score" > $1 and "workers"."email" is not null), array_agg("workers"."name" order by "workers"."score" desc), array_agg("workers"."email" order by "workers"."id"), string_agg("workers"."name", $2 order by "workers"."name" desc) filter (where "workers"."id" > $3) from "workers""#,
        &["90::int4", "', '::text", "1::int8"],
    );
    let (good, names, emails, joined) = query.one(&db).await?;
    assert_eq!(good, 2);
    assert_eq!(names, Some(vec!["Ada".to_owned(), "Cyd".to_owned(), "Bob".to_owned()]));
    assert_eq!(
        emails,
        Some(vec![Some("ada@example.com".to_owned()), None, Some("cyd@example.com".to_owned())])
    );
    assert_eq!(joined.as_deref(), Some("Cyd, Bob"));
    Ok(())
}

#[tokio::test]
async fn bool_aggregates_join_conditions() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select((bool_and(Worker.score.gt(90)), bool_or(Worker.score.gt(110)))).from(Worker),
        r#"select bool_and("workers"."score" > $1), bool_or("workers"."score" > $2) from "workers""#,
        &["90::int4", "110::int4"],
    );
    assert_eq!(query.one(&db).await?, (Some(false), Some(true)));
    Ok(())
}

//! Conditions that are always there.

use crate::TestResult;
use crate::check::check;
use crate::schema::{Status, Worker, bob, cyd, database};
use mizzle::prelude::*;

#[tokio::test]
async fn filters_are_joined_by_and() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select(Worker.id)
            .from(Worker)
            .filter(Worker.score.gte(100))
            .filter(Worker.boss_id.is_not_null())
            .filter(Worker.name.ne("Ada")),
        r#"select "workers"."id" from "workers" where "workers"."score" >= $1 and "workers"."boss_id" is not null and "workers"."name" <> $2"#,
        &["100::int4", "'Ada'::text"],
    );
    assert_eq!(query.all(&db).await?, [cyd().id]);
    Ok(())
}

#[tokio::test]
async fn an_or_among_filters_is_in_parentheses() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select(Worker.id)
            .from(Worker)
            .filter(Worker.name.eq("Ada").or(Worker.name.eq("Bob")))
            .filter(Worker.status.eq(Status::OnLeave)),
        r#"select "workers"."id" from "workers" where ("workers"."name" = $1 or "workers"."name" = $2) and "workers"."status" = $3::"status""#,
        &["'Ada'::text", "'Bob'::text", "'on_leave'::text"],
    );
    assert_eq!(query.all(&db).await?, [bob().id]);
    Ok(())
}

#[tokio::test]
async fn a_filter_may_be_any_boolean() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select(Worker.id).from(Worker).filter(Worker.name.eq("Ada").eq(false)).order_by(Worker.id),
        r#"select "workers"."id" from "workers" where ("workers"."name" = $1) = $2 order by "workers"."id""#,
        &["'Ada'::text", "false::bool"],
    );
    assert_eq!(query.all(&db).await?, [2, 3]);
    Ok(())
}

#[tokio::test]
async fn a_condition_on_null_finds_nothing() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select(Worker.id).from(Worker).filter(Worker.email.ne("x")).order_by(Worker.id),
        r#"select "workers"."id" from "workers" where "workers"."email" <> $1 order by "workers"."id""#,
        &["'x'::text"],
    );
    assert_eq!(query.all(&db).await?, [1, 3]);
    Ok(())
}

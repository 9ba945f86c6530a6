//! `order_by`, `limit` and `offset`.

use crate::TestResult;
use crate::check::check;
use crate::schema::{Worker, database};
use mizzle::prelude::*;

#[tokio::test]
async fn orders_append_with_their_directions() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select(Worker.id)
            .from(Worker)
            .order_by(Worker.status.desc())
            .order_by(Worker.score.asc())
            .order_by(Worker.id),
        r#"select "workers"."id" from "workers" order by "workers"."status" desc, "workers"."score" asc, "workers"."id""#,
        &[],
    );
    assert_eq!(query.all(&db).await?, [2, 3, 1]);
    Ok(())
}

#[tokio::test]
async fn an_expression_orders_with_its_parameters() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select(Worker.id)
            .from(Worker)
            .filter(Worker.id.gt(0))
            .order_by((Worker.score % 100).desc())
            .order_by(Worker.name.eq("Cyd").asc())
            .limit(5),
        r#"select "workers"."id" from "workers" where "workers"."id" > $1 order by "workers"."score" % $2 desc, "workers"."name" = $3 asc limit $4"#,
        &["0::int8", "100::int4", "'Cyd'::text", "5::int8"],
    );
    assert_eq!(query.all(&db).await?, [2, 1, 3]);
    Ok(())
}

#[tokio::test]
async fn limit_and_offset_are_parameters() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select(Worker.id).from(Worker).order_by(Worker.id).limit(1).offset(1),
        r#"select "workers"."id" from "workers" order by "workers"."id" limit $1 offset $2"#,
        &["1::int8", "1::int8"],
    );
    assert_eq!(query.all(&db).await?, [2]);
    let query = check(
        select(Worker.id).from(Worker).order_by(Worker.id).offset(2),
        r#"select "workers"."id" from "workers" order by "workers"."id" offset $1"#,
        &["2::int8"],
    );
    assert_eq!(query.all(&db).await?, [3]);
    let query = select(Worker.id).from(Worker).limit(0);
    assert!(query.all(&db).await?.is_empty());
    Ok(())
}

#[tokio::test]
async fn the_last_limit_and_offset_count() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select(Worker.id).from(Worker).order_by(Worker.id).limit(7).offset(8).limit(2).offset(0),
        r#"select "workers"."id" from "workers" order by "workers"."id" limit $1 offset $2"#,
        &["2::int8", "0::int8"],
    );
    assert_eq!(query.all(&db).await?, [1, 2]);
    Ok(())
}

#[tokio::test]
async fn clauses_may_come_in_any_order() -> TestResult {
    let (db, _database) = database().await?;
    const TEXT: &str = r#"select "workers"."id" from "workers" where "workers"."score" > $1 order by "workers"."score" limit $2 offset $3"#;
    let params = ["50::int4", "1::int8", "2::int8"];
    let one =
        select(Worker.id).limit(1).offset(2).from(Worker).order_by(Worker.score).filter(Worker.score.gt(50));
    let two =
        select(Worker.id).offset(2).from(Worker).filter(Worker.score.gt(50)).limit(1).order_by(Worker.score);
    let three =
        select(Worker.id).from(Worker).order_by(Worker.score).filter(Worker.score.gt(50)).offset(2).limit(1);
    assert_eq!(check(one, TEXT, &params).all(&db).await?, [1]);
    assert_eq!(check(two, TEXT, &params).all(&db).await?, [1]);
    assert_eq!(check(three, TEXT, &params).all(&db).await?, [1]);
    Ok(())
}

#[tokio::test]
async fn a_negative_limit_is_the_servers_error() -> TestResult {
    let (db, _database) = database().await?;
    let error = select(Worker.id).from(Worker).limit(-1).all(&db).await.unwrap_err();
    assert_eq!(error.sqlstate(), Some("2201W"));
    Ok(())
}

#[tokio::test]
async fn null_has_its_place() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select(Worker.id)
            .from(Worker)
            .order_by(Worker.boss_id.asc().nulls_first())
            .order_by(Worker.id.desc()),
        r#"select "workers"."id" from "workers" order by "workers"."boss_id" asc nulls first, "workers"."id" desc"#,
        &[],
    );
    assert_eq!(query.all(&db).await?, [1, 3, 2]);
    let query = check(
        select(Worker.id)
            .from(Worker)
            .order_by((Worker.boss_id + 1).desc().nulls_last())
            .order_by(lower(Worker.email).desc().nulls_last()),
        r#"select "workers"."id" from "workers" order by "workers"."boss_id" + $1 desc nulls last, lower("workers"."email") desc nulls last"#,
        &["1::int8"],
    );
    assert_eq!(query.all(&db).await?, [3, 2, 1]);
    Ok(())
}

#[tokio::test]
async fn an_order_and_a_limit_may_be_absent() -> TestResult {
    let (db, _database) = database().await?;
    let page = |by_score: bool, rows: Option<i64>| {
        select(Worker.id)
            .from(Worker)
            .order_by(by_score.then(|| Worker.score.desc()))
            .order_by(Worker.id)
            .limit(rows)
            .offset(None)
    };
    let query = check(
        page(true, Some(2)),
        r#"select "workers"."id" from "workers" order by "workers"."score" desc, "workers"."id" limit $1 offset $2"#,
        &["2::int8", "null::int8"],
    );
    assert_eq!(query.all(&db).await?, [1, 3]);
    let query = check(
        page(false, None),
        r#"select "workers"."id" from "workers" order by "workers"."id" limit $1 offset $2"#,
        &["null::int8", "null::int8"],
    );
    assert_eq!(query.all(&db).await?, [1, 2, 3]);
    Ok(())
}

#[tokio::test]
async fn aggregates_are_ordered_by_aggregates() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select(max(Worker.score)).from(Worker).order_by(count()).order_by(max(Worker.score)),
        r#"select max("workers"."score") from "workers" order by count(*), max("workers"."score")"#,
        &[],
    );
    assert_eq!(query.one(&db).await?, Some(120));
    Ok(())
}

#[tokio::test]
async fn a_tuple_is_its_keys_one_after_the_other() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select(Worker.id)
            .from(Worker)
            .order_by((Worker.status.desc(), Worker.score.asc().nulls_last(), (Worker.id,)))
            .order_by(Worker.name),
        r#"select "workers"."id" from "workers" order by "workers"."status" desc, "workers"."score" asc nulls last, "workers"."id", "workers"."name""#,
        &[],
    );
    assert_eq!(query.all(&db).await?, [2, 3, 1]);
    let query = check(
        select((Worker.status, count()))
            .from(Worker)
            .group_by(Worker.status)
            .order_by((count().desc(), Worker.status)),
        r#"select "workers"."status", count(*) from "workers" group by "workers"."status" order by count(*) desc, "workers"."status""#,
        &[],
    );
    assert_eq!(
        query.all(&db).await?.len(),
        select(Worker.status).from(Worker).distinct().all(&db).await?.len()
    );
    let id = Worker.id;
    let six = select(id).from(Worker).order_by((id + 1, id + 2, id + 3, id + 4, id + 5, id.desc()));
    assert_eq!(six.all(&db).await?, [1, 2, 3]);
    Ok(())
}

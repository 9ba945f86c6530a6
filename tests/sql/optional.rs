//! Conditions that may be absent: the text is that of the ones that are there.

use crate::TestResult;
use crate::check::{check, check_count, check_exists};
use crate::schema::{Task, Worker, database};
use mizzle::prelude::*;

#[tokio::test]
async fn each_combination_of_two_has_its_text() -> TestResult {
    let (db, _database) = database().await?;
    let rows: [(Option<&str>, Option<i32>, &str, &[&str], &[i64]); 4] = [
        (
            None,
            None,
            r#"select "workers"."id" from "workers" order by "workers"."id" limit $1"#,
            &["9::int8"],
            &[1, 2, 3],
        ),
        (
            Some("%d%"),
            None,
            r#"select "workers"."id" from "workers" where "workers"."name" like $1 order by "workers"."id" limit $2"#,
            &["'%d%'::text", "9::int8"],
            &[1, 3],
        ),
        (
            None,
            Some(100),
            r#"select "workers"."id" from "workers" where "workers"."score" <= $1 order by "workers"."id" limit $2"#,
            &["100::int4", "9::int8"],
            &[2, 3],
        ),
        (
            Some("%d%"),
            Some(100),
            r#"select "workers"."id" from "workers" where "workers"."name" like $1 and "workers"."score" <= $2 order by "workers"."id" limit $3"#,
            &["'%d%'::text", "100::int4", "9::int8"],
            &[3],
        ),
    ];
    for (name, score, text, params, ids) in rows {
        let query = select(Worker.id)
            .from(Worker)
            .filter(name.map(|name| Worker.name.like(name)))
            .filter(score.map(|score| Worker.score.lte(score)))
            .order_by(Worker.id)
            .limit(9);
        assert_eq!(check(query, text, params).all(&db).await?, ids);
    }
    Ok(())
}

#[tokio::test]
async fn each_combination_around_one_that_stays_has_its_text() -> TestResult {
    let (db, _database) = database().await?;
    let rows: [(Option<i64>, Option<i64>, &str, &[&str], &[i64]); 4] = [
        (
            None,
            None,
            r#"select "workers"."id" from "workers" where ("workers"."score" = $1 or "workers"."score" = $2)"#,
            &["80::int4", "100::int4"],
            &[2, 3],
        ),
        (
            Some(1),
            None,
            r#"select "workers"."id" from "workers" where "workers"."id" > $1 and ("workers"."score" = $2 or "workers"."score" = $3)"#,
            &["1::int8", "80::int4", "100::int4"],
            &[2, 3],
        ),
        (
            None,
            Some(3),
            r#"select "workers"."id" from "workers" where ("workers"."score" = $1 or "workers"."score" = $2) and ("workers"."id" = $3 or "workers"."boss_id" is null)"#,
            &["80::int4", "100::int4", "3::int8"],
            &[3],
        ),
        (
            Some(2),
            Some(3),
            r#"select "workers"."id" from "workers" where "workers"."id" > $1 and ("workers"."score" = $2 or "workers"."score" = $3) and ("workers"."id" = $4 or "workers"."boss_id" is null)"#,
            &["2::int8", "80::int4", "100::int4", "3::int8"],
            &[3],
        ),
    ];
    for (above, only, text, params, ids) in rows {
        let query = select(Worker.id)
            .from(Worker)
            .filter(above.map(|id| Worker.id.gt(id)))
            .filter(Worker.score.eq(80).or(Worker.score.eq(100)))
            .filter(only.map(|id| Worker.id.eq(id).or(Worker.boss_id.is_null())));
        let mut found = check(query, text, params).all(&db).await?;
        found.sort_unstable();
        assert_eq!(found, ids);
    }
    Ok(())
}

#[tokio::test]
async fn parameters_before_and_after_are_numbered_through() -> TestResult {
    let (db, _database) = database().await?;
    let query = |title: Option<&'static str>| {
        select((Worker.name, Worker.score * 2))
            .from(Worker)
            .join(Task, Task.worker_id.eq(Worker.id).and(Task.hours.lt(9.0)))
            .filter(title.map(|title| Task.title.eq(title)))
            .order_by(Task.id)
            .offset(1)
    };
    let absent = check(
        query(None),
        r#"select "workers"."name", "workers"."score" * $1 from "workers" join "tasks" on "tasks"."worker_id" = "workers"."id" and "tasks"."hours" < $2 order by "tasks"."id" offset $3"#,
        &["2::int4", "9::float8", "1::int8"],
    );
    assert_eq!(absent.all(&db).await?, [("Ada".to_owned(), 240), ("Bob".to_owned(), 160)]);
    let present = check(
        query(Some("Ship")),
        r#"select "workers"."name", "workers"."score" * $1 from "workers" join "tasks" on "tasks"."worker_id" = "workers"."id" and "tasks"."hours" < $2 where "tasks"."title" = $3 order by "tasks"."id" offset $4"#,
        &["2::int4", "9::float8", "'Ship'::text", "1::int8"],
    );
    assert!(present.all(&db).await?.is_empty());
    Ok(())
}

#[tokio::test]
async fn counting_leaves_absent_conditions_out_too() -> TestResult {
    let (db, _database) = database().await?;
    let query = |id: Option<i64>| select(Worker).filter(id.map(|id| Worker.id.eq(id)));
    let absent = check_count(|| query(None), r#"select count(*) from "workers""#, &[]);
    assert_eq!(absent.count(&db).await?, 3);
    let present = check_count(
        || query(Some(7)),
        r#"select count(*) from "workers" where "workers"."id" = $1"#,
        &["7::int8"],
    );
    assert_eq!(present.count(&db).await?, 0);
    let exists = check_exists(|| query(None), r#"select exists (select 1 from "workers")"#, &[]);
    assert!(exists.exists(&db).await?);
    Ok(())
}

//! `sql!` as a condition, an expression, an order, and inside of itself.

use crate::TestResult;
use crate::check::{check, check_command, check_count};
use crate::schema::{Boss, Status, Task, Worker, database};
use mizzle::prelude::*;

#[tokio::test]
async fn a_condition() -> TestResult {
    let (db, _database) = database().await?;
    let email = "ADA@example.com";
    let query = check(
        select(Worker.name).from(Worker).filter(sql!("upper({Worker.email}) = upper({email})")),
        r#"select "workers"."name" from "workers" where (upper("workers"."email") = upper($1))"#,
        &["'ADA@example.com'::text"],
    );
    assert_eq!(query.all(&db).await?, ["Ada"]);
    let count = check_count(
        || select(Worker).filter(sql!(r#"pg_catalog.starts_with({Worker.name}, {"A"})"#)),
        r#"select count(*) from "workers" where pg_catalog.starts_with("workers"."name", $1)"#,
        &["'A'::text"],
    );
    assert_eq!(count.count(&db).await?, 1);
    Ok(())
}

#[tokio::test]
async fn beside_and_or_not_it_has_parentheses() -> TestResult {
    let (db, _database) = database().await?;
    let either = sql!("{Worker.score} = 80 or {Worker.score} = {100}");
    let query = check(
        select(Worker.id)
            .from(Worker)
            .filter(either.and(Worker.id.gt(2)).or(sql!("false")))
            .filter(Worker.id.lt(9).and(either).and(either.not().not()))
            .filter(either)
            .filter(either.or(Worker.id.eq(7)).not().not()),
        concat!(
            r#"select "workers"."id" from "workers" where (("workers"."score" = 80 or "workers"."score" = $1) and "workers"."id" > $2 or false)"#,
            r#" and "workers"."id" < $3 and ("workers"."score" = 80 or "workers"."score" = $4)"#,
            r#" and not (not ("workers"."score" = 80 or "workers"."score" = $5))"#,
            r#" and ("workers"."score" = 80 or "workers"."score" = $6)"#,
            r#" and not (not ("workers"."score" = 80 or "workers"."score" = $7 or "workers"."id" = $8))"#,
        ),
        &["100::int4", "2::int8", "9::int8", "100::int4", "100::int4", "100::int4", "100::int4", "7::int8"],
    );
    assert_eq!(query.all(&db).await?, [3]);
    Ok(())
}

#[tokio::test]
async fn it_may_be_absent() -> TestResult {
    let (db, _database) = database().await?;
    let query = |name: Option<&'static str>| {
        select(Worker.id)
            .from(Worker)
            .filter(name.map(|name| sql!("{Worker.name} ~ {name}")))
            .order_by(Worker.id)
            .limit(5)
    };
    let absent = check(
        query(None),
        r#"select "workers"."id" from "workers" order by "workers"."id" limit $1"#,
        &["5::int8"],
    );
    assert_eq!(absent.all(&db).await?, [1, 2, 3]);
    let present = check(
        query(Some("^B")),
        r#"select "workers"."id" from "workers" where ("workers"."name" ~ $1) order by "workers"."id" limit $2"#,
        &["'^B'::text", "5::int8"],
    );
    assert_eq!(present.all(&db).await?, [2]);
    Ok(())
}

#[tokio::test]
async fn an_expression() -> TestResult {
    let (db, _database) = database().await?;
    let length = sql!("char_length({Worker.email})").of::<Option<i32>>();
    let query = check(
        select((Worker.id, length, sql!("{Worker.score} / {2.0}").of::<f64>()))
            .from(Worker)
            .filter(sql!("char_length({Worker.name})").of::<i32>().gt(2))
            .filter(sql!("{Worker.score} + 1").of::<i32>().in_([121, 81]))
            .order_by(length.desc())
            .order_by(Worker.id),
        concat!(
            r#"select "workers"."id", char_length("workers"."email"), "workers"."score" / $1 from "workers""#,
            r#" where char_length("workers"."name") > $2 and ("workers"."score" + 1) = any($3)"#,
            r#" order by char_length("workers"."email") desc, "workers"."id""#,
        ),
        &["2::float8", "2::int4", "{121,81}::_int4"],
    );
    assert_eq!(query.all(&db).await?, [(2, None, 40.0), (1, Some(15), 60.0)]);
    Ok(())
}

#[tokio::test]
async fn in_a_write() -> TestResult {
    let (db, _database) = database().await?;
    let plus = 7;
    let change = check(
        update(Worker)
            .set(Worker.score, sql!("greatest({Worker.score}, {100}) + {plus}").of::<i32>())
            .set(Worker.email, sql!(r#"nullif({Worker.email}, {""})"#).of::<Option<String>>())
            .filter(sql!(r#"{Worker.name} = {"Bob"}"#))
            .returning((Worker.score, sql!("upper({Worker.name})").of::<String>())),
        concat!(
            r#"update "workers" set "score" = greatest("workers"."score", $1) + $2, "email" = nullif("workers"."email", $3)"#,
            r#" where ("workers"."name" = $4) returning "workers"."score", upper("workers"."name")"#,
        ),
        &["100::int4", "7::int4", "''::text", "'Bob'::text"],
    );
    assert_eq!(change.one(&db).await?, (107, "BOB".to_owned()));
    let gone = check_command(
        delete(Worker).filter(sql!("{Worker.score} > {1000}")),
        r#"delete from "workers" where ("workers"."score" > $1)"#,
        &["1000::int4"],
    );
    assert_eq!(gone.execute(&db).await?, 0);
    Ok(())
}

#[tokio::test]
async fn an_order() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select(Worker.id)
            .from(Worker)
            .order_by(sql!("{Worker.email} desc nulls last"))
            .order_by(sql!("random()")),
        r#"select "workers"."id" from "workers" order by "workers"."email" desc nulls last, random()"#,
        &[],
    );
    assert_eq!(query.all(&db).await?, [3, 1, 2]);
    Ok(())
}

#[tokio::test]
async fn in_a_join_and_of_aliases() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select((Worker.name, Boss.name))
            .from(Worker)
            .left_join(Boss, sql!("{Worker.boss_id} = {Boss.id}").of::<bool>())
            .filter(sql!("{Boss.name} is distinct from {Worker.name}"))
            .order_by(Worker.id),
        concat!(
            r#"select "workers"."name", "boss"."name" from "workers" left join "workers" as "boss" on "workers"."boss_id" = "boss"."id""#,
            r#" where ("boss"."name" is distinct from "workers"."name") order by "workers"."id""#,
        ),
        &[],
    );
    let found = query.all(&db).await?;
    assert_eq!(found[1], ("Bob".to_owned(), Some("Ada".to_owned())));
    Ok(())
}

#[tokio::test]
async fn a_nested_text_has_no_parentheses_and_a_nested_expression_has() -> TestResult {
    let (db, _database) = database().await?;
    let inner = sql!("{Worker.score} + {1}");
    let query = check(
        select((
            sql!("2 * {inner}").of::<i32>(),
            sql!("{2} * {inner.of::<i32>()} - {Worker.score - 3}").of::<i32>(),
        ))
        .from(Worker)
        .filter(sql!("{Worker.id.eq(1)} and {Worker.status} = {Status::Active}"))
        .limit(1),
        concat!(
            r#"select 2 * "workers"."score" + $1, $2 * ("workers"."score" + $3) - ("workers"."score" - $4) from "workers""#,
            r#" where (("workers"."id" = $5) and "workers"."status" = $6::"status") limit $7"#,
        ),
        &["1::int4", "2::int4", "1::int4", "3::int4", "1::int8", "'active'::text", "1::int8"],
    );
    assert_eq!(query.one(&db).await?, (241, 125));
    Ok(())
}

#[tokio::test]
async fn a_subquery() -> TestResult {
    let (db, _database) = database().await?;
    let busy = |title: Option<&'static str>| {
        select(Task.worker_id)
            .from(Task)
            .filter(title.map(|title| Task.title.eq(title)))
            .filter(Task.hours.gt(0.1))
    };
    let query = |title| {
        select(Worker.id)
            .from(Worker)
            .filter(Worker.id.gt(0))
            .filter(sql!("{Worker.id} in ({busy(title)})"))
            .filter(Worker.id.lt(9))
            .order_by(Worker.id)
    };
    let all = check(
        query(None),
        concat!(
            r#"select "workers"."id" from "workers" where "workers"."id" > $1 and ("workers"."id" in"#,
            r#" (select "tasks"."worker_id" from "tasks" where "tasks"."hours" > $2)) and "workers"."id" < $3 order by "workers"."id""#,
        ),
        &["0::int8", "0.1::float8", "9::int8"],
    );
    assert_eq!(all.all(&db).await?, [1, 2]);
    let some = check(
        query(Some("Ship")),
        concat!(
            r#"select "workers"."id" from "workers" where "workers"."id" > $1 and ("workers"."id" in"#,
            r#" (select "tasks"."worker_id" from "tasks" where "tasks"."title" = $2 and "tasks"."hours" > $3)) and "workers"."id" < $4 order by "workers"."id""#,
        ),
        &["0::int8", "'Ship'::text", "0.1::float8", "9::int8"],
    );
    assert_eq!(some.all(&db).await?, [2]);
    Ok(())
}

#[tokio::test]
async fn a_table_that_the_text_names_itself() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select(Worker.id)
            .from(Worker)
            .filter(sql!(
                "exists (select from {Task} where {Task.worker_id} = {Worker.id} and {Task.hours.gt(1.0)})"
            ))
            .filter(sql!("{Worker.score} >= (select max({Boss.score}) from {Boss})")),
        concat!(
            r#"select "workers"."id" from "workers" where"#,
            r#" exists (select from "tasks" where "tasks"."worker_id" = "workers"."id" and ("tasks"."hours" > $1))"#,
            r#" and ("workers"."score" >= (select max("boss"."score") from "workers" as "boss"))"#,
        ),
        &["1::float8"],
    );
    assert_eq!(query.all(&db).await?, [1]);
    Ok(())
}

/// What a part borrows lives as long as in any other call; names are those of the place where the literal stands.
#[tokio::test]
async fn it_is_a_value_like_any_other() -> TestResult {
    macro_rules! named {
        ($text:literal) => {{
            #[allow(unused_variables)]
            let name = 5;
            select(Worker.id).from(Worker).filter(sql!($text))
        }};
    }
    let (db, _database) = database().await?;
    let name = "Ada";
    let text = r#"select "workers"."id" from "workers" where ("workers"."name" = $1)"#;
    let query = check(named!("{Worker.name} = {name}"), text, &["'Ada'::text"]);
    let spawned = tokio::spawn({
        let db = db.clone();
        async move { query.all(&db).await }
    });
    assert_eq!(spawned.await??, [1]);
    let condition = || String::from("Ada");
    let found = select(Worker.id)
        .from(Worker)
        .filter(sql!("{Worker.name} = {condition().as_str()}"))
        .all(&db)
        .await?;
    assert_eq!(found, [1]);
    Ok(())
}

#[test]
fn its_text_is_a_constant() {
    fn is_constant<Q: mizzle::query::Query<I>, I>(_: Q) -> bool {
        !Q::PLAN.is_dynamic()
    }
    let name = "Ada";
    assert!(is_constant(select(Worker).filter(sql!("{Worker.name} = {name}")).order_by(sql!("random()"))));
    assert!(is_constant(sql!("select {name}").to::<String>()));
    assert!(!is_constant(select(Worker).filter(Some(sql!("{Worker.name} = {name}")))));
}

//! Comparisons, lists, ranges, patterns and the connectives, with parentheses where they are needed.

use crate::TestResult;
use crate::check::check;
use crate::schema::{Status, Task, Worker, database};
use mizzle::prelude::*;

/// The condition, its text and parameters, and the workers it finds.
macro_rules! finds {
    ($db:ident; $($condition:expr => $text:literal [$($param:literal),*] [$($id:literal),*];)+) => {$({
        let query = select(Worker.id).from(Worker).filter($condition).order_by(Worker.id);
        let text = concat!(r#"select "workers"."id" from "workers" where "#, $text, r#" order by "workers"."id""#);
        let ids: &[i64] = &[$($id),*];
        assert_eq!(check(query, text, &[$($param),*]).all(&$db).await?, ids, "{}", $text);
    })+};
}

#[tokio::test]
async fn comparisons() -> TestResult {
    let (db, _database) = database().await?;
    finds! { db;
        Worker.score.eq(100) => r#""workers"."score" = $1"# ["100::int4"] [3];
        Worker.score.ne(100) => r#""workers"."score" <> $1"# ["100::int4"] [1, 2];
        Worker.score.gt(100) => r#""workers"."score" > $1"# ["100::int4"] [1];
        Worker.score.gte(100) => r#""workers"."score" >= $1"# ["100::int4"] [1, 3];
        Worker.score.lt(100) => r#""workers"."score" < $1"# ["100::int4"] [2];
        Worker.score.lte(100) => r#""workers"."score" <= $1"# ["100::int4"] [2, 3];
        Worker.status.gt(Status::Active) => r#""workers"."status" > $1::"status""# ["'active'::text"] [2];
    }
    Ok(())
}

#[tokio::test]
async fn columns_compare_with_columns() -> TestResult {
    let (db, _database) = database().await?;
    finds! { db;
        Worker.boss_id.eq(Worker.id) => r#""workers"."boss_id" = "workers"."id""# [] [];
        Worker.id.gt(Worker.boss_id) => r#""workers"."id" > "workers"."boss_id""# [] [2, 3];
        Worker.name.lt(Worker.email) => r#""workers"."name" < "workers"."email""# [] [1, 3];
        Worker.email.like(Worker.name) => r#""workers"."email" like "workers"."name""# [] [];
    }
    Ok(())
}

#[tokio::test]
async fn null_is_asked_for() -> TestResult {
    let (db, _database) = database().await?;
    finds! { db;
        Worker.email.is_null() => r#""workers"."email" is null"# [] [2];
        Worker.email.is_not_null() => r#""workers"."email" is not null"# [] [1, 3];
        (Worker.boss_id + 1).is_null() => r#""workers"."boss_id" + $1 is null"# ["1::int8"] [1];
        Worker.email.eq("x").is_null() => r#""workers"."email" = $1 is null"# ["'x'::text"] [2];
        Worker.email.is_null().is_not_null() => r#"("workers"."email" is null) is not null"# [] [1, 2, 3];
        Worker.email.is_null().eq(true) => r#"("workers"."email" is null) = $1"# ["true::bool"] [2];
    }
    Ok(())
}

#[tokio::test]
async fn null_is_a_value_where_it_is_asked_whether_two_are_distinct() -> TestResult {
    let (db, _database) = database().await?;
    let (ada, nobody): (Option<&str>, Option<String>) = (Some("ada@example.com"), None);
    let away: Option<Status> = None;
    finds! { db;
        Worker.email.is_distinct_from(ada) => r#""workers"."email" is distinct from $1"# ["'ada@example.com'::text"] [2, 3];
        Worker.email.is_distinct_from(&nobody) => r#""workers"."email" is distinct from $1"# ["null::text"] [1, 3];
        Worker.email.is_not_distinct_from(nobody) => r#""workers"."email" is not distinct from $1"# ["null::text"] [2];
        Worker.email.is_not_distinct_from("ada@example.com") => r#""workers"."email" is not distinct from $1"# ["'ada@example.com'::text"] [1];
        Worker.boss_id.is_not_distinct_from(null()) => r#""workers"."boss_id" is not distinct from null"# [] [1];
        Worker.boss_id.is_distinct_from(Worker.id) => r#""workers"."boss_id" is distinct from "workers"."id""# [] [1, 2, 3];
        Worker.id.is_distinct_from(Worker.boss_id) => r#""workers"."id" is distinct from "workers"."boss_id""# [] [1, 2, 3];
        Worker.status.is_distinct_from(away) => r#""workers"."status" is distinct from $1::"status""# ["null::text"] [1, 2, 3];
        Worker.boss_id.is_distinct_from(1).not() => r#"not "workers"."boss_id" is distinct from $1"# ["1::int8"] [2, 3];
        Worker.boss_id.gt(0).is_distinct_from(true).eq(true) => r#"("workers"."boss_id" > $1 is distinct from $2) = $3"# ["0::int8", "true::bool", "true::bool"] [1];
        Worker.boss_id.is_null().is_distinct_from(Worker.email.is_null()) => r#"("workers"."boss_id" is null) is distinct from ("workers"."email" is null)"# [] [1, 2];
    }
    let never_null: Vec<bool> =
        select(Worker.email.is_distinct_from(Worker.name)).from(Worker).all(&db).await?;
    assert_eq!(never_null, [true, true, true]);
    Ok(())
}

#[tokio::test]
async fn a_list_is_one_parameter() -> TestResult {
    let (db, _database) = database().await?;
    let ids = vec![1_i64, 3];
    let names = vec!["Ada".to_owned(), "Cyd".to_owned()];
    let borrowed: &[&str] = &["Bob", "Cyd"];
    finds! { db;
        Worker.id.in_(vec![1_i64, 3]) => r#""workers"."id" = any($1)"# ["{1,3}::_int8"] [1, 3];
        Worker.id.in_(&ids) => r#""workers"."id" = any($1)"# ["{1,3}::_int8"] [1, 3];
        Worker.id.in_(ids.as_slice()) => r#""workers"."id" = any($1)"# ["{1,3}::_int8"] [1, 3];
        Worker.id.in_([2]) => r#""workers"."id" = any($1)"# ["{2}::_int8"] [2];
        Worker.id.in_(&[2]) => r#""workers"."id" = any($1)"# ["{2}::_int8"] [2];
        Worker.name.in_(&names) => r#""workers"."name" = any($1)"# ["{'Ada','Cyd'}::_text"] [1, 3];
        Worker.name.in_(borrowed) => r#""workers"."name" = any($1)"# ["{'Bob','Cyd'}::_text"] [2, 3];
        Worker.name.in_(vec!["Bob"]) => r#""workers"."name" = any($1)"# ["{'Bob'}::_text"] [2];
        Worker.name.in_(["Bob"]) => r#""workers"."name" = any($1)"# ["{'Bob'}::_text"] [2];
        Worker.email.in_(["cyd@example.com"]) => r#""workers"."email" = any($1)"# ["{'cyd@example.com'}::_text"] [3];
    }
    Ok(())
}

#[tokio::test]
async fn an_empty_list_has_none() -> TestResult {
    let (db, _database) = database().await?;
    finds! { db;
        Worker.id.in_(Vec::new()) => r#""workers"."id" = any($1)"# ["{}::_int8"] [];
        Worker.name.in_(Vec::<String>::new()) => r#""workers"."name" = any($1)"# ["{}::_text"] [];
        Worker.id.not_in(Vec::new()) => r#""workers"."id" <> all($1)"# ["{}::_int8"] [1, 2, 3];
        Worker.boss_id.not_in(Vec::new()) => r#""workers"."boss_id" <> all($1)"# ["{}::_int8"] [1, 2, 3];
        Worker.boss_id.not_in([2]) => r#""workers"."boss_id" <> all($1)"# ["{2}::_int8"] [2, 3];
        Worker.id.not_in(&[1, 3]) => r#""workers"."id" <> all($1)"# ["{1,3}::_int8"] [2];
        Worker.id.in_([0; 0]).not() => r#"not "workers"."id" = any($1)"# ["{}::_int8"] [1, 2, 3];
    }
    Ok(())
}

#[tokio::test]
async fn a_list_of_enums_is_cast_as_a_whole() -> TestResult {
    let (db, _database) = database().await?;
    let list = vec![Status::OnLeave, Status::Gone];
    finds! { db;
        Worker.status.in_(&list) => r#""workers"."status" = any($1::"status"[])"# ["{'on_leave','gone'}::_text"] [2];
        Worker.status.not_in([Status::Active]) => r#""workers"."status" <> all($1::"status"[])"# ["{'active'}::_text"] [2];
        Worker.status.in_([Status::Active]) => r#""workers"."status" = any($1::"status"[])"# ["{'active'}::_text"] [1, 3];
        Worker.status.in_(Vec::<Status>::new()) => r#""workers"."status" = any($1::"status"[])"# ["{}::_text"] [];
    }
    Ok(())
}

#[tokio::test]
async fn a_list_may_be_an_array_column() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select((Worker.id, Task.id)).from(Worker).join(Task, Worker.name.in_(Task.labels)),
        r#"select "workers"."id", "tasks"."id" from "workers" join "tasks" on "workers"."name" = any("tasks"."labels")"#,
        &[],
    );
    assert_eq!(query.all(&db).await?, [(1, 1)]);
    let query = check(
        select(Task.id).from(Task).filter(Task.labels.eq(["y"])),
        r#"select "tasks"."id" from "tasks" where "tasks"."labels" = $1"#,
        &["{'y'}::_text"],
    );
    assert_eq!(query.all(&db).await?, [3]);
    Ok(())
}

#[tokio::test]
async fn between_includes_both_ends() -> TestResult {
    let (db, _database) = database().await?;
    finds! { db;
        Worker.score.between(80, 100) => r#""workers"."score" between $1 and $2"# ["80::int4", "100::int4"] [2, 3];
        Worker.score.between(100, 80) => r#""workers"."score" between $1 and $2"# ["100::int4", "80::int4"] [];
        Worker.id.between(Worker.boss_id, 2) => r#""workers"."id" between "workers"."boss_id" and $1"# ["2::int8"] [2];
        (Worker.score + 1).between(Worker.score - 1, Worker.score * 2)
            => r#""workers"."score" + $1 between "workers"."score" - $2 and "workers"."score" * $3"# ["1::int4", "1::int4", "2::int4"] [1, 2, 3];
        Worker.score.eq(80).between(Worker.id.eq(9), Worker.id.eq(2))
            => r#"("workers"."score" = $1) between ("workers"."id" = $2) and ("workers"."id" = $3)"# ["80::int4", "9::int8", "2::int8"] [1, 2, 3];
        Worker.score.between(80, 100).not() => r#"not "workers"."score" between $1 and $2"# ["80::int4", "100::int4"] [1];
        Worker.score.not_between(80, 100) => r#""workers"."score" not between $1 and $2"# ["80::int4", "100::int4"] [1];
        Worker.score.not_between(80, 100).not() => r#"not "workers"."score" not between $1 and $2"# ["80::int4", "100::int4"] [2, 3];
        Worker.score.between(80, 100).and(Worker.id.eq(2))
            => r#""workers"."score" between $1 and $2 and "workers"."id" = $3"# ["80::int4", "100::int4", "2::int8"] [2];
    }
    Ok(())
}

#[tokio::test]
async fn patterns_match_text() -> TestResult {
    let (db, _database) = database().await?;
    finds! { db;
        Worker.name.like("%d%") => r#""workers"."name" like $1"# ["'%d%'::text"] [1, 3];
        Worker.name.like("a%") => r#""workers"."name" like $1"# ["'a%'::text"] [];
        Worker.name.ilike("a%") => r#""workers"."name" ilike $1"# ["'a%'::text"] [1];
        Worker.email.ilike("%EXAMPLE%") => r#""workers"."email" ilike $1"# ["'%EXAMPLE%'::text"] [1, 3];
        Worker.name.like("A\\_a") => r#""workers"."name" like $1"# ["'A\\_a'::text"] [];
        Worker.name.like("A%").eq(Worker.name.ilike("a%"))
            => r#""workers"."name" like $1 = "workers"."name" ilike $2"# ["'A%'::text", "'a%'::text"] [1, 2, 3];
    }
    Ok(())
}

#[tokio::test]
async fn connectives_have_parentheses_where_they_are_needed() -> TestResult {
    let (db, _database) = database().await?;
    let (a, b, c) = (Worker.id.eq(1), Worker.id.eq(2), Worker.id.eq(3));
    finds! { db;
        a.and(b).or(c) => r#"("workers"."id" = $1 and "workers"."id" = $2 or "workers"."id" = $3)"# ["1::int8", "2::int8", "3::int8"] [3];
        a.or(b).and(c) => r#"("workers"."id" = $1 or "workers"."id" = $2) and "workers"."id" = $3"# ["1::int8", "2::int8", "3::int8"] [];
        a.or(b.and(c)) => r#"("workers"."id" = $1 or "workers"."id" = $2 and "workers"."id" = $3)"# ["1::int8", "2::int8", "3::int8"] [1];
        a.and(b.or(c)) => r#""workers"."id" = $1 and ("workers"."id" = $2 or "workers"."id" = $3)"# ["1::int8", "2::int8", "3::int8"] [];
        a.or(b).or(c) => r#"("workers"."id" = $1 or "workers"."id" = $2 or "workers"."id" = $3)"# ["1::int8", "2::int8", "3::int8"] [1, 2, 3];
        a.or(b.or(c)) => r#"("workers"."id" = $1 or "workers"."id" = $2 or "workers"."id" = $3)"# ["1::int8", "2::int8", "3::int8"] [1, 2, 3];
        a.and(b.and(c)) => r#""workers"."id" = $1 and "workers"."id" = $2 and "workers"."id" = $3"# ["1::int8", "2::int8", "3::int8"] [];
    }
    Ok(())
}

#[tokio::test]
async fn not_is_around_what_it_negates() -> TestResult {
    let (db, _database) = database().await?;
    let (a, b) = (Worker.id.eq(1), Worker.id.eq(2));
    finds! { db;
        a.not() => r#"not "workers"."id" = $1"# ["1::int8"] [2, 3];
        a.and(b).not() => r#"not ("workers"."id" = $1 and "workers"."id" = $2)"# ["1::int8", "2::int8"] [1, 2, 3];
        a.or(b).not() => r#"not ("workers"."id" = $1 or "workers"."id" = $2)"# ["1::int8", "2::int8"] [3];
        a.not().and(b.not()) => r#"not "workers"."id" = $1 and not "workers"."id" = $2"# ["1::int8", "2::int8"] [3];
        a.not().or(b) => r#"(not "workers"."id" = $1 or "workers"."id" = $2)"# ["1::int8", "2::int8"] [2, 3];
        a.not().not() => r#"not (not "workers"."id" = $1)"# ["1::int8"] [1];
        a.not().eq(b) => r#"(not "workers"."id" = $1) = ("workers"."id" = $2)"# ["1::int8", "2::int8"] [1, 2];
        a.not().is_null() => r#"(not "workers"."id" = $1) is null"# ["1::int8"] [];
        Worker.email.is_null().not() => r#"not "workers"."email" is null"# [] [1, 3];
        Worker.name.like("A%").not() => r#"not "workers"."name" like $1"# ["'A%'::text"] [2, 3];
    }
    Ok(())
}

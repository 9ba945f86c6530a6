//! Patterns and the functions of text.

use crate::TestResult;
use crate::expressions::values;
use crate::schema::{Worker, database};
use mizzle::prelude::*;

#[tokio::test]
async fn patterns() -> TestResult {
    let (db, _database) = database().await?;
    values! { db, Worker from "workers";
        Worker.name.not_like("%d%") => r#""workers"."name" not like $1"# ["'%d%'::text"] [false, true, false];
        Worker.email.not_ilike("ADA%") => r#""workers"."email" not ilike $1"# ["'ADA%'::text"] [Some(false), None, Some(true)];
        Worker.name.regex_matches("^[AB]") => r#""workers"."name" ~ $1"# ["'^[AB]'::text"] [true, true, false];
        Worker.email.regex_imatches("^ADA") => r#""workers"."email" ~* $1"# ["'^ADA'::text"] [Some(true), None, Some(false)];
        Worker.name.regex_matches(Worker.name).not() => r#"not "workers"."name" ~ "workers"."name""# [] [false, false, false];
        Worker.name.regex_matches("A").eq(true) => r#""workers"."name" ~ $1 = $2"# ["'A'::text", "true::bool"] [true, false, false];
    }
    Ok(())
}

#[tokio::test]
async fn a_text_is_looked_for_as_it_is() -> TestResult {
    let (db, _database) = database().await?;
    let name = String::from("B");
    values! { db, Worker from "workers";
        Worker.name.starts_with("A") => r#""workers"."name" like $1"# ["'A%'::text"] [true, false, false];
        Worker.name.starts_with(&name) => r#""workers"."name" like $1"# ["'B%'::text"] [false, true, false];
        Worker.name.ends_with(String::from("d")) => r#""workers"."name" like $1"# ["'%d'::text"] [false, false, true];
        Worker.email.contains("@") => r#""workers"."email" like $1"# ["'%@%'::text"] [Some(true), None, Some(true)];
        Worker.name.contains("%") => r#""workers"."name" like $1"# [r"'%\%%'::text"] [false, false, false];
        Worker.name.contains("_d") => r#""workers"."name" like $1"# [r"'%\_d%'::text"] [false, false, false];
        Worker.name.ends_with("\\a'") => r#""workers"."name" like $1"# [r"'%\\a''::text"] [false, false, false];
        Worker.name.istarts_with("aD") => r#""workers"."name" ilike $1"# ["'aD%'::text"] [true, false, false];
        Worker.name.iends_with(&name) => r#""workers"."name" ilike $1"# ["'%B'::text"] [false, true, false];
        Worker.email.icontains("@EXAMPLE") => r#""workers"."email" ilike $1"# ["'%@EXAMPLE%'::text"] [Some(true), None, Some(true)];
        Worker.name.icontains("_D%") => r#""workers"."name" ilike $1"# [r"'%\_D\%%'::text"] [false, false, false];
        Worker.name.contains("é%") => r#""workers"."name" like $1"# [r"'%é\%%'::text"] [false, false, false];
        Worker.name.contains("") => r#""workers"."name" like $1"# ["'%%'::text"] [true, true, true];
    }
    Ok(())
}

#[tokio::test]
async fn functions() -> TestResult {
    let (db, _database) = database().await?;
    let some = |text: &str| Some(text.to_owned());
    values! { db, Worker from "workers";
        lower(Worker.name) => r#"lower("workers"."name")"# [] ["ada", "bob", "cyd"];
        upper(Worker.email) => r#"upper("workers"."email")"# [] [some("ADA@EXAMPLE.COM"), None, some("CYD@EXAMPLE.COM")];
        length(Worker.name) => r#"length("workers"."name")"# [] [3, 3, 3];
        length(Worker.email) => r#"length("workers"."email")"# [] [Some(15), None, Some(15)];
        trim("  x ") => "btrim($1)" ["'  x '::text"] ["x", "x", "x"];
        replace(Worker.name, "d", "dd") => r#"replace("workers"."name", $1, $2)"# ["'d'::text", "'dd'::text"] ["Adda", "Bob", "Cydd"];
        substring(Worker.name, 1, 2) => r#"substring("workers"."name", $1, $2)"# ["1::int4", "2::int4"] ["Ad", "Bo", "Cy"];
        substring(Worker.name, length(Worker.name) - 1, 2)
            => r#"substring("workers"."name", length("workers"."name") - $1, $2)"# ["1::int4", "2::int4"] ["da", "ob", "yd"];
        lower(upper(Worker.name)).eq("ada") => r#"lower(upper("workers"."name")) = $1"# ["'ada'::text"] [true, false, false];
        length(Worker.name) * 2 + length("é") => r#"length("workers"."name") * $1 + length($2)"# ["2::int4", "'é'::text"] [7, 7, 7];
    }
    Ok(())
}

#[tokio::test]
async fn concat_is_never_null() -> TestResult {
    let (db, _database) = database().await?;
    values! { db, Worker from "workers";
        concat((Worker.name, " <", Worker.email, ">"))
            => r#"concat("workers"."name", $1, "workers"."email", $2)"# ["' <'::text", "'>'::text"] ["Ada <ada@example.com>", "Bob <>", "Cyd <cyd@example.com>"];
        concat((Worker.boss_id,)) => r#"concat("workers"."boss_id")"# [] ["", "1", "1"];
        concat((Worker.status, 1, 2_i64, true, String::from("x")))
            => r#"concat("workers"."status", $1, $2, $3, $4)"# ["1::int4", "2::int8", "true::bool", "'x'::text"] ["active12tx", "on_leave12tx", "active12tx"];
        concat((lower(Worker.name), Worker.score + 1, 'A'.to_string(), &3_i16, "5", 6, 7, 8))
            => r#"concat(lower("workers"."name"), "workers"."score" + $1, $2, $3, $4, $5, $6, $7)"#
            ["1::int4", "'A'::text", "3::int2", "'5'::text", "6::int4", "7::int4", "8::int4"] ["ada121A35678", "bob81A35678", "cyd101A35678"];
    }
    Ok(())
}

#[tokio::test]
async fn a_bad_pattern_is_the_servers_error() -> TestResult {
    let (db, _database) = database().await?;
    let error = select(Worker).filter(Worker.name.regex_matches("(")).all(&db).await.unwrap_err();
    assert_eq!(error.sqlstate(), Some("2201B"));
    let error = select(Worker).filter(Worker.name.like("A\\")).all(&db).await.unwrap_err();
    assert_eq!(error.sqlstate(), Some("22025"));
    let error = select(substring(Worker.name, 1, -1)).from(Worker).all(&db).await.unwrap_err();
    assert_eq!(error.sqlstate(), Some("22011"));
    Ok(())
}

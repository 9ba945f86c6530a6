//! `coalesce`, `nullif`, `greatest`, `least`.

use crate::TestResult;
use crate::expressions::values;
use crate::schema::{Status, Worker, database};
use mizzle::prelude::*;
use orm_testing::TestDb;

#[tokio::test]
async fn null_is_replaced_and_made() -> TestResult {
    let (db, _database) = database().await?;
    let some = |text: &str| Some(text.to_owned());
    values! { db, Worker from "workers";
        coalesce(Worker.email, "none") => r#"coalesce("workers"."email", $1)"# ["'none'::text"] ["ada@example.com", "none", "cyd@example.com"];
        coalesce(Worker.email, Worker.name) => r#"coalesce("workers"."email", "workers"."name")"# [] ["ada@example.com", "Bob", "cyd@example.com"];
        coalesce(Worker.boss_id, Worker.boss_id) => r#"coalesce("workers"."boss_id", "workers"."boss_id")"# [] [None, Some(1), Some(1)];
        coalesce(Worker.boss_id, coalesce(Worker.boss_id, 7)) => r#"coalesce("workers"."boss_id", coalesce("workers"."boss_id", $1))"# ["7::int8"] [7, 1, 1];
        nullif(Worker.name, "Bob") => r#"nullif("workers"."name", $1)"# ["'Bob'::text"] [some("Ada"), None, some("Cyd")];
        nullif(Worker.status, Status::Active) => r#"nullif("workers"."status", $1::"status")"# ["'active'::text"] [None, Some(Status::OnLeave), None];
        greatest(Worker.score, 100) => r#"greatest("workers"."score", $1)"# ["100::int4"] [120, 100, 100];
        least(Worker.score, 100) => r#"least("workers"."score", $1)"# ["100::int4"] [100, 80, 100];
        greatest(Worker.boss_id, Worker.id) => r#"greatest("workers"."boss_id", "workers"."id")"# [] [1, 2, 3];
        least(Worker.boss_id, Worker.boss_id) => r#"least("workers"."boss_id", "workers"."boss_id")"# [] [None, Some(1), Some(1)];
        greatest(Worker.status, Status::OnLeave) => r#"greatest("workers"."status", $1::"status")"# ["'on_leave'::text"] [Status::OnLeave, Status::OnLeave, Status::OnLeave];
        coalesce(nullif(Worker.status, Status::Active), Status::Gone)
            => r#"coalesce(nullif("workers"."status", $1::"status"), $2::"status")"# ["'active'::text", "'gone'::text"] [Status::Gone, Status::OnLeave, Status::Gone];
    }
    Ok(())
}

#[derive(PgNewtype, Debug, Clone, Copy, PartialEq)]
#[orm(domain = "points", check = "value >= 0")]
struct Points(i32);

#[derive(Table, Debug)]
#[orm(table = "entries")]
#[expect(dead_code, reason = "only its columns are named")]
struct Entry {
    #[orm(primary_key)]
    id: i32,
    #[orm(type = "char(5)")]
    code: String,
    #[orm(type = "varchar(9)[]")]
    kinds: Vec<String>,
    points: Option<Points>,
}

/// What PostgreSQL would take for text without its cast: `char(n)`, in which blanks at the end do not count.
#[tokio::test]
async fn parameters_are_cast_like_the_column_among_them() -> TestResult {
    const SCHEMA: Schema = schema![Points, Entry];
    let schema = format!(
        "{}; insert into entries values (1, 'a', '{{x,y}}', null), (2, 'b', '{{}}', 5)",
        SCHEMA.create_sql()
    );
    let database = TestDb::with_schema(&schema).await?;
    let db = Db::connect(database.url()).await?;
    values! { db, Entry from "entries";
        nullif(Entry.code, "a").is_null() => r#"nullif("entries"."code", $1::bpchar) is null"# ["'a'::text"] [true, false];
        coalesce(Entry.code, "zz").eq("a") => r#"coalesce("entries"."code", $1::bpchar) = $2::bpchar"# ["'zz'::text", "'a'::text"] [true, false];
        case().when(Entry.id.eq(1), "a").otherwise(Entry.code).eq("a")
            => r#"case when "entries"."id" = $1 then $2::bpchar else "entries"."code" end = $3::bpchar"# ["1::int4", "'a'::text", "'a'::text"] [true, false];
        case().when(Entry.id.eq(1), Entry.code).when(Entry.id.eq(3), "c").otherwise("b").in_(["a", "x"])
            => r#"case when "entries"."id" = $1 then "entries"."code" when "entries"."id" = $2 then $3::bpchar else $4::bpchar end = any($5::bpchar[])"#
            ["1::int4", "3::int4", "'c'::text", "'b'::text", "{'a','x'}::_text"] [true, false];
        greatest(coalesce(Entry.points, Points(1)), Points(2)).eq(Points(2))
            => r#"greatest(coalesce("entries"."points", $1::"points"), $2::"points") = $3::"points""# ["1::int4", "2::int4", "2::int4"] [true, false];
        Entry.kinds.contains_all(["x"]) => r#""entries"."kinds" @> $1::varchar[]"# ["{'x'}::_text"] [true, false];
        Entry.kinds.any_eq("y") => r#"$1::varchar = any("entries"."kinds")"# ["'y'::text"] [true, false];
        array_append(Entry.kinds, "z").any_eq("z") => r#"$1 = any(array_append("entries"."kinds", $2::varchar))"# ["'z'::text", "'z'::text"] [true, true];
    }
    Ok(())
}

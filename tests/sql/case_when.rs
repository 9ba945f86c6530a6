//! `case when .. end`.

use crate::TestResult;
use crate::check::check_command;
use crate::expressions::values;
use crate::schema::{Status, Worker, database};
use mizzle::prelude::*;

#[tokio::test]
async fn each_form() -> TestResult {
    let (db, _database) = database().await?;
    let some = |text: &str| Some(text.to_owned());
    values! { db, Worker from "workers";
        case().when(Worker.score.gt(100), "high").otherwise("low")
            => r#"case when "workers"."score" > $1 then $2 else $3 end"# ["100::int4", "'high'::text", "'low'::text"] ["high", "low", "low"];
        case().when(Worker.score.gt(100), "high").when(Worker.score.gt(90), Worker.name).end()
            => r#"case when "workers"."score" > $1 then $2 when "workers"."score" > $3 then "workers"."name" end"#
            ["100::int4", "'high'::text", "90::int4"] [some("high"), None, some("Cyd")];
        case().when(Worker.email.is_null(), Worker.boss_id).otherwise(7)
            => r#"case when "workers"."email" is null then "workers"."boss_id" else $1 end"# ["7::int8"] [Some(7), Some(1), Some(7)];
        case().when(Worker.id.eq(1), Worker.status).otherwise(Status::Gone).eq(Status::Gone)
            => r#"case when "workers"."id" = $1 then "workers"."status" else $2::"status" end = $3::"status""#
            ["1::int8", "'gone'::text", "'gone'::text"] [false, true, true];
        case().when(Worker.id.eq(1).or(Worker.id.eq(2)), 1).otherwise(0)
            => r#"case when "workers"."id" = $1 or "workers"."id" = $2 then $3 else $4 end"# ["1::int8", "2::int8", "1::int4", "0::int4"] [1, 1, 0];
        case().when(Worker.id.eq(1), true).end().is_null()
            => r#"case when "workers"."id" = $1 then $2 end is null"# ["1::int8", "true::bool"] [false, true, true];
        case().when(Worker.id.gt(1), case().when(Worker.id.eq(2), "two").otherwise("three")).otherwise("one")
            => r#"case when "workers"."id" > $1 then case when "workers"."id" = $2 then $3 else $4 end else $5 end"#
            ["1::int8", "2::int8", "'two'::text", "'three'::text", "'one'::text"] ["one", "two", "three"];
    }
    Ok(())
}

#[tokio::test]
async fn it_is_assigned_and_orders() -> TestResult {
    let (db, _database) = database().await?;
    let raise = case().when(Worker.score.lt(100), Worker.score * 2).otherwise(Worker.score);
    let command = check_command(
        update(Worker).set(Worker.score, raise).filter(Worker.id.gt(0)),
        r#"update "workers" set "score" = case when "workers"."score" < $1 then "workers"."score" * $2 else "workers"."score" end where "workers"."id" > $3"#,
        &["100::int4", "2::int4", "0::int8"],
    );
    assert_eq!(command.execute(&db).await?, 3);
    let first = case().when(Worker.name.eq("Cyd"), 0).otherwise(1);
    let order = select(Worker.score).from(Worker).order_by(first).order_by(Worker.score.desc());
    assert_eq!(order.all(&db).await?, [100, 160, 120]);
    Ok(())
}

//! The functions of numbers, and arithmetic on what is no column.

use crate::TestResult;
use crate::check::check;
use crate::expressions::values;
use crate::schema::{Task, Worker, database};
use mizzle::prelude::*;

#[tokio::test]
async fn functions() -> TestResult {
    let (db, _database) = database().await?;
    values! { db, Task from "tasks";
        round(Task.hours) => r#"round("tasks"."hours")"# [] [2.0, 2.0, 0.0];
        ceil(Task.hours) => r#"ceil("tasks"."hours")"# [] [2.0, 2.0, 1.0];
        floor(Task.hours) => r#"floor("tasks"."hours")"# [] [1.0, 2.0, 0.0];
        abs(Task.hours - 2.0) => r#"abs("tasks"."hours" - $1)"# ["2::float8"] [0.5, 0.0, 1.5];
        round(Task.hours.cast::<f32>()) => r#"round(cast("tasks"."hours" as real))"# [] [2.0_f64, 2.0, 0.0];
    }
    Ok(())
}

#[cfg(feature = "rust_decimal")]
#[tokio::test]
async fn a_numeric_is_rounded_to_a_numeric() -> TestResult {
    use rust_decimal::Decimal;

    let (db, _database) = database().await?;
    values! { db, Task from "tasks";
        round(Task.hours.cast::<Decimal>()) => r#"round(cast("tasks"."hours" as numeric))"# [] [Decimal::TWO, Decimal::TWO, Decimal::ONE];
    }
    Ok(())
}

#[tokio::test]
async fn every_number_calculates() -> TestResult {
    let (db, _database) = database().await?;
    values! { db, Worker from "workers";
        scalar(select(count()).from(Task)) + Worker.id => r#"(select count(*) from "tasks") + "workers"."id""# [] [Some(4), Some(5), Some(6)];
        -Worker.score => r#"-"workers"."score""# [] [-120, -80, -100];
        -(-Worker.score) => r#"-(-"workers"."score")"# [] [120, 80, 100];
        Worker.score - -Worker.score => r#""workers"."score" - -"workers"."score""# [] [240, 160, 200];
        -(Worker.score + 1) * 2 => r#"-("workers"."score" + $1) * $2"# ["1::int4", "2::int4"] [-242, -162, -202];
        -(Worker.score * 2) => r#"-("workers"."score" * $1)"# ["2::int4"] [-240, -160, -200];
        -abs(-Worker.score) => r#"-abs(-"workers"."score")"# [] [-120, -80, -100];
        abs(Worker.score) % 7 / abs(Worker.score) => r#"abs("workers"."score") % $1 / abs("workers"."score")"# ["7::int4"] [0, 0, 0];
        coalesce(Worker.boss_id, 0) + Worker.id => r#"coalesce("workers"."boss_id", $1) + "workers"."id""# ["0::int8"] [1, 3, 4];
        Worker.score.cast::<i64>() + Worker.id => r#"cast("workers"."score" as bigint) + "workers"."id""# [] [121, 82, 103];
        case().when(Worker.id.eq(1), 1).otherwise(2) * 10 => r#"case when "workers"."id" = $1 then $2 else $3 end * $4"# ["1::int8", "1::int4", "2::int4", "10::int4"] [10, 20, 20];
        -Worker.boss_id => r#"-"workers"."boss_id""# [] [None, Some(-1), Some(-1)];
    }
    Ok(())
}

#[tokio::test]
async fn aggregates_and_subqueries_calculate() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        select((count() * 2 + 1, -max(Worker.score), coalesce(max(Worker.score), 0) - 20)).from(Worker),
        r#"select count(*) * $1 + $2, -max("workers"."score"), coalesce(max("workers"."score"), $3) - $4 from "workers""#,
        &["2::int8", "1::int8", "0::int4", "20::int4"],
    );
    assert_eq!(query.one(&db).await?, (7, Some(-120), 100));
    Ok(())
}

#[tokio::test]
async fn what_is_too_large_is_the_servers_error() -> TestResult {
    let (db, _database) = database().await?;
    let error = select(Worker.score + i32::MAX).from(Worker).all(&db).await.unwrap_err();
    assert_eq!(error.sqlstate(), Some("22003"));
    let error = select(abs(Worker.score) % 0).from(Worker).all(&db).await.unwrap_err();
    assert_eq!(error.sqlstate(), Some("22012"));
    Ok(())
}

#[cfg(feature = "rust_decimal")]
#[tokio::test]
async fn integers_stand_beside_decimals() -> TestResult {
    use rust_decimal::Decimal;

    let (db, _database) = database().await?;
    values! { db, Task from "tasks";
        Task.hours.cast::<Decimal>().gt(1) => r#"cast("tasks"."hours" as numeric) > $1"# ["1::numeric"] [true, true, false];
        Task.hours.cast::<Decimal>() * 0 + 2_i64 => r#"cast("tasks"."hours" as numeric) * $1 + $2"# ["0::numeric", "2::numeric"] [Decimal::TWO; 3];
        coalesce(nullif(Task.hours.cast::<Decimal>(), Task.hours.cast::<Decimal>()), 0) =>
            r#"coalesce(nullif(cast("tasks"."hours" as numeric), cast("tasks"."hours" as numeric)), $1)"# ["0::numeric"] [Decimal::ZERO; 3];
        Task.worker_id.gt(0).and((Task.worker_id + 1).lt(1_000)) =>
            r#""tasks"."worker_id" > $1 and "tasks"."worker_id" + $2 < $3"# ["0::int8", "1::int8", "1000::int8"] [true; 3];
    }
    Ok(())
}

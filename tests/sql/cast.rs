//! `cast`.

use crate::TestResult;
use crate::expressions::values;
use crate::schema::{Status, Task, Worker, database};
use mizzle::prelude::*;

#[tokio::test]
async fn casts() -> TestResult {
    let (db, _database) = database().await?;
    values! { db, Worker from "workers";
        Worker.score.cast::<f64>() / 100.0 => r#"cast("workers"."score" as double precision) / $1"# ["100::float8"] [1.2, 0.8, 1.0];
        Worker.boss_id.cast::<String>() => r#"cast("workers"."boss_id" as text)"# [] [None, Some("1".to_owned()), Some("1".to_owned())];
        Worker.status.cast::<String>().starts_with("on") => r#"cast("workers"."status" as text) like $1"# ["'on%'::text"] [false, true, false];
        lower(upper(Worker.status.cast::<String>())).cast::<Status>()
            => r#"cast(lower(upper(cast("workers"."status" as text))) as "status")"# [] [Status::Active, Status::OnLeave, Status::Active];
        (Worker.score + 1).cast::<i16>() => r#"cast("workers"."score" + $1 as smallint)"# ["1::int4"] [121, 81, 101];
    }
    values! { db, Task from "tasks";
        Task.labels.cast::<Vec<Option<String>>>() => r#"cast("tasks"."labels" as text[])"# []
            [vec![Some("Ada".to_owned()), Some("x".to_owned())], vec![], vec![Some("y".to_owned())]];
    }
    Ok(())
}

#[tokio::test]
async fn what_cannot_be_cast_is_the_servers_error() -> TestResult {
    let (db, _database) = database().await?;
    let error = select(Worker.name.cast::<i32>()).from(Worker).all(&db).await.unwrap_err();
    assert_eq!(error.sqlstate(), Some("22P02"));
    let error = select(Worker.score.cast::<Status>()).from(Worker).all(&db).await.unwrap_err();
    assert_eq!(error.sqlstate(), Some("42846"));
    Ok(())
}

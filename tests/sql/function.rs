//! Functions of the user's own, by `sql_function!`.

use crate::TestResult;
use crate::expressions::values;
use crate::schema::{Worker, database};
use mizzle::prelude::*;

sql_function!(fn app_twice(n: i64) -> i64);

sql_function! {
    /// The text again and again.
    #[sql_name = "app.again"]
    pub(crate) fn again(text: String, times: i32) -> Option<String>;
}

sql_function!(fn pi() -> f64);

const FUNCTIONS: &str = "
    create function app_twice(n bigint) returns bigint immutable strict language sql as 'select n * 2';
    create schema app;
    create function app.again(t text, n int) returns text immutable language sql
        as $$ select case when n > 0 then repeat(t, n) end $$;
";

#[tokio::test]
async fn functions_of_ones_own() -> TestResult {
    let (db, _database) = database().await?;
    db.batch_execute(FUNCTIONS).await?;
    let some = |text: &str| Some(text.to_owned());
    values! { db, Worker from "workers";
        app_twice(Worker.id) => r#"app_twice("workers"."id")"# [] [2, 4, 6];
        app_twice(Worker.boss_id) + 1 => r#"app_twice("workers"."boss_id") + $1"# ["1::int8"] [None, Some(3), Some(3)];
        app_twice(app_twice(4)) => "app_twice(app_twice($1))" ["4::int8"] [16, 16, 16];
        again(Worker.name, 2) => r#"app.again("workers"."name", $1)"# ["2::int4"] [some("AdaAda"), some("BobBob"), some("CydCyd")];
        again("x", Worker.score - 100) => r#"app.again($1, "workers"."score" - $2)"# ["'x'::text", "100::int4"]
            [some("xxxxxxxxxxxxxxxxxxxx"), None, None];
        floor(pi()) => "floor(pi())" [] [3.0, 3.0, 3.0];
    }
    Ok(())
}

#[tokio::test]
async fn an_unknown_function_is_the_servers_error() -> TestResult {
    let (db, _database) = database().await?;
    let error = select(app_twice(Worker.id)).from(Worker).all(&db).await.unwrap_err();
    assert_eq!(error.sqlstate(), Some("42883"));
    Ok(())
}

//! The operators and functions of arrays.

use crate::TestResult;
use crate::expressions::values;
use crate::schema::{Task, database};
use mizzle::prelude::*;
use orm_testing::TestDb;

#[tokio::test]
async fn operators() -> TestResult {
    let (db, _database) = database().await?;
    let list = vec!["x".to_owned()];
    values! { db, Task from "tasks";
        Task.labels.contains_all(["x", "Ada"]) => r#""tasks"."labels" @> $1"# ["{'x','Ada'}::_text"] [true, false, false];
        Task.labels.contains_all(&list) => r#""tasks"."labels" @> $1"# ["{'x'}::_text"] [true, false, false];
        Task.labels.contained_in(["y"]) => r#""tasks"."labels" <@ $1"# ["{'y'}::_text"] [false, true, true];
        Task.labels.overlaps(["x", "y"]) => r#""tasks"."labels" && $1"# ["{'x','y'}::_text"] [true, false, true];
        Task.labels.overlaps(Task.labels) => r#""tasks"."labels" && "tasks"."labels""# [] [true, false, true];
        Task.labels.any_eq("x") => r#"$1 = any("tasks"."labels")"# ["'x'::text"] [true, false, false];
        Task.labels.any_eq(Task.note) => r#""tasks"."note" = any("tasks"."labels")"# [] [None, Some(false), None];
        Task.labels.any_eq("x").not() => r#"not $1 = any("tasks"."labels")"# ["'x'::text"] [false, true, true];
        Task.labels.is_empty() => r#"cardinality("tasks"."labels") = 0"# [] [false, true, false];
        Task.labels.is_empty().not() => r#"not cardinality("tasks"."labels") = 0"# [] [true, false, true];
        Task.title.not_in(["Ship"]) => r#""tasks"."title" <> all($1)"# ["{'Ship'}::_text"] [true, true, false];
    }
    Ok(())
}

#[tokio::test]
async fn functions() -> TestResult {
    let (db, _database) = database().await?;
    let list = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<String>>();
    values! { db, Task from "tasks";
        array_append(Task.labels, "z") => r#"array_append("tasks"."labels", $1)"# ["'z'::text"] [list(&["Ada", "x", "z"]), list(&["z"]), list(&["y", "z"])];
        array_remove(Task.labels, "x") => r#"array_remove("tasks"."labels", $1)"# ["'x'::text"] [list(&["Ada"]), list(&[]), list(&["y"])];
        array_length(Task.labels) => r#"array_length("tasks"."labels", 1)"# [] [Some(2), None, Some(1)];
        cardinality(Task.labels) => r#"cardinality("tasks"."labels")"# [] [2, 0, 1];
        cardinality(array_append(Task.labels, Task.title)) + 1 => r#"cardinality(array_append("tasks"."labels", "tasks"."title")) + $1"# ["1::int4"] [4, 2, 3];
    }
    Ok(())
}

#[derive(Table, Debug)]
#[orm(table = "bags")]
#[expect(dead_code, reason = "only its columns are named")]
struct Bag {
    #[orm(primary_key)]
    id: i32,
    holes: Vec<Option<i32>>,
    maybe: Option<Vec<i32>>,
}

#[tokio::test]
async fn null_in_arrays_and_for_arrays() -> TestResult {
    let schema = format!(
        "{}; insert into bags values (1, '{{1,null}}', null), (2, '{{}}', '{{1}}')",
        schema![Bag].create_sql()
    );
    let database = TestDb::with_schema(&schema).await?;
    let db = Db::connect(database.url()).await?;
    values! { db, Bag from "bags";
        Bag.holes.any_eq(1) => r#"$1 = any("bags"."holes")"# ["1::int4"] [Some(true), Some(false)];
        Bag.holes.any_eq(2) => r#"$1 = any("bags"."holes")"# ["2::int4"] [None, Some(false)];
        Bag.maybe.any_eq(1) => r#"$1 = any("bags"."maybe")"# ["1::int4"] [None, Some(true)];
        Bag.id.in_(Bag.maybe) => r#""bags"."id" = any("bags"."maybe")"# [] [None, Some(false)];
        Bag.id.not_in(Bag.maybe) => r#""bags"."id" <> all("bags"."maybe")"# [] [None, Some(true)];
        array_append(Bag.maybe, 2) => r#"array_append("bags"."maybe", $1)"# ["2::int4"] [vec![2], vec![1, 2]];
        array_append(Bag.holes, array_length(Bag.maybe))
            => r#"array_append("bags"."holes", array_length("bags"."maybe", 1))"# [] [vec![Some(1), None, None], vec![Some(1)]];
        array_remove(Bag.holes, array_length(Bag.maybe))
            => r#"array_remove("bags"."holes", array_length("bags"."maybe", 1))"# [] [vec![Some(1)], vec![]];
        array_remove(Bag.maybe, 1) => r#"array_remove("bags"."maybe", $1)"# ["1::int4"] [None, Some(vec![])];
        Bag.maybe.is_empty() => r#"cardinality("bags"."maybe") = 0"# [] [None, Some(false)];
    }
    Ok(())
}

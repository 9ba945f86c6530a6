//! The values of an `sql!`: parameters, whatever is in them.

use crate::TestResult;
use crate::check::check;
use crate::schema::{Status, Worker, database};
use mizzle::prelude::*;
use mizzle::query::{Query, encode};
use proptest::prelude::*;

#[tokio::test]
async fn each_kind_of_value() -> TestResult {
    let (db, _database) = database().await?;
    let (name, none) = ("Ada".to_owned(), None::<i32>);
    let (small, pair) = (7_i16, (8, "x"));
    let query = check(
        sql!(
            r#"select {small}, {pair.0}, {9_i64}, {true}, {&name}, {name.as_str()}, {pair.1}, {none}, {Some("y")}, {Status::Gone}"#
        )
        .to::<(i16, i32, i64, bool, String, String, String, Option<i32>, String, Status)>(),
        r#"select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10::"status""#,
        &[
            "7::int2",
            "8::int4",
            "9::int8",
            "true::bool",
            "'Ada'::text",
            "'Ada'::text",
            "'x'::text",
            "null::int4",
            "'y'::text",
            "'gone'::text",
        ],
    );
    let found = query.one(&db).await?;
    assert_eq!((found.0, found.7, found.8, found.9), (7, None, "y".to_owned(), Status::Gone));
    Ok(())
}

#[tokio::test]
async fn a_list_is_one_parameter() -> TestResult {
    let (db, _database) = database().await?;
    let (ids, names) = (vec![1_i64, 2], ["Ada", "Bob"]);
    let statuses = [Status::Active, Status::OnLeave];
    let query = check(
        select(Worker.id)
            .from(Worker)
            .filter(sql!("{Worker.id} = any({&ids}) and {Worker.id} = any({ids.as_slice()})"))
            .filter(sql!("{Worker.name} = any({names}) and {Worker.name} = any({&names[..]})"))
            .filter(sql!("{Worker.status} = any({statuses})"))
            .order_by(Worker.id),
        concat!(
            r#"select "workers"."id" from "workers" where ("workers"."id" = any($1) and "workers"."id" = any($2))"#,
            r#" and ("workers"."name" = any($3) and "workers"."name" = any($4)) and ("workers"."status" = any($5::"status"[]))"#,
            r#" order by "workers"."id""#,
        ),
        &[
            "{1,2}::_int8",
            "{1,2}::_int8",
            "{'Ada','Bob'}::_text",
            "{'Ada','Bob'}::_text",
            "{'active','on_leave'}::_text",
        ],
    );
    assert_eq!(query.all(&db).await?, [1, 2]);
    Ok(())
}

#[tokio::test]
async fn quotes_comments_and_braces_of_sql() -> TestResult {
    let (db, _database) = database().await?;
    let query = check(
        sql!(
            "select '{{}}'::text, 'it''s; $1 -- no', E'\\';', $$;'$$, $a$ $$;\" $a$, {1} as \"a;\"\"b\" -- ; '
             /* ; /* $2 */ ' */"
        )
        .to::<(String, String, String, String, String, i32)>(),
        "select '{}'::text, 'it''s; $1 -- no', E'\\';', $$;'$$, $a$ $$;\" $a$, $1 as \"a;\"\"b\" -- ; '\n             /* ; /* $2 */ ' */",
        &["1::int4"],
    );
    let text = |text: &str| text.to_owned();
    assert_eq!(
        query.one(&db).await?,
        (text("{}"), text("it's; $1 -- no"), text("';"), text(";'"), text(" $$;\" "), 1)
    );
    Ok(())
}

/// What tries to leave its place in the text.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        Just("'".to_owned()),
        Just("\"".to_owned()),
        Just("\\".to_owned()),
        Just("$1".to_owned()),
        Just("$$".to_owned()),
        Just("{Worker.id}".to_owned()),
        Just("}}".to_owned()),
        Just("; drop table workers; --".to_owned()),
        Just("/*".to_owned()),
        Just("' or ''='".to_owned()),
        "\\PC{0,8}",
    ];
    proptest::collection::vec(pieces, 0..6).prop_map(|pieces| pieces.concat())
}

#[test]
fn a_hostile_value_changes_no_text_and_comes_back_equal() -> TestResult {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (db, _database) = runtime.block_on(database())?;
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(64));
    let values = (hostile(), proptest::collection::vec(hostile(), 0..4), proptest::option::of(hostile()));
    runner.run(&values, |(text, list, maybe)| {
        let query =
            sql!("select {&text}, {&list}, {&maybe}, count(*) from {Worker} where {Worker.name} <> {&text}")
                .to::<(String, Vec<String>, Option<String>, i64)>();
        let sql = plan_text(&query);
        prop_assert_eq!(sql, r#"select $1, $2, $3, count(*) from "workers" where "workers"."name" <> $4"#);
        let found =
            runtime.block_on(query.one(&db)).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(found, (text, list, maybe, 3));
        Ok(())
    })?;
    Ok(())
}

fn plan_text<Q: Query<I>, I>(query: &Q) -> String {
    let present = encode(query).map(|encoded| encoded.present()).unwrap_or_default();
    Q::PLAN.text(present).into_owned()
}

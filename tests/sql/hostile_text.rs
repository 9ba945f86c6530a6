//! Any text that is looked for, and any key of a document: it stands for itself, and never becomes part of a statement.

use crate::TestResult;
use mizzle::prelude::*;
use mizzle::query::{Plan, Query};
use orm_testing::TestDb;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

/// Text without NUL, which PostgreSQL cannot hold; what means something in patterns, paths and SQL is frequent.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof!["[^\0]{0,12}", r#"[%_\\'"ab$1é,{}. ]{0,6}"#, r"(\\|%|_|''|\\%|\\_|a){0,5}"]
}

fn plan<Q: Query<I>, I>(_: &Q) -> &'static Plan {
    Q::PLAN
}

/// Runs the property on one database.
fn with_server<S: Strategy<Value: 'static>>(
    values: S,
    property: impl AsyncFn(&Db, S::Value) -> TestResult,
) -> TestResult {
    let runtime = tokio::runtime::Runtime::new()?;
    let database = runtime.block_on(TestDb::new())?;
    let db = runtime.block_on(Db::connect(database.url()))?;
    let config = Config { cases: 400, failure_persistence: None, ..Config::default() };
    TestRunner::new(config).run(&values, |value| {
        runtime.block_on(property(&db, value)).map_err(|error| TestCaseError::fail(error.to_string()))
    })?;
    Ok(())
}

#[test]
fn a_text_is_found_as_by_rust() -> TestResult {
    // Half the time what is looked for is a part of the text.
    let part =
        (any_text(), any_text(), any_text(), 0..4).prop_map(|(before, text, after, place)| match place {
            0 => (text.clone(), text),
            1 => (format!("{text}{after}"), text),
            2 => (format!("{before}{text}"), text),
            _ => (format!("{before}{text}{after}"), text),
        });
    with_server(prop_oneof![part, (any_text(), any_text())], async |db, (text, needle)| {
        let hay = || concat((text.as_str(),));
        let query = select((hay().starts_with(&needle), hay().ends_with(&needle), hay().contains(&needle)));
        assert_eq!(
            plan(&query).text(orm_core::args::Present::NONE),
            "select concat($1) like $2, concat($3) like $4, concat($5) like $6"
        );
        let expected = (text.starts_with(&needle), text.ends_with(&needle), text.contains(&needle));
        assert_eq!(query.one(db).await?, expected, "{needle:?} in {text:?}");
        Ok(())
    })
}

#[cfg(feature = "serde_json")]
#[test]
fn a_key_and_a_path_are_what_they_are() -> TestResult {
    use serde_json::{Value, json};

    with_server((any_text(), any_text(), any_text()), async |db, (key, inner, value)| {
        let text = json!({ &key: { &inner: &value } }).to_string();
        let document = || concat((text.as_str(),)).cast::<Value>();
        let query = select((
            document().get(&key).get_text(&inner),
            document().path_text([key.as_str(), inner.as_str()]),
            document().has_key(&key),
            document().get(&key).has_any_key([inner.as_str()]),
            document().remove_key(&key),
            jsonb_set(document(), [key.as_str()], json!(value)).get_text(&key),
        ));
        assert_eq!(
            plan(&query).text(orm_core::args::Present::NONE),
            "select cast(concat($1) as jsonb) -> $2 ->> $3, cast(concat($4) as jsonb) #>> $5, \
             cast(concat($6) as jsonb) ? $7, cast(concat($8) as jsonb) -> $9 ?| $10, \
             cast(concat($11) as jsonb) - $12, \
             jsonb_set(cast(concat($13) as jsonb), $14, $15) ->> $16"
        );
        let expected =
            (Some(value.clone()), Some(value.clone()), true, Some(true), json!({}), Some(value.clone()));
        assert_eq!(query.one(db).await?, expected, "{text}");
        Ok(())
    })
}

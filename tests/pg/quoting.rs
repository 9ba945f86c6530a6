//! Whatever is quoted comes back from the server as it was.

use crate::TestResult;
use mizzle::sql::{quote_ident, quote_literal};
use orm_testing::TestDb;
use proptest::prelude::*;
use proptest::test_runner::{TestCaseResult, TestRunner};
use tokio_postgres::NoTls;

/// Runs the property on one connection, whose value of `standard_conforming_strings` is given.
fn with_server(
    conforming: &'static str,
    texts: impl Strategy<Value = String>,
    property: impl Fn(&str, &dyn Fn(&str) -> Result<(String, String), String>) -> TestCaseResult,
) -> TestResult {
    let runtime = tokio::runtime::Runtime::new()?;
    let database = runtime.block_on(TestDb::new())?;
    let client = runtime.block_on(async {
        let (client, connection) = tokio_postgres::connect(database.url(), NoTls).await?;
        tokio::spawn(connection);
        client
            .batch_execute(&format!(
                "set standard_conforming_strings = {conforming}; set escape_string_warning = off"
            ))
            .await?;
        Ok::<_, tokio_postgres::Error>(client)
    })?;
    let first = |sql: &str| {
        let row =
            runtime.block_on(client.query_one(sql, &[])).map_err(|error| format!("{sql}: {error:?}"))?;
        let name = row.columns().first().map(|column| column.name().to_owned()).unwrap_or_default();
        Ok((name, row.try_get(0).map_err(|error| error.to_string())?))
    };
    TestRunner::default().run(&texts, |text| property(&text, &first))?;
    Ok(())
}

/// Any text without NUL, with the characters that quoting is about made frequent.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof!["[^\0]*", "['\"\\\\$ -;/*E\n]*", r"(\\|'|E'|''|\\\\n){0,20}"]
}

/// Any name of at most 63 bytes, which is what the derives let through.
fn any_name() -> impl Strategy<Value = String> {
    prop_oneof!["[^\0]{1,15}", "['\"\\\\$ .;A-c\n]{1,63}"]
}

#[test]
fn a_literal_comes_back() -> TestResult {
    for conforming in ["on", "off"] {
        with_server(conforming, any_text(), |text, first| {
            let (_, found) =
                first(&format!("select {}::text", quote_literal(text))).map_err(TestCaseError::fail)?;
            prop_assert_eq!(found, text);
            Ok(())
        })?;
    }
    Ok(())
}

#[test]
fn a_name_comes_back() -> TestResult {
    with_server("on", any_name(), |name, first| {
        let quoted = quote_ident(name);
        let sql =
            format!("select {quoted}.{quoted} as {quoted} from (select 'x'::text as {quoted}) as {quoted}");
        let found = first(&sql).map_err(TestCaseError::fail)?;
        prop_assert_eq!(found, (name.to_owned(), "x".to_owned()));
        Ok(())
    })
}

//! What holds of any two catalogs.

use crate::TestResult;
use crate::apply::apply;
use crate::schemas::{catalog, pair};
use crate::server::{run, server};
use orm_kit::catalog::Catalog;
use orm_kit::ddl;
use orm_kit::diff::diff;
use orm_kit::inspect::{Scope, inspect};
use proptest::prelude::*;
use proptest::test_runner::{TestError, TestRunner};
use tokio::runtime::Runtime;
use tokio_postgres::Client;

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        max_shrink_iters: std::env::var("SHRINK").map_or(60, |it| it.parse().unwrap()),
        ..ProptestConfig::default()
    }
}

/// Runs a test of a server for each case.
fn check<T: std::fmt::Debug>(
    cases: u32,
    strategy: impl Strategy<Value = T>,
    test: impl AsyncFn(T) -> TestResult,
) {
    let runtime = Runtime::new().unwrap();
    let outcome = TestRunner::new(config(cases)).run(&strategy, |value| {
        runtime.block_on(test(value)).map_err(|error| TestCaseError::fail(error.to_string()))
    });
    // The catalogs are long: what went wrong says enough of them.
    match outcome {
        Err(TestError::Fail(reason, _)) => assert!(false, "{reason}"),
        other => assert!(other.is_ok(), "{other:?}"),
    }
}

async fn make(client: &Client, catalog: &Catalog) -> TestResult {
    run(client, &["set check_function_bodies = off".to_owned()]).await?;
    run(client, &ddl::create_all(catalog)).await
}

/// What is there, the columns of tables by name, and so those of views that select all.
async fn found(client: &Client) -> Result<Catalog, Box<dyn std::error::Error>> {
    let mut catalog = inspect(client, &Scope::default()).await?.catalog;
    catalog.tables.iter_mut().for_each(|table| table.columns.sort_by(|a, b| a.name.cmp(&b.name)));
    for view in &mut catalog.views {
        let line = |line: &'_ str| line.trim().trim_start_matches("SELECT ").trim_end_matches(',').to_owned();
        let mut lines: Vec<_> = view.query.lines().map(line).collect();
        lines.sort_unstable();
        view.query = lines.join(" ");
    }
    Ok(catalog)
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn a_catalog_does_not_differ_from_itself(catalog in catalog()) {
        prop_assert_eq!(diff(&catalog, &catalog, &[]), []);
    }

    #[test]
    fn two_catalogs_that_differ_have_differences((from, to) in pair()) {
        prop_assert_eq!(diff(&from, &to, &[]).is_empty(), from == to);
    }
}

#[test]
fn any_catalog_is_made_and_found_again() {
    check(12, catalog(), async |catalog: Catalog| {
        let (_database, client) = server().await?;
        make(&client, &catalog).await?;
        let found = found(&client).await?;
        assert_eq!(diff(&found, &found, &[]), []);
        assert_eq!(found.tables.len(), catalog.tables.len());
        Ok(())
    });
}

#[test]
fn the_changes_make_the_one_of_the_other() {
    check(24, pair(), async |(from, to): (Catalog, Catalog)| {
        let (_database, client) = server().await?;
        make(&client, &from).await?;
        apply(&client, &diff(&from, &to, &[]), &to).await?;
        let (_expected, other) = server().await?;
        make(&other, &to).await?;
        let (made, expected) = (found(&client).await?, found(&other).await?);
        let left = diff(&made, &expected, &[]);
        if !left.is_empty() || made != expected {
            return Err(format!("left: {left:#?}").into());
        }
        Ok(())
    });
}

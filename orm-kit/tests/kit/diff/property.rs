//! What holds of any two catalogs.

use super::{found, make, makes};
use crate::TestResult;
use crate::schemas::{catalog, pair};
use crate::server::server;
use orm_kit::catalog::Catalog;
use orm_kit::diff::diff;
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestError, TestRng, TestRunner};
use tokio::runtime::Runtime;

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 40, ..ProptestConfig::default() }
}

/// Runs a test of a server for each case. They are always the same, so that a change of the kit is what makes the test fail.
fn check<T: std::fmt::Debug>(
    cases: u32,
    strategy: impl Strategy<Value = T>,
    test: impl AsyncFn(T) -> TestResult,
) {
    let runtime = Runtime::new().unwrap();
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let outcome = TestRunner::new_with_rng(config(cases), rng).run(&strategy, |value| {
        runtime.block_on(test(value)).map_err(|error| TestCaseError::fail(error.to_string()))
    });
    // The catalogs are long: what went wrong says enough of them.
    let failure = outcome.err().map(|error| match error {
        TestError::Fail(reason, _) => reason.to_string(),
        TestError::Abort(reason) => reason.to_string(),
    });
    assert_eq!(failure, None, "{}", failure.as_deref().unwrap_or_default());
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
    check(6, catalog(), async |catalog: Catalog| {
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
    check(16, pair(), async |(from, to): (Catalog, Catalog)| makes(&from, &diff(&from, &to, &[]), &to).await);
}

//! What holds of the plan between any two catalogs: it leaves what a new database of the other one holds.

use super::case::{described, written};
use crate::TestResult;
use crate::apply::lines;
use crate::dump::dump;
use crate::schemas::{neighbours, pair};
use crate::server::{run, server};
use orm_kit::catalog::Catalog;
use orm_kit::ddl;
use orm_kit::diff::diff;
use orm_kit::inspect::{Scope, inspect};
use orm_kit::plan::Plan;
use orm_kit::planner::{Down, Options, Planned, plan};
use orm_testing::TestDb;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::env;
use tokio::runtime::Runtime;
use tokio_postgres::Client;

/// Plans between pairs of catalogs and runs the plans. The pairs are always the same, so that a change of the planner is what
/// makes the test fail; `MIZZLE_PAIRS=400:7` tries as many others, by that seed.
fn check(
    pairs: impl Strategy<Value = (Catalog, Catalog)>,
    options: &Options,
    test: impl AsyncFn(&Catalog, &Catalog, &Planned) -> TestResult,
) {
    let wanted = env::var("MIZZLE_PAIRS").unwrap_or_else(|_| "24:0".to_owned());
    let (count, seed) = wanted.split_once(':').unwrap();
    let (count, seed): (u32, u64) = (count.parse().unwrap(), seed.parse().unwrap());
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let runtime = Runtime::new().unwrap();
    let mut failures = Vec::new();
    for _ in 0..count {
        let (from, to) = pairs.new_tree(&mut runner).unwrap().current();
        let changes = diff(&from, &to, &[]);
        let planned = plan(&from, &to, &changes, options);
        if let Err(error) = runtime.block_on(test(&from, &to, &planned)) {
            let plan = written(&planned);
            failures.push((plan.len(), format!("{error}\nby {:#?}\n{plan}", lines(&changes))));
        }
    }
    // The shortest plan says the most.
    failures.sort();
    let texts: Vec<_> = failures.iter().map(|(_, text)| text.as_str()).collect();
    assert!(failures.is_empty(), "{} of {count} fail\n{}", failures.len(), texts.join("\n\n"));
}

async fn make(client: &Client, catalog: &Catalog) -> TestResult {
    run(client, &["set check_function_bodies = off".to_owned()]).await?;
    run(client, &ddl::create_all(catalog)).await
}

async fn execute(client: &Client, plan: &Plan) -> TestResult {
    for segment in &plan.segments {
        let statements: Vec<String> = segment.statements.iter().map(|it| it.sql.clone()).collect();
        run(client, &statements).await?;
    }
    Ok(())
}

/// What is there, the columns of tables by name.
async fn found(client: &Client) -> Result<Catalog, Box<dyn std::error::Error>> {
    let mut catalog = inspect(client, &Scope::default()).await?.catalog;
    catalog.tables.iter_mut().for_each(|table| table.columns.sort_by(|a, b| a.name.cmp(&b.name)));
    for view in &mut catalog.views {
        view.query = sorted_lines(&view.query);
    }
    Ok(catalog)
}

/// The lines of a query without what tells the first and the last from others: where it selects all columns of a table, their
/// order is that of the table.
fn sorted_lines(query: &str) -> String {
    let line =
        |line: &'_ str| line.trim().trim_start_matches("SELECT ").trim_end_matches([',', ';']).to_owned();
    let mut lines: Vec<_> = query.lines().map(line).collect();
    lines.sort_unstable();
    lines.join("\n")
}

/// Fails if the database is not what a new one of this catalog is: by our inspection, by queries that know nothing of it, and
/// by `pg_dump`.
async fn is(database: &TestDb, client: &Client, catalog: &Catalog) -> TestResult {
    let (fresh, other) = server().await?;
    make(&other, catalog).await?;
    let (made, expected) = (found(client).await?, found(&other).await?);
    let left = diff(&made, &expected, &[]);
    if !left.is_empty() || made != expected {
        return Err(format!("left: {left:#?}").into());
    }
    let lines = |lines: Vec<String>| -> Vec<String> { lines.iter().map(|line| sorted_lines(line)).collect() };
    same(lines(described(client).await?), lines(described(&other).await?))?;
    same(dump(database.url()), dump(fresh.url()))
}

fn same(made: Vec<String>, expected: Vec<String>) -> TestResult {
    let over: Vec<_> = made.iter().filter(|line| !expected.contains(line)).collect();
    let missing: Vec<_> = expected.iter().filter(|line| !made.contains(line)).collect();
    if made.len() == expected.len() && over.is_empty() && missing.is_empty() {
        return Ok(());
    }
    Err(format!("left: too much {over:#?}, missing {missing:#?}").into())
}

/// Both halves of the plan.
async fn forth(from: &Catalog, to: &Catalog, planned: &Planned) -> TestResult {
    let (database, client) = server().await?;
    make(&client, from).await?;
    execute(&client, &planned.expand).await?;
    if let Some(contract) = &planned.contract {
        execute(&client, contract).await.map_err(|error| format!("in the contract: {error}"))?;
    }
    is(&database, &client, to).await
}

async fn back(from: &Catalog, _: &Catalog, planned: &Planned) -> TestResult {
    let Down::Plan(down) = &planned.down else { return Ok(()) };
    let (database, client) = server().await?;
    make(&client, from).await?;
    execute(&client, &planned.expand).await?;
    execute(&client, down).await.map_err(|error| format!("on the way down: {error}"))?;
    is(&database, &client, from).await
}

fn offline() -> Options {
    Options { old_code: false, ..Options::default() }
}

#[test]
fn a_few_changes_make_the_one_of_the_other() {
    check(neighbours(), &Options::default(), forth);
}

#[test]
fn any_changes_make_the_one_of_the_other() {
    check(pair(), &Options::default(), forth);
}

#[test]
fn without_old_code_they_do_too() {
    check(pair(), &offline(), forth);
}

#[test]
fn the_way_down_of_a_few_changes_leads_back() {
    check(neighbours(), &Options::default(), back);
}

#[test]
fn the_way_down_leads_back() {
    check(pair(), &Options::default(), back);
}

#[test]
fn without_old_code_the_way_down_leads_back_too() {
    check(pair(), &offline(), back);
}

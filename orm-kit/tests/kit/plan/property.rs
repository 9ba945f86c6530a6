//! What holds of the plan between any two catalogs.

use crate::TestResult;
use crate::schemas::pair;
use crate::server::{run, server};
use orm_kit::catalog::Catalog;
use orm_kit::ddl;
use orm_kit::diff::diff;
use orm_kit::inspect::{Scope, inspect};
use orm_kit::plan::Plan;
use orm_kit::planner::{Down, Options, plan};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use tokio::runtime::Runtime;
use tokio_postgres::Client;

/// Plans between any two catalogs, and runs the plan; as many as fail are told.
fn check(cases: u32, test: impl AsyncFn(Catalog, Catalog) -> TestResult) {
    let runtime = Runtime::new().unwrap();
    let mut runner = TestRunner::default();
    let failures: Vec<String> = (0..cases)
        .filter_map(|_| {
            let (from, to) = pair().new_tree(&mut runner).unwrap().current();
            let changes = format!("{:#?}", diff(&from, &to, &[]));
            runtime.block_on(test(from, to)).err().map(|error| format!("{error}\nby {changes}"))
        })
        .collect();
    assert!(failures.is_empty(), "{} of {cases} fail\n{}", failures.len(), failures.join("\n\n"));
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
    Ok(catalog)
}

/// Fails if the database is not what a new one of this catalog is.
async fn is(client: &Client, catalog: &Catalog) -> TestResult {
    let (_expected, other) = server().await?;
    make(&other, catalog).await?;
    let (made, expected) = (found(client).await?, found(&other).await?);
    let left = diff(&made, &expected, &[]);
    if left.is_empty() && made == expected { Ok(()) } else { Err(format!("left: {left:#?}").into()) }
}

#[test]
fn without_old_code_the_plan_makes_the_one_of_the_other() {
    check(24, async |from: Catalog, to: Catalog| {
        let options = Options { old_code: false, ..Options::default() };
        let planned = plan(&from, &to, &diff(&from, &to, &[]), &options);
        assert_eq!(planned.contract, None);
        let (_database, client) = server().await?;
        make(&client, &from).await?;
        execute(&client, &planned.expand).await?;
        is(&client, &to).await
    });
}

#[test]
fn the_plan_and_its_contract_make_the_one_of_the_other() {
    check(24, async |from: Catalog, to: Catalog| {
        let planned = plan(&from, &to, &diff(&from, &to, &[]), &Options::default());
        let (_database, client) = server().await?;
        make(&client, &from).await?;
        execute(&client, &planned.expand).await?;
        if let Some(contract) = &planned.contract {
            execute(&client, contract).await?;
        }
        is(&client, &to).await
    });
}

#[test]
fn the_way_down_leads_back() {
    check(24, async |from: Catalog, to: Catalog| {
        let planned = plan(&from, &to, &diff(&from, &to, &[]), &Options::default());
        let Down::Plan(down) = &planned.down else { return Ok(()) };
        let (_database, client) = server().await?;
        make(&client, &from).await?;
        execute(&client, &planned.expand).await?;
        execute(&client, down).await?;
        is(&client, &from).await
    });
}

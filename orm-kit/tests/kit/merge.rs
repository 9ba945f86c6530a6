//! Branches that get along: a database that ran the one first, and one that ran the other first, hold the same.

use crate::apply::lines;
use crate::schemas::branches;
use crate::server::server;
use orm_kit::catalog::Catalog;
use orm_kit::ddl;
use orm_kit::diff::diff;
use orm_kit::inspect::{Scope, inspect};
use orm_kit::merge::Merge;
use orm_kit::migrate::Migrator;
use orm_kit::migration::{Back, Migration, Migrations, New, Snapshot, read_all, write};
use orm_kit::plan::Plan;
use orm_kit::planner::{Options, Planned, plan};
use orm_kit::script::render;
use proptest::prelude::*;
use proptest::test_runner::{TestError, TestRunner};
use std::cell::Cell;
use std::path::Path;
use std::{env, fs, process};
use tokio::runtime::Runtime;

const CASES: u32 = 8;

#[test]
fn branches_that_get_along_may_run_in_either_order() {
    let runtime = Runtime::new().unwrap();
    let folder = env::temp_dir().join(format!("mizzle_{}_merge", process::id()));
    let joined = Cell::new(0);
    let config = ProptestConfig {
        cases: CASES,
        failure_persistence: None,
        max_shrink_iters: 40,
        ..ProptestConfig::default()
    };
    let outcome = TestRunner::new(config).run(&branches(), |[base, one, other]| {
        let tested = runtime.block_on(either_order(&folder, &base, &one, &other)).map_err(|error| {
            let changes = |branch| lines(&diff(&base, branch, &[]));
            TestCaseError::fail(format!("{error}\n{:#?}\n{:#?}", changes(&one), changes(&other)))
        });
        joined.set(joined.get() + u32::from(tested?));
        Ok(())
    });
    // The catalogs are long: what went wrong says enough of them.
    let failure = outcome.err().map(|error| match error {
        TestError::Fail(reason, _) => reason.to_string(),
        TestError::Abort(reason) => reason.to_string(),
    });
    assert_eq!(failure, None, "{}", failure.as_deref().unwrap_or_default());
    assert!(joined.get() > CASES / 4, "only {} of {CASES} get along", joined.get());
}

/// Nothing to be seen if they do not get along.
async fn either_order(
    folder: &Path,
    base: &Catalog,
    one: &Catalog,
    other: &Catalog,
) -> Result<bool, Box<dyn std::error::Error>> {
    let merge = merged(folder, base, one, other)?;
    if !merge.conflicts.is_empty() {
        return Ok(false);
    }
    let (one, other) = (("one", one), ("other", other));
    let wanted = left(&merge.catalog, &[]).await?;
    for order in [[one, other], [other, one]] {
        let differs = diff(&left(base, &order).await?, &wanted, &[]);
        if !differs.is_empty() {
            return Err(format!("{} first: {differs:#?}", order[0].0).into());
        }
    }
    Ok(true)
}

/// What the kit says of the history `base`, `one` beside `other`.
fn merged(
    folder: &Path,
    base: &Catalog,
    one: &Catalog,
    other: &Catalog,
) -> Result<Merge, Box<dyn std::error::Error>> {
    let nothing = Plan::default();
    let _ = fs::remove_dir_all(folder);
    let put = |name, catalog: &Catalog, parents: &[&str]| -> Result<String, Box<dyn std::error::Error>> {
        let parents = parents.iter().map(ToString::to_string).collect();
        let snapshot = Snapshot { parents, catalog: catalog.clone() };
        let down = Back::By(&nothing);
        let new = New { name, head: "", plan: &nothing, contract: false, down, snapshot: &snapshot };
        let path = write(folder, &new)?;
        Ok(path.file_name().unwrap_or_default().to_string_lossy().into_owned())
    };
    let base = put("base", base, &[])?;
    put("one", one, &[&base])?;
    put("other", other, &[&base])?;
    let merge = Merge::new(&read_all(folder)?)?;
    fs::remove_dir_all(folder)?;
    Ok(merge)
}

/// What a database holds that was made as `base`, and on which the migrations ran that were written of it, one behind the
/// other.
async fn left(base: &Catalog, branches: &[(&str, &Catalog)]) -> Result<Catalog, Box<dyn std::error::Error>> {
    let made: String = ddl::create_all(base).iter().map(|sql| format!("{sql};\n")).collect();
    let mut texts = vec![("base".to_owned(), format!("set check_function_bodies to off;\n{made}"))];
    for (name, branch) in branches {
        let Planned { expand, contract, down: _ } =
            plan(base, branch, &diff(base, branch, &[]), &Options::default());
        texts.push(((*name).to_owned(), render(&expand, false)));
        texts.extend(contract.map(|plan| (format!("{name}_contract"), render(&plan, true))));
    }
    let mut list: Vec<Migration> = Vec::new();
    for (name, text) in &texts {
        let parent = list.last().map(Migration::name);
        list.push(Migration::new(name, text, None, parent.as_slice()));
    }
    let (db, client) = server().await?;
    let migrator = Migrator::new(db.url()).migrations(Migrations::new(list)?).contract(true);
    if let Err(error) = migrator.run(&mut ()).await {
        return Err(format!("{error}: {}", error.detail().unwrap_or_default()).into());
    }
    Ok(inspect(&client, &Scope::default().except("mizzle")).await?.catalog)
}

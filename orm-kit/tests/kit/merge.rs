//! Branches that get along: a database that ran the one first, and one that ran the other first, hold the same.

use crate::apply::lines;
use crate::diff::found;
use crate::schemas::branches;
use crate::server::server;
use orm_kit::catalog::Catalog;
use orm_kit::ddl;
use orm_kit::diff::diff;
use orm_kit::merge::Merge;
use orm_kit::migrate::Migrator;
use orm_kit::migration::{Back, Migration, Migrations, New, Snapshot, read_all, write};
use orm_kit::plan::Plan;
use orm_kit::planner::{Options, Planned, plan};
use orm_kit::script::render;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::error::Error;
use std::path::Path;
use std::{env, fs, process};
use tokio::runtime::Runtime;

/// The branches are always the same; `MIZZLE_PAIRS=200:7` tries as many others, by that seed.
#[test]
fn branches_that_get_along_may_run_in_either_order() {
    let wanted = env::var("MIZZLE_PAIRS").unwrap_or_else(|_| "12:0".to_owned());
    let (count, seed) = wanted.split_once(':').unwrap();
    let (count, seed): (u32, u64) = (count.parse().unwrap(), seed.parse().unwrap());
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let runtime = Runtime::new().unwrap();
    let folder = env::temp_dir().join(format!("mizzle_{}_merge", process::id()));
    let (mut joined, mut failures) = (0, Vec::new());
    for _ in 0..count {
        let [base, one, other] = branches().new_tree(&mut runner).unwrap().current();
        match runtime.block_on(either_order(&folder, &base, &one, &other)) {
            Ok(along) => joined += u32::from(along),
            Err(error) => {
                let changes = |branch| lines(&diff(&base, branch, &[]));
                failures.push(format!("{error}\n{:#?}\n{:#?}", changes(&one), changes(&other)));
            }
        }
    }
    assert!(failures.is_empty(), "{} of {count} fail\n{}", failures.len(), failures.join("\n\n"));
    assert!(joined > count / 4, "only {joined} of {count} get along");
}

/// Nothing is to be seen if they do not get along.
async fn either_order(
    folder: &Path,
    base: &Catalog,
    one: &Catalog,
    other: &Catalog,
) -> Result<bool, Box<dyn Error>> {
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
fn merged(folder: &Path, base: &Catalog, one: &Catalog, other: &Catalog) -> Result<Merge, Box<dyn Error>> {
    let nothing = Plan::default();
    let _ = fs::remove_dir_all(folder);
    let put = |name, catalog: &Catalog, parents: &[&str]| -> Result<String, Box<dyn Error>> {
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
async fn left(base: &Catalog, branches: &[(&str, &Catalog)]) -> Result<Catalog, Box<dyn Error>> {
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
    client.batch_execute("drop schema mizzle cascade").await?;
    found(&client).await
}

//! How long the kit takes with a schema of 1,000 tables.
//!
//! Each line is the best of three, and what it must not be more than; the program fails if one is.

mod schema;

use orm_kit::catalog::Catalog;
use orm_kit::ddl;
use orm_kit::diff::diff;
use orm_kit::drift::drift;
use orm_kit::generate::Generation;
use orm_kit::inspect::{Scope, inspect};
use orm_kit::migration::{Migrations, read_all};
use orm_kit::planner::Options;
use orm_kit::pull::pull;
use orm_testing::TestDb;
use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};
use std::{env, fs, process};

type Result<T, E = Box<dyn Error>> = std::result::Result<T, E>;

/// What generating and pulling may take.
const LIMIT: Duration = Duration::from_secs(2);

const TABLES: usize = 1000;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let folder = env::temp_dir().join(format!("mizzle_bench_kit_{}", process::id()));
    let measured = measure(&folder).await;
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let slow = measured?.iter().filter(|(_, took)| *took > LIMIT).count();
    if slow > 0 {
        return Err(format!("{slow} took longer than {LIMIT:?}").into());
    }
    Ok(())
}

async fn measure(folder: &Path) -> Result<Vec<(&'static str, Duration)>> {
    let schema = schema::schema(TABLES);
    let changed = schema::changed(&schema);
    let database = TestDb::new().await?;
    let mut client = orm_postgres::connect_driver(database.url()).await?;
    let statements = ddl::create_all(&schema);
    let begun = Instant::now();
    client.batch_execute(&statements.join(";\n")).await?;
    println!("{TABLES} tables in {} statements, which take the server {:?}", statements.len(), begun.elapsed());

    let mut measured = Vec::new();
    let mut note = |name, took: Duration| {
        println!("{name:<40} {:>6} ms", took.as_millis());
        measured.push((name, took));
    };
    let mut best = Duration::MAX;
    for round in 0..3 {
        best = best.min(generate(&folder.join(round.to_string()), &schema)?);
    }
    note("generate the first migration", best);
    let first = folder.join("0");
    note("generate another", thrice(async || generate(&first, &changed).map(drop)).await?);
    note("generate and find nothing", thrice(async || nothing(&first, &changed)).await?);
    note("pull", thrice(async || {
        let found = inspect(&client, &Scope::default()).await?;
        assert_eq!(found.catalog.tables.len(), TABLES);
        drop(pull(&found.catalog));
        Ok(())
    }).await?);
    let mut best = Duration::MAX;
    for _ in 0..3 {
        let begun = Instant::now();
        let found = drift(&mut client, &schema, &[], &[]).await?;
        assert!(found.is_empty(), "{:#?}", found.changes);
        best = best.min(begun.elapsed());
    }
    note("check a database", best);
    Ok(measured)
}

/// Writes the next migration to `schema`.
fn generate(folder: &Path, schema: &Catalog) -> Result<Duration> {
    let begun = Instant::now();
    let migrations = if folder.exists() { read_all(folder)? } else { Migrations::default() };
    let generation = Generation::new(&migrations, schema, &[], &Options::default())?;
    generation.write(folder, Some("step"))?;
    Ok(begun.elapsed())
}

fn nothing(folder: &Path, schema: &Catalog) -> Result<()> {
    let generation = Generation::new(&read_all(folder)?, schema, &[], &Options::default())?;
    assert!(generation.is_empty(), "{:#?}", diff(&Catalog::default(), schema, &[]).len());
    Ok(())
}

/// The shortest of three times.
async fn thrice(work: impl AsyncFn() -> Result<()>) -> Result<Duration> {
    let mut best = Duration::MAX;
    for _ in 0..3 {
        let begun = Instant::now();
        work().await?;
        best = best.min(begun.elapsed());
    }
    Ok(best)
}

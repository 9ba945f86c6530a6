//! How long the kit takes with a schema of 1,000 tables.
//!
//! Each line is the best of three; the program fails if one takes longer than two seconds.

mod schema;

use orm_kit::catalog::Catalog;
use orm_kit::ddl;
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

/// What each may take.
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
        return Err(format!("{slow} of them took longer than {LIMIT:?}").into());
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
    println!(
        "{TABLES} tables by {} statements, which take the server {:.1?}",
        statements.len(),
        begun.elapsed()
    );

    let mut measured = Vec::new();
    for name in ["generate the first", "generate another", "generate, and find nothing", "pull", "check"] {
        let mut best = Duration::MAX;
        for round in 0..3 {
            let (first, next) = (folder.join("first"), folder.join(format!("{name} {round}")));
            let begun = Instant::now();
            match name {
                "generate the first" if round == 0 => generate(&first, &schema, &first)?,
                "generate the first" => generate(&next, &schema, &next)?,
                "generate another" => generate(&first, &changed, &next)?,
                "generate, and find nothing" => assert!(generation(&first, &schema)?.is_empty()),
                "pull" => {
                    let found = inspect(&client, &Scope::default()).await?;
                    assert_eq!(found.catalog.tables.len(), TABLES);
                    drop(pull(&found.catalog));
                }
                _ => assert!(drift(&mut client, &schema, &[], &[]).await?.is_empty()),
            }
            best = best.min(begun.elapsed());
        }
        println!("{name:<30} {:>6} ms", best.as_millis());
        measured.push((name, best));
    }
    Ok(measured)
}

/// Writes the migration behind those in `folder` to another.
fn generate(folder: &Path, schema: &Catalog, to: &Path) -> Result<()> {
    generation(folder, schema)?.write(to, Some("step"))?;
    Ok(())
}

fn generation(folder: &Path, schema: &Catalog) -> Result<Generation> {
    let migrations = if folder.exists() { read_all(folder)? } else { Migrations::default() };
    Ok(Generation::new(&migrations, schema, &[], &Options::default())?)
}

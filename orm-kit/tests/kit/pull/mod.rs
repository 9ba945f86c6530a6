//! What is pulled is Rust that compiles, and declares what the database holds.
//!
//! The files of Rust here are what `pull` writes of the SQL beside them, and are compiled with this test. After a change that is meant,
//! `PULL=overwrite` writes them anew.

mod again;
#[rustfmt::skip]
#[allow(dead_code, unreachable_pub, missing_docs, reason = "it is written for a module of its own")]
mod any_0;
#[rustfmt::skip]
#[allow(dead_code, unreachable_pub, missing_docs, reason = "it is written for a module of its own")]
mod any_1;
#[rustfmt::skip]
#[allow(dead_code, unreachable_pub, missing_docs, reason = "it is written for a module of its own")]
mod any_2;
#[rustfmt::skip]
#[allow(dead_code, unreachable_pub, missing_docs, reason = "it is written for a module of its own")]
mod any_3;
#[rustfmt::skip]
#[allow(dead_code, unreachable_pub, missing_docs, reason = "it is written for a module of its own")]
mod edited;
#[rustfmt::skip]
#[allow(dead_code, unreachable_pub, missing_docs, reason = "it is written for a module of its own")]
mod gigstream;
#[rustfmt::skip]
#[allow(dead_code, unreachable_pub, missing_docs, reason = "it is written for a module of its own")]
mod hostile;
#[rustfmt::skip]
#[allow(dead_code, unreachable_pub, missing_docs, reason = "it is written for a module of its own")]
mod merged;
#[rustfmt::skip]
#[allow(dead_code, unreachable_pub, missing_docs, reason = "it is written for a module of its own")]
mod rich;
#[rustfmt::skip]
#[allow(dead_code, unreachable_pub, missing_docs, reason = "it is written for a module of its own")]
mod video;

use crate::{TestResult, schemas};
use mizzle::Schema;
use orm_kit::catalog::{Catalog, GrantTarget};
use orm_kit::change::Change;
use orm_kit::compiled::{Compiled, compiled};
use orm_kit::ddl;
use orm_kit::describe::Described;
use orm_kit::diff::diff;
use orm_kit::drift::drift;
use orm_kit::inspect::{Scope, inspect};
use orm_kit::pull::{Pulled, pull};
use orm_testing::TestDb;
use std::path::Path;

/// Pulls what `sql` makes, compares it with the file `name` and that, compiled, with the database. Returns what has no words in
/// Rust, and what a check of the database says of that.
async fn pulled(
    sql: &str,
    name: &str,
    source: &str,
    schema: &Schema,
) -> Result<(Vec<String>, Vec<String>), Box<dyn std::error::Error>> {
    let database = TestDb::with_schema(sql).await?;
    let mut client = orm_postgres::connect_driver(database.url()).await?;
    let found = inspect(&client, &Scope::default()).await?;
    let Pulled { source: fresh, said, unsaid, gone: _ } = pull(&found.catalog);
    if is_overwriting() {
        std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kit/pull").join(name), &fresh)?;
        return Err("written anew: run it again without `PULL`".into());
    }
    assert_eq!(fresh, source);
    let Compiled { catalog, renames } = compiled(schema);
    assert_eq!(renames, []);
    assert_eq!(described(&diff(&said, &catalog, &[])), [""; 0]);
    assert!(catalog == said, "they differ in what is no difference");
    let drift = drift(&mut client, &catalog, &[], &[]).await?;
    Ok((unsaid, described(&drift.changes)))
}

/// What has no words of the catalogs that the generator makes, and what a check says of that, is in `any.txt`.
#[tokio::test]
async fn what_the_generator_makes_is_said_or_named() -> TestResult {
    let all = [
        ("any_0.rs", include_str!("any_0.rs"), &any_0::SCHEMA),
        ("any_1.rs", include_str!("any_1.rs"), &any_1::SCHEMA),
        ("any_2.rs", include_str!("any_2.rs"), &any_2::SCHEMA),
        ("any_3.rs", include_str!("any_3.rs"), &any_3::SCHEMA),
    ];
    let mut text = String::new();
    for (number, (name, source, schema)) in (0..).zip(all) {
        let made = ddl::create_all(&without_views(schemas::of(number))).join(";\n");
        let sql = format!("set check_function_bodies = off;\n{made}");
        let found = pulled(&sql, name, source, schema).await;
        if is_overwriting() {
            continue;
        }
        let (unsaid, changes) = found?;
        text += &format!("# {name}\n");
        unsaid.iter().for_each(|line| text += &format!("{line}\n"));
        changes.iter().for_each(|line| text += &format!("    {line}\n"));
    }
    if text != include_str!("any.txt") {
        std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kit/pull/any.txt"), &text)?;
        return Err(format!("`any.txt` says something else, and is written anew:\n{text}").into());
    }
    Ok(())
}

/// Whether a view of one table names it before each column, differs by PostgreSQL's version.
fn without_views(mut catalog: Catalog) -> Catalog {
    let views: Vec<_> = catalog.views.drain(..).map(|view| view.name).collect();
    catalog.grants.retain(|grant| !matches!(&grant.on, GrantTarget::Table(name) if views.contains(name)));
    catalog
}

fn is_overwriting() -> bool {
    std::env::var("PULL").is_ok_and(|word| word == "overwrite")
}

fn described(changes: &[Change]) -> Vec<String> {
    changes.iter().map(|change| Described(change).to_string()).collect()
}

#[tokio::test]
async fn everything_that_has_words_is_said() -> TestResult {
    let (unsaid, changes) =
        pulled(include_str!("rich.sql"), "rich.rs", include_str!("rich.rs"), &rich::SCHEMA).await?;
    assert_eq!(
        unsaid,
        [
            "enum `app.nothing`: it has no labels",
            "table `nothings`: it has no columns",
            "column `app.workers.score`: the blanks around its comment",
            "primary key `workers_pkey` of `app.workers`: its comment",
            "index `workers_name` of `app.workers`: its comment",
            "index `workers_twice` of `app.workers`: it has a column twice",
            "policy `own` of `app.workers`: its comment",
            "table `children`: that it inherits from others",
            "partition `events_2026`: its constraint `events_2026_check`",
            "exclusion `never` of `plans`: its operator classes, order or time of checking",
            "foreign key `wide` of `plans`: its columns are of other types than those that they reference",
            "routine `app.touch`: its comment",
            "schema `app`: its comment",
            "schema `empty`: nothing is in it",
        ]
    );
    // A check leaves that alone.
    assert_eq!(changes, [""; 0]);
    Ok(())
}

#[tokio::test]
async fn names_that_are_none_in_rust_are_said_by_attributes() -> TestResult {
    let (unsaid, changes) =
        pulled(include_str!("hostile.sql"), "hostile.rs", include_str!("hostile.rs"), &hostile::SCHEMA)
            .await?;
    assert_eq!(unsaid, [""; 0]);
    assert_eq!(changes, [""; 0]);
    Ok(())
}

#[tokio::test]
async fn what_gigstream_makes_is_pulled_whole() -> TestResult {
    let sql = crate::gigstream::schema::SCHEMA.create_sql();
    let (unsaid, changes) =
        pulled(&sql, "gigstream.rs", include_str!("gigstream.rs"), &gigstream::SCHEMA).await?;
    assert_eq!(unsaid, [""; 0]);
    assert_eq!(changes, [""; 0]);
    Ok(())
}

#[tokio::test]
async fn video_conferences_are_pulled_whole() -> TestResult {
    let (unsaid, changes) =
        pulled(include_str!("video.sql"), "video.rs", include_str!("video.rs"), &video::SCHEMA).await?;
    assert_eq!(unsaid, [""; 0]);
    assert_eq!(changes, [""; 0]);
    Ok(())
}

//! Pulling into a file that is there.

use super::{described, edited, merged};
use crate::TestResult;
use orm_kit::compiled::{Compiled, compiled};
use orm_kit::diff::diff;
use orm_kit::inspect::{Scope, inspect};
use orm_kit::pull::{Pulled, pull, pull_again};
use orm_testing::TestDb;

#[tokio::test]
async fn what_is_as_it_was_pulled_stays() -> TestResult {
    for sql in [include_str!("rich.sql"), include_str!("hostile.sql"), include_str!("video.sql")] {
        let database = TestDb::with_schema(sql).await?;
        let client = orm_postgres::connect_driver(database.url()).await?;
        let catalog = inspect(&client, &Scope::default()).await?.catalog;
        let first = pull(&catalog);
        let again = pull_again(&catalog, &first.source)?;
        assert_eq!(again.source, first.source);
        assert_eq!(again, first);
    }
    Ok(())
}

#[tokio::test]
async fn what_a_person_made_of_it_stays() -> TestResult {
    let database = TestDb::with_schema(include_str!("edited.sql")).await?;
    let client = orm_postgres::connect_driver(database.url()).await?;
    let file = include_str!("edited.rs");
    let catalog = inspect(&client, &Scope::default()).await?.catalog;
    let Pulled { source, gone, .. } = pull_again(&catalog, file)?;
    assert_eq!(source, file);
    assert_eq!(gone, [""; 0]);
    client.batch_execute(include_str!("changed.sql")).await?;
    let catalog = inspect(&client, &Scope::default()).await?.catalog;
    let Pulled { source, said, unsaid, gone } = pull_again(&catalog, file)?;
    if std::env::var("PULL").is_ok_and(|word| word == "overwrite") {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/kit/pull/merged.rs"), source)?;
        return Err("written anew: run it again without `PULL`".into());
    }
    assert_eq!(source, include_str!("merged.rs"));
    assert_eq!(unsaid, [""; 0]);
    assert_eq!(
        gone,
        [
            "`workers.born`: taken out of `Employee`",
            "table `notes`: the database has none; `Note` stays in the file",
        ]
    );
    assert_eq!(pull_again(&catalog, &source)?.source, source);
    // The person says more than the database: comments, a table that is gone, and a view as a select of Rust.
    let Compiled { catalog, .. } = compiled(&merged::SCHEMA);
    let differs = described(&diff(&said, &catalog, &[]));
    let names: Vec<_> = differs.iter().filter_map(|line| line.split(':').next()).collect();
    assert_eq!(
        names,
        [
            "- view `old_workers`",
            "~ enum `status`",
            "+ table `notes`",
            "+ view `old_workers`",
            "~ table `workers`",
        ]
    );
    assert_eq!(compiled(&edited::SCHEMA).catalog.tables.len(), 3);
    Ok(())
}

#[test]
fn a_file_that_is_no_rust_is_named_by_its_line() {
    let error =
        pull_again(&orm_kit::catalog::Catalog::default(), "//! A schema.\n\npub struct {").unwrap_err();
    let message = "the schema is no Rust, see its line 3: cannot parse string into token stream; mend it, or pull into another file by `--out`";
    assert_eq!(error.to_string(), message);
}

#[test]
fn an_empty_schema_is_filled() {
    use orm_kit::catalog::{Catalog, Column, Name, Sequence, SequenceOptions, Table};
    let mut jobs = Table::new(Name::new("public", "jobs"));
    jobs.columns.push(Column::new("id", "bigint"));
    let sequence = Sequence {
        name: Name::new("public", "numbers"),
        ty: "bigint".to_owned(),
        options: SequenceOptions::default(),
        owned_by: None,
        comment: None,
    };
    let catalog = Catalog { tables: vec![jobs], sequences: vec![sequence], ..Catalog::default() };
    let file = "//! The tables of this project.\n\nuse mizzle::prelude::*;\n\n/// Everything that the database holds.\npub const SCHEMA: Schema = schema![];\n";
    let pulled = pull_again(&catalog, file).unwrap();
    assert_eq!(
        pulled.source,
        r#"//! The tables of this project.

use mizzle::object::*;
use mizzle::prelude::*;

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "jobs")]
pub struct Job {
    pub id: i64,
}

/// Everything that the database holds.
pub const SCHEMA: Schema = schema![
    Job,
    ;
    sequence("numbers"),
];
"#
    );
}

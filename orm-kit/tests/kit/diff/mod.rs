//! Differences of catalogs: what they are, and that a server takes them in their order.

mod candidate;
mod order;
mod property;
mod rename;

use crate::TestResult;
use crate::apply::apply;
use crate::server::{run, server};
use orm_kit::catalog::{Catalog, Column, ForeignKey, Index, Name, PrimaryKey, Table, Timing, View};
use orm_kit::change::Change;
use orm_kit::ddl;
use orm_kit::diff::diff;
use orm_kit::inspect::{Scope, inspect};
use std::collections::BTreeMap;
use tokio_postgres::Client;

async fn make(client: &Client, catalog: &Catalog) -> TestResult {
    run(client, &["set check_function_bodies = off".to_owned()]).await?;
    run(client, &ddl::create_all(catalog)).await
}

/// What is there, the columns of tables by name, and so those of views that select all.
pub(crate) async fn found(client: &Client) -> Result<Catalog, Box<dyn std::error::Error>> {
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

/// The changes make, of a database that holds `from`, one that holds `to`.
async fn makes(from: &Catalog, changes: &[Change], to: &Catalog) -> TestResult {
    let (_database, client) = server().await?;
    make(&client, from).await?;
    apply(&client, changes, to).await?;
    let (_expected, other) = server().await?;
    make(&other, to).await?;
    let (made, expected) = (found(&client).await?, found(&other).await?);
    let left = diff(&made, &expected, &[]);
    if !left.is_empty() || made != expected {
        return Err(format!("left: {left:#?}").into());
    }
    Ok(())
}

fn public(name: &str) -> Name {
    Name::new("public", name)
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(ToString::to_string).collect()
}

/// A table of columns that are not NULL, with a key of the first.
fn table(name: &str, columns: &[(&str, &str)]) -> Table {
    let key = columns.first().map(|(column, _)| PrimaryKey {
        name: format!("{name}_pkey"),
        columns: strings(&[column]),
        include: Vec::new(),
        timing: Timing::default(),
        comment: None,
    });
    Table {
        columns: columns.iter().map(|(name, ty)| Column::new(*name, *ty)).collect(),
        primary_key: key,
        ..Table::new(public(name))
    }
}

fn foreign_key(table: &str, column: &str, target: &str) -> ForeignKey {
    ForeignKey {
        name: format!("{table}_{column}_fkey"),
        columns: strings(&[column]),
        table: public(target),
        targets: strings(&["id"]),
        on_delete: Default::default(),
        on_update: Default::default(),
        matching: Default::default(),
        timing: Timing::default(),
        validated: true,
        comment: None,
    }
}

fn index(name: &str, column: &str) -> Index {
    crate::index::index(name, "btree", vec![crate::index::key(column)])
}

fn view(name: &str, query: &str) -> View {
    View {
        name: public(name),
        materialized: false,
        query: query.to_owned(),
        columns: Vec::new(),
        with: BTreeMap::new(),
        indexes: Vec::new(),
        comment: None,
    }
}

fn catalog(tables: Vec<Table>, views: Vec<View>) -> Catalog {
    Catalog { tables, views, ..Catalog::default() }
}

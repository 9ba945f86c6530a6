//! What one large query adds to checking a crate that has its tables.

use crate::report::line;
use crate::{Result, by_mizzle, crates, measure};
use std::fmt::Write;
use std::path::{Path, PathBuf};

const TABLES: usize = 25;

/// CPU seconds that a query may add.
const MOST: f64 = 0.3;

pub fn measure() -> Result<()> {
    let folder = crates::folder()?;
    println!("CPU seconds of a check of {TABLES} tables, and what one query adds");
    let queries = [
        ("none", "no query", String::new()),
        ("24-joins", "a query of 24 joins", joins(TABLES - 1)),
        ("12-joins", "a query of 12 joins", joins(TABLES / 2)),
        ("16-expressions", "16 expressions with grouping", grouped()),
    ];
    let mut packages = Vec::new();
    for (name, _, query) in &queries {
        packages.push(generate(&folder, name, query)?);
    }
    let mut costs = queries.iter().map(|(_, title, _)| title).zip(measure::check(&packages)?);
    let Some((title, base)) = costs.next() else { return Ok(()) };
    println!("{title:<34}{:>8.2}", base.seconds);
    for (title, cost) in costs {
        let added = cost.seconds - base.seconds;
        line(added < MOST, &format!("{title}: {added:.2} (below {MOST:.2})"));
    }
    Ok(())
}

fn generate(folder: &Path, name: &str, query: &str) -> Result<PathBuf> {
    let mut text = String::from("use mizzle::prelude::*;\n");
    for number in 0..TABLES {
        write!(
            text,
            "\n#[derive(Table, Debug)]\n#[orm(table = \"t{number}\")]\npub struct T{number} {{\n    \
             #[orm(primary_key)]\n    pub id: i64,\n    pub parent_id: i64,\n    pub name: String,\n    \
             pub note: Option<String>,\n    pub score: i32,\n}}\n"
        )?;
    }
    text += query;
    let files = [("src/lib.rs".to_owned(), text)];
    crates::write(&folder.join(format!("query-{name}")), by_mizzle::DEPENDENCIES, "", &files)
}

fn joins(count: usize) -> String {
    let mut query = String::from(
        "\npub async fn found(db: &Client, score: i32) -> Result<Vec<(String, i64, String)>, mizzle::Error> {\n",
    );
    query += &format!("    select((T0.name, T{}.id, T{count}.name))\n        .from(T0)\n", count / 2);
    for number in 1..=count {
        let before = number - 1;
        query += &format!("        .join(T{number}, T{number}.parent_id.eq(T{before}.id))\n");
    }
    query += &format!(
        "        .filter(T{}.score.gt(score))\n        .order_by(T{count}.id)\n        .all(db)\n        .await\n}}\n",
        count / 2
    );
    query
}

fn grouped() -> String {
    let expressions = [
        "T0.name",
        "T0.score",
        "count()",
        "count_of(T1.note)",
        "sum(T1.score)",
        "avg(T1.score)",
        "min(T1.score)",
        "max(T1.score)",
        "min(T1.name)",
        "max(T1.name)",
        "sum(T1.score + 1)",
        "bool_and(T1.score.gt(5))",
        "bool_or(T1.score.lt(5))",
        "lower(T0.name)",
        "coalesce(max(T1.note), \"\")",
        "count().filter(T1.score.gt(7))",
    ];
    format!(
        "\npub async fn found(db: &Client) -> Result<u64, mizzle::Error> {{\n    let rows = select((\n        {},\n    ))\n        \
         .from(T0)\n        .join(T1, T1.parent_id.eq(T0.id))\n        .group_by((T0.name, T0.score))\n        \
         .having(count().gt(3))\n        .order_by(T0.name)\n        .all(db)\n        .await?;\n    \
         Ok(rows.len() as u64)\n}}\n",
        expressions.join(",\n        ")
    )
}

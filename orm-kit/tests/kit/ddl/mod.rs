//! The text of DDL, and that a server takes it.

mod alter;
mod create;
mod rename;

use crate::TestResult;
use crate::server::{run, server};
use orm_kit::catalog::{Column, Name, Table};

/// The statements are these, and run in a database that holds what `before` makes.
#[track_caller]
fn check(before: &str, statements: &[String], expected: &[&str]) -> impl Future<Output = TestResult> + use<> {
    assert_eq!(statements, expected);
    let (before, statements) = (before.to_owned(), statements.to_vec());
    async move {
        let (_database, client) = server().await?;
        client.batch_execute(&before).await?;
        run(&client, &statements).await
    }
}

fn public(name: &str) -> Name {
    Name::new("public", name)
}

/// A table of columns that may be NULL.
fn table(name: &str, columns: &[(&str, &str)]) -> Table {
    let column = |(name, ty): &(&str, &str)| Column { nullable: true, ..Column::new(*name, *ty) };
    Table { columns: columns.iter().map(column).collect(), ..Table::new(public(name)) }
}

fn strings<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

//! What an inspection finds, kind by kind.

mod canonical;
mod constraint;
mod grant;
mod hostile;
mod index;
mod routine;
mod security;
mod sequence;
mod session;
mod table;
mod types;
mod unmodelled;
mod view;

use orm_kit::catalog::{Catalog, Column, Name, Table};
use orm_kit::inspect::{Inspected, Scope, inspect};
use orm_testing::TestDb;
use tokio_postgres::Client;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// A database that holds what `sql` makes, and a client of it.
async fn database(sql: &str) -> Result<(Client, TestDb)> {
    let database = TestDb::with_schema(sql).await?;
    let client = orm_postgres::connect_driver(database.url()).await?;
    Ok((client, database))
}

/// What is found in a database that holds what `sql` makes.
async fn inspected(sql: &str) -> Result<Inspected> {
    let (client, _database) = database(sql).await?;
    Ok(inspect(&client, &Scope::default()).await?)
}

/// As [`inspected`], where everything that is there can be modelled.
async fn catalog(sql: &str) -> Result<Catalog> {
    let Inspected { catalog, invalid_indexes, unmodelled } = inspected(sql).await?;
    assert_eq!(invalid_indexes, []);
    assert_eq!(unmodelled, []);
    Ok(catalog)
}

/// The one table that `sql` makes.
async fn table(sql: &str) -> Result<Table> {
    let [table] = <[Table; 1]>::try_from(catalog(sql).await?.tables).unwrap();
    Ok(table)
}

fn public(name: &str) -> Name {
    Name::new("public", name)
}

fn nullable(name: &str, ty: &str) -> Column {
    Column { nullable: true, ..Column::new(name, ty) }
}

/// The server's version, such as 15.
async fn version(client: &Client) -> Result<i32> {
    let row = client.query_one("select current_setting('server_version_num')::int / 10000", &[]).await?;
    Ok(row.try_get(0)?)
}

//! The example `gigstream`: what its structs declare and what a server holds of it are one catalog.

#[allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    reason = "written as a library's modules, of which this uses one value"
)]
#[path = "../../../examples/gigstream/schema/mod.rs"]
pub(crate) mod schema;

use crate::TestResult;
use orm_kit::compiled::compiled;
use orm_kit::inspect::{Scope, canonical, inspect};
use orm_testing::TestDb;

#[tokio::test]
async fn the_server_holds_what_the_structs_declare() -> TestResult {
    let database = TestDb::with_schema(&schema::SCHEMA.create_sql()).await?;
    let mut client = orm_postgres::connect_driver(database.url()).await?;
    let found = inspect(&client, &Scope::default()).await?;
    assert_eq!(found.unmodelled, []);
    assert_eq!(found.catalog.tables.len(), 8);
    assert_eq!(found.catalog.enums.len(), 7);
    assert_eq!(canonical(&mut client, &compiled(&schema::SCHEMA).catalog).await?, found.catalog);
    Ok(())
}

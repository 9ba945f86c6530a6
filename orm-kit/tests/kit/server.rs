//! A database to run statements in.

use crate::TestResult;
use orm_testing::TestDb;
use tokio_postgres::Client;

/// An empty database and a client of it; the database lives as long as the first of the two.
pub(crate) async fn server() -> Result<(TestDb, Client), Box<dyn std::error::Error>> {
    let db = TestDb::new().await?;
    let client = orm_postgres::connect_driver(db.url()).await?;
    Ok((db, client))
}

/// Runs each statement by itself; an error says which.
pub(crate) async fn run(client: &Client, statements: &[String]) -> TestResult {
    for statement in statements {
        client.batch_execute(statement).await.map_err(|error| {
            let message = error.as_db_error().map_or_else(|| error.to_string(), ToString::to_string);
            format!("{message}\n    in {statement}")
        })?;
    }
    Ok(())
}

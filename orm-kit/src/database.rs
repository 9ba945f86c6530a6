//! Making the database that a URL names.

use crate::error::Error;
use orm_core::sql::quote_ident;

/// `invalid_catalog_name`: there is no such database.
const MISSING: &str = "3D000";

/// What a server says if somebody else has just made it: `duplicate_database`, or `unique_violation` in the catalog.
const THERE: &[&str] = &["42P04", "23505"];

/// Makes the database of this URL if the server has none of that name, and says then what it is called.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let database = orm_testing::TestDb::new().await?;
/// assert_eq!(orm_kit::database::create_if_missing(database.url()).await?, None);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// If the server cannot be reached, or does not let this user make a database.
pub async fn create_if_missing(url: &str) -> Result<Option<String>, Error> {
    match orm_postgres::connect_driver(url).await {
        Err(error) if error.sqlstate() == Some(MISSING) => {}
        Err(error) => return Err(error.into()),
        Ok(_) => return Ok(None),
    }
    let name = orm_postgres::database_name(url)?.unwrap_or_default();
    let mut client = orm_postgres::connect_driver_to(url, "postgres").await;
    if client.as_ref().is_err_and(|error| error.sqlstate() == Some(MISSING)) {
        client = orm_postgres::connect_driver_to(url, "template1").await;
    }
    let sql = format!("create database {}", quote_ident(&name));
    match client?.batch_execute(&sql).await.map_err(Error::driver) {
        Err(error) if error.sqlstate().is_some_and(|state| THERE.contains(&state)) => Ok(None),
        made => made.map(|()| Some(name)).map_err(|error| error.of_statement(&sql)),
    }
}

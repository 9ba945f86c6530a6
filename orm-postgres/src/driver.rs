//! A connection of the driver, for what runs scripts rather than statements.

use crate::error::{Error, Kind};
use crate::server::Server;
use std::time::Duration;
use tokio::time::timeout;

/// As long as a pool waits for a connection unless it is told otherwise.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A tokio-postgres client of the server of this URL, with TLS as the URL asks for: what a tool needs whose SQL no
/// compiler knew. It lives on a task of its own, which ends when the client is dropped.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let database = orm_testing::TestDb::new().await?;
/// let client = orm_postgres::connect_driver(database.url()).await?;
/// let row = client.query_one("show server_version_num", &[]).await?;
/// assert!(row.get::<_, &str>(0) >= "130000");
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// As [`Client::connect`](crate::Client::connect).
pub async fn connect_driver(url: &str) -> Result<tokio_postgres::Client, Error> {
    connect(Server::new(url)?).await
}

/// A client as of [`connect_driver`], of another database of the same server.
///
/// # Errors
/// As [`Client::connect`](crate::Client::connect).
pub async fn connect_driver_to(url: &str, database: &str) -> Result<tokio_postgres::Client, Error> {
    connect(Server::new(url)?.with_database(database)).await
}

/// What the database of this URL is called; as its user if the URL does not say, and nothing if it names neither.
///
/// ```
/// let name = orm_postgres::database_name("postgres://ada@localhost/app?sslmode=disable")?;
/// assert_eq!(name.as_deref(), Some("app"));
/// # Ok::<(), orm_postgres::Error>(())
/// ```
///
/// # Errors
/// If it is no URL of a server.
pub fn database_name(url: &str) -> Result<Option<String>, Error> {
    Ok(Server::new(url)?.database().map(str::to_owned))
}

async fn connect(server: Server) -> Result<tokio_postgres::Client, Error> {
    let (client, connection) = timeout(CONNECT_TIMEOUT, server.connect()).await.map_err(|_| {
        Error::new(Kind::ConnectTimeout { server: server.name().to_owned(), wait: CONNECT_TIMEOUT })
    })??;
    // An error of the connection is also the error of the statement that it ends.
    tokio::spawn(async { drop(connection.await) });
    Ok(client)
}

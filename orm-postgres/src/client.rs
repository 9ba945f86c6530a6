//! One connection, held.

use crate::connection::{Connection, Settings};
use crate::db::Db;
use crate::error::Error;
use crate::pool::Owned;
use crate::transaction_builder::{BEGIN, Place, TransactionBuilder};
use crate::tx::{Tx, transact};
use std::sync::Arc;

/// One connection, held until it is dropped: out of a pool ([`Db::client`]) or by itself ([`Client::connect`]).
///
/// Statements that are polled together on one client are pipelined.
///
/// ```
/// # use mizzle::prelude::*;
/// # #[derive(Table)]
/// # #[orm(table = "notes")]
/// # struct Note { #[orm(primary_key, identity)] id: i64, #[orm(unique)] body: String }
/// # #[tokio::main]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let database = orm_testing::TestDb::with_schema(&schema![Note].create_sql()).await?;
/// # let db = Db::connect(database.url()).await?;
/// let client = db.client().await?;
/// insert(Note).set(Note.body, "one").execute(&client).await?;
/// assert!(select(Note).exists(&client).await?);
/// # Ok(())
/// # }
/// ```
pub struct Client {
    connection: Arc<Owned>,
}

impl Client {
    pub(crate) fn new(connection: Owned) -> Self {
        Client { connection: Arc::new(connection) }
    }

    /// A connection of its own, outside any pool, with the default settings.
    ///
    /// The URL also says how much TLS it must have: see [`DbBuilder`](crate::DbBuilder#tls). What is not local is
    /// verified unless it says otherwise.
    ///
    /// # Errors
    /// When the URL cannot be read, the server cannot be reached, there is no TLS with it as the URL asks for, or it
    /// refuses the user or the database.
    pub async fn connect(url: &str) -> Result<Self, Error> {
        let settings: Arc<Settings> = Db::builder(url).settings()?;
        Connection::open(settings).await.map(|connection| Client::new(Owned::Own(Box::new(connection))))
    }

    /// Runs `work` in a transaction on this connection: committed when it returns `Ok`, rolled back when it returns an
    /// error, panics or is dropped.
    ///
    /// # Errors
    /// As [`Db::transaction`].
    pub async fn transaction<T, E, F>(&mut self, work: F) -> Result<T, E>
    where
        F: AsyncFnOnce(&Tx) -> Result<T, E>,
        E: From<Error>,
    {
        self.connection.check_idle()?;
        transact(self.connection.clone(), BEGIN, work).await
    }

    /// A transaction with a level of isolation or a mode of its own; as [`Db::build_transaction`].
    pub fn build_transaction(&mut self) -> TransactionBuilder<'_> {
        TransactionBuilder::new(Place::Client(self.connection.clone()))
    }

    /// Runs a script of one or more statements, without parameters or results.
    ///
    /// # Errors
    /// When a statement of the script fails; those before it stay done, unless they are in a transaction.
    pub async fn batch_execute(&self, sql: &str) -> Result<(), Error> {
        self.connection.check_idle()?;
        self.connection.batch_execute(sql).await
    }

    /// How many prepared statements the connection keeps.
    pub fn cached_statements(&self) -> usize {
        self.connection.cached_statements()
    }

    pub(crate) fn connection(&self) -> &Arc<Owned> {
        &self.connection
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").finish_non_exhaustive()
    }
}

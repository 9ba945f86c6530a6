//! The database: a pool of connections.

use crate::builder::DbBuilder;
use crate::client::Client;
use crate::connection::{Boxed, Settings};
use crate::error::{Error, Kind};
use crate::observe::Hook;
use crate::pool::{Manager, Owned, Pool, Pooled};
use crate::transaction_builder::{BEGIN, Place, TransactionBuilder};
use crate::tx::{Tx, transact};
use deadpool::Runtime;
use deadpool::managed::{PoolError, TimeoutType, Timeouts};
use std::sync::Arc;
use std::time::Duration;

/// A pool of connections to one database. Cloning it gives another handle to the same pool.
///
/// ```no_run
/// # async fn run() -> Result<(), orm_postgres::Error> {
/// let db = orm_postgres::Db::connect("postgres://app@localhost/app").await?;
/// db.batch_execute("create table if not exists notes (body text not null)").await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Db {
    pool: Pool,
    wait_timeout: Duration,
}

/// A connection that is there already: taken without a timer.
const AT_ONCE: Timeouts = Timeouts { wait: Some(Duration::ZERO), create: None, recycle: None };

impl Db {
    /// A pool with the default settings, and its first connection.
    ///
    /// The URL also says how much TLS it must have: see [`DbBuilder`](crate::DbBuilder#tls). What is not local is
    /// verified unless it says otherwise.
    ///
    /// # Errors
    /// When the URL cannot be read, the server cannot be reached, there is no TLS with it as the URL asks for, or it
    /// refuses the user or the database.
    pub async fn connect(url: &str) -> Result<Self, Error> {
        Db::builder(url).connect().await
    }

    /// Settings for a pool.
    pub fn builder(url: &str) -> DbBuilder {
        DbBuilder::new(url)
    }

    pub(crate) fn new(settings: Arc<Settings>, size: usize, wait_timeout: Duration) -> Result<Self, Error> {
        let pool = Pool::builder(Manager { settings })
            .max_size(size)
            .runtime(Runtime::Tokio1)
            .build()
            // Only a missing runtime can fail, and it is named.
            .map_err(|_| Error::new(Kind::PoolClosed))?;
        Ok(Db { pool, wait_timeout })
    }

    /// Holds one connection until the client is dropped.
    ///
    /// # Errors
    /// When no connection is free in time, or none can be made.
    pub async fn client(&self) -> Result<Client, Error> {
        self.hold().await.map(|connection| Client::new(Owned::Pooled(connection)))
    }

    /// Runs `work` in a transaction: committed when it returns `Ok`, rolled back when it returns an error, panics or
    /// is dropped.
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
    /// let id: i64 = db
    ///     .transaction(async |tx| {
    ///         let id = insert(Note).set(Note.body, "one").returning(Note.id).one(tx).await?;
    ///         // A savepoint: what fails in it is undone, and the transaction goes on.
    ///         let twice = tx.transaction(async |tx| insert(Note).set(Note.body, "one").execute(tx).await).await;
    ///         assert!(twice.is_err_and(|error: mizzle::Error| error.is_unique_violation()));
    ///         Ok::<_, mizzle::Error>(id)
    ///     })
    ///     .await?;
    /// assert!(select(Note).find(id).exists(&db).await?);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The error may be one of your own, if it is `From<mizzle::Error>`; so Rust does not know it where a closure ends in
    /// a plain `Ok(..)`, and has to be told: `Ok::<_, mizzle::Error>(id)`, or
    /// `async |tx| -> Result<i64, mizzle::Error> { .. }`.
    ///
    /// # Errors
    /// What `work` returns, and what can go wrong with BEGIN and COMMIT. A statement that failed fails COMMIT too, when
    /// `work` does not return its error. If the connection is gone at COMMIT ([`is_closed`](Error::is_closed)), or the
    /// future is dropped while it is under way, nobody knows whether the transaction was kept.
    pub async fn transaction<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: AsyncFnOnce(&Tx) -> Result<T, E>,
        E: From<Error>,
    {
        let connection = self.hold().await?;
        transact(Arc::new(Owned::Pooled(connection)), BEGIN, work).await
    }

    /// A transaction with a level of isolation or a mode of its own: `.isolation(..)`, `.read_only()`, `.deferrable()`,
    /// and `.run(..)` as [`transaction`](Db::transaction) runs.
    pub fn build_transaction(&self) -> TransactionBuilder<'_> {
        TransactionBuilder::new(Place::Pool(self.clone()))
    }

    /// Runs a script of one or more statements, without parameters or results.
    ///
    /// # Errors
    /// When a statement of the script fails; those before it stay done, unless they are in a transaction.
    pub async fn batch_execute(&self, sql: &str) -> Result<(), Error> {
        self.hold().await?.batch_execute(sql).await
    }

    /// Closes the pool: idle connections at once, those in use when their statement or client ends. Every statement
    /// that is started later fails with an error that [`is_closed`](Error::is_closed).
    pub fn close(&self) {
        self.pool.close();
    }

    pub(crate) fn hook(&self) -> Option<&Hook> {
        self.pool.manager().settings.hook.as_ref()
    }

    /// A connection for longer than a statement.
    pub(crate) fn hold(&self) -> Boxed<'_, Pooled> {
        Box::pin(self.connection())
    }

    /// A connection for a statement, whose future has room for waiting.
    pub(crate) async fn connection(&self) -> Result<Pooled, Error> {
        let connection = match self.pool.timeout_get(&AT_ONCE).await {
            Err(PoolError::Timeout(TimeoutType::Wait)) => {
                let timeouts = Timeouts { wait: Some(self.wait_timeout), ..AT_ONCE };
                Box::pin(self.pool.timeout_get(&timeouts)).await
            }
            connection => connection,
        };
        connection.map(Pooled).map_err(|error| self.pool_error(error))
    }

    fn pool_error(&self, error: PoolError<Error>) -> Error {
        match error {
            PoolError::Backend(error) => error,
            PoolError::Timeout(_) => {
                Error::new(Kind::PoolTimeout { wait: self.wait_timeout, size: self.pool.status().max_size })
            }
            PoolError::Closed | PoolError::NoRuntimeSpecified | PoolError::PostCreateHook(_) => {
                Error::new(Kind::PoolClosed)
            }
        }
    }
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let status = self.pool.status();
        f.debug_struct("Db")
            .field("max_connections", &status.max_size)
            .field("connections", &status.size)
            .field("idle", &status.available)
            .finish_non_exhaustive()
    }
}

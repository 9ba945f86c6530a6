//! A transaction, and savepoints inside it.

use crate::connection::Connection;
use crate::error::{Error, Kind};
use crate::observe::Hook;
use crate::pool::Owned;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use tokio_postgres::error::SqlState;

/// A transaction; the closure given to [`Db::transaction`](crate::Db::transaction) runs its statements on it.
///
/// It owns its connection, so the future of a transaction is `Send` and may be spawned.
pub struct Tx {
    session: Arc<Session>,
    /// 1 is the transaction itself, each savepoint is one more.
    level: u32,
}

/// What a transaction and the savepoints inside it share.
struct Session {
    connection: Arc<Owned>,
    /// The innermost open level: the one that statements may run on.
    level: AtomicU32,
    /// A statement failed, or its answer was not waited for: the server may have aborted the transaction.
    suspect: AtomicBool,
}

/// Runs `work` in a transaction on the connection.
pub(crate) async fn transact<T, E, F>(connection: Arc<Owned>, work: F) -> Result<T, E>
where
    F: AsyncFnOnce(&Tx) -> Result<T, E>,
    E: From<Error>,
{
    let session = Session { connection, level: AtomicU32::new(0), suspect: AtomicBool::new(false) };
    run(Arc::new(session), 1, work).await
}

/// Opens the level, runs `work` on it and closes it.
async fn run<T, E, F>(session: Arc<Session>, level: u32, work: F) -> Result<T, E>
where
    F: AsyncFnOnce(&Tx) -> Result<T, E>,
    E: From<Error>,
{
    // The guard is there before anything is sent.
    let guard = Guard::new(session.clone(), level);
    guard.begin().await?;
    let tx = Tx { session, level };
    match work(&tx).await {
        Ok(value) => {
            guard.commit().await?;
            Ok(value)
        }
        Err(error) => {
            guard.rollback().await?;
            Err(error)
        }
    }
}

impl Tx {
    /// Runs `work` in a savepoint: what it did is undone when it returns an error, panics or is dropped, and this
    /// transaction goes on. While it runs, statements on this transaction itself are refused.
    ///
    /// # Errors
    /// What `work` returns, and what can go wrong with the savepoint.
    pub async fn transaction<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: AsyncFnOnce(&Tx) -> Result<T, E>,
        E: From<Error>,
    {
        self.connection()?;
        run(self.session.clone(), self.level + 1, work).await
    }

    /// Runs a script of one or more statements, without parameters or results.
    ///
    /// # Errors
    /// When a statement of the script fails.
    pub async fn batch_execute(&self, sql: &str) -> Result<(), Error> {
        let result = self.connection()?.batch_execute(sql).await;
        if result.is_err() {
            self.note_failure();
        }
        result
    }

    pub(crate) fn connection(&self) -> Result<&Connection, Error> {
        if self.session.level.load(Ordering::Relaxed) == self.level {
            Ok(&self.session.connection)
        } else {
            Err(Error::new(Kind::Suspended))
        }
    }

    pub(crate) fn hook(&self) -> Option<&Hook> {
        self.session.connection.hook()
    }

    pub(crate) fn note_failure(&self) {
        self.session.suspect.store(true, Ordering::Relaxed);
    }
}

impl std::fmt::Debug for Tx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tx").field("level", &self.level).finish_non_exhaustive()
    }
}

/// An open level. Dropped before it is closed, it sends what undoes it, ahead of anything sent later.
struct Guard {
    session: Arc<Session>,
    level: u32,
    closed: bool,
}

impl Guard {
    fn new(session: Arc<Session>, level: u32) -> Self {
        session.level.store(level, Ordering::Relaxed);
        Guard { session, level, closed: false }
    }

    fn is_outermost(&self) -> bool {
        self.level == 1
    }

    async fn begin(&self) -> Result<(), Error> {
        let begin =
            if self.is_outermost() { "begin".to_owned() } else { format!("savepoint s{}", self.level) };
        self.send(&begin).await
    }

    async fn commit(mut self) -> Result<(), Error> {
        let commit =
            if self.is_outermost() { "commit".to_owned() } else { format!("release s{}", self.level) };
        // COMMIT of an aborted transaction is a rollback that the server reports as success: a statement before it
        // makes it say so.
        let suspect = self.is_outermost() && self.session.suspect.load(Ordering::Relaxed);
        let result = self.send(&if suspect { format!("select 1; {commit}") } else { commit }).await;
        match result {
            Ok(()) => {
                self.close();
                Ok(())
            }
            Err(error) if error.is_state(&SqlState::IN_FAILED_SQL_TRANSACTION) => {
                Err(Error::new(Kind::Aborted))
            }
            Err(error) => Err(error),
        }
    }

    async fn rollback(mut self) -> Result<(), Error> {
        let result = self.send(&self.undo()).await;
        self.close();
        match result {
            // The connection is gone, and the transaction with it: the closure's error says more.
            Err(error) if error.is_closed() => Ok(()),
            result => result,
        }
    }

    fn undo(&self) -> String {
        if self.is_outermost() {
            "rollback".to_owned()
        } else {
            format!("rollback to s{0}; release s{0}", self.level)
        }
    }

    async fn send(&self, sql: &str) -> Result<(), Error> {
        self.session.connection.control(sql).await
    }

    fn close(&mut self) {
        self.closed = true;
        self.session.level.store(self.level - 1, Ordering::Relaxed);
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if !self.closed {
            self.session.connection.send(&self.undo());
            self.close();
        }
    }
}

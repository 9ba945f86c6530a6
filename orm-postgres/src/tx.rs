//! A transaction, and savepoints inside it.

use crate::connection::Connection;
use crate::error::{Error, Kind};
use crate::observe::Hook;
use crate::pool::Owned;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
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
    /// The outermost level in which a statement failed, or its answer was not waited for, or [`NONE`]: the server may
    /// have aborted the transaction from there on.
    suspect: AtomicU32,
}

/// More than any level.
const NONE: u32 = u32::MAX;

/// Runs `work` in a transaction on the connection.
pub(crate) async fn transact<T, E, F>(connection: Arc<Owned>, work: F) -> Result<T, E>
where
    F: AsyncFnOnce(&Tx) -> Result<T, E>,
    E: From<Error>,
{
    let session = Session { connection, level: AtomicU32::new(0), suspect: AtomicU32::new(NONE) };
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
        self.check_open()?;
        run(self.session.clone(), self.level + 1, work).await
    }

    /// Runs a script of one or more statements, without parameters or results.
    ///
    /// # Errors
    /// When a statement of the script fails.
    pub async fn batch_execute(&self, sql: &str) -> Result<(), Error> {
        let mut script = Script { tx: self, succeeded: false };
        self.check_open()?;
        let result = self.connection().batch_execute(sql).await;
        script.succeeded = result.is_ok();
        result
    }

    /// Another handle, for a statement on it.
    pub(crate) fn share(&self) -> Tx {
        Tx { session: self.session.clone(), level: self.level }
    }

    pub(crate) fn connection(&self) -> &Connection {
        &self.session.connection
    }

    /// Refuses while a transaction inside this one is open, or a stream.
    pub(crate) fn check_open(&self) -> Result<(), Error> {
        if self.session.level.load(Ordering::Relaxed) == self.level {
            self.session.connection.check_idle()
        } else {
            Err(Error::new(Kind::Suspended))
        }
    }

    pub(crate) fn hook(&self) -> Option<&Hook> {
        self.session.connection.hook()
    }

    pub(crate) fn note_failure(&self) {
        self.session.suspect.fetch_min(self.level, Ordering::Relaxed);
    }
}

impl std::fmt::Debug for Tx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tx").field("level", &self.level).finish_non_exhaustive()
    }
}

/// A script under way; unless it succeeds, the transaction may be aborted.
struct Script<'t> {
    tx: &'t Tx,
    succeeded: bool,
}

impl Drop for Script<'_> {
    fn drop(&mut self) {
        if !self.succeeded {
            self.tx.note_failure();
        }
    }
}

/// A level. Dropped before it is closed, it sends what undoes it, ahead of anything sent later.
struct Guard {
    session: Arc<Session>,
    level: u32,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    /// What keeps its work, or undoes it, was sent: nothing may be sent for it any more.
    Closing,
    Closed,
}

impl Guard {
    fn new(session: Arc<Session>, level: u32) -> Self {
        session.level.store(level, Ordering::Relaxed);
        Guard { session, level, state: State::Open }
    }

    fn is_outermost(&self) -> bool {
        self.level == 1
    }

    async fn begin(&self) -> Result<(), Error> {
        let begin =
            if self.is_outermost() { "begin".to_owned() } else { format!("savepoint s{}", self.level) };
        // A savepoint is refused when the transaction around it is aborted.
        self.send(&begin).await.inspect_err(|_| self.suspect(self.level - 1))
    }

    async fn commit(mut self) -> Result<(), Error> {
        // COMMIT of an aborted transaction is a rollback that the server reports as success: a statement before it
        // makes it say so.
        if self.session.suspect.load(Ordering::Relaxed) <= self.level {
            if let Err(error) = self.send("select 1").await {
                let aborted = error.is_state(&SqlState::IN_FAILED_SQL_TRANSACTION);
                self.rollback().await?;
                return Err(if aborted { Error::new(Kind::Aborted) } else { error });
            }
            self.session.suspect.store(NONE, Ordering::Relaxed);
        }
        self.state = State::Closing;
        let commit =
            if self.is_outermost() { "commit".to_owned() } else { format!("release s{}", self.level) };
        let result = self.send(&commit).await;
        if result.is_err() && !self.is_outermost() {
            self.rollback().await?;
        } else {
            // A transaction whose COMMIT fails is over too.
            self.close();
        }
        result
    }

    async fn rollback(mut self) -> Result<(), Error> {
        self.state = State::Closing;
        let result = self.send(&self.undo()).await;
        match result {
            Ok(()) => {
                self.trust();
                self.close();
                Ok(())
            }
            // The connection is gone, and the transaction with it: the closure's error says more.
            Err(error) if error.is_closed() => {
                self.close();
                Ok(())
            }
            Err(error) => Err(error),
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

    fn suspect(&self, level: u32) {
        self.session.suspect.fetch_min(level, Ordering::Relaxed);
    }

    /// What failed in this level is undone.
    fn trust(&self) {
        if self.session.suspect.load(Ordering::Relaxed) >= self.level {
            self.session.suspect.store(NONE, Ordering::Relaxed);
        }
    }

    fn close(&mut self) {
        self.state = State::Closed;
        self.session.level.store(self.level - 1, Ordering::Relaxed);
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        match self.state {
            State::Open => {
                self.session.connection.send(&self.undo());
                self.trust();
                self.close();
            }
            State::Closing => {
                self.suspect(self.level - 1);
                self.close();
            }
            State::Closed => {}
        }
    }
}

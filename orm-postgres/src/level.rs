//! The levels of a transaction: itself and the savepoints inside it, each opened once and closed once.

use crate::error::{Error, Kind};
use crate::pool::Owned;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio_postgres::error::SqlState;

/// What a transaction and the savepoints inside it share.
pub(crate) struct Session {
    pub(crate) connection: Arc<Owned>,
    /// The innermost open level: the one that statements may run on. With [`ROLLED_BACK`] added, it was rolled back and
    /// its closure has not ended yet; [`LOST`] when the transaction is over and its closures have not.
    level: AtomicU32,
    /// The outermost level in which a statement failed, or its answer was not waited for, or [`NONE`]: the server may
    /// have aborted the transaction from there on.
    suspect: AtomicU32,
    /// The outermost level in which the transaction was marked, so that its end can be noticed, or [`NONE`].
    marked: AtomicU32,
}

/// More than any level.
const NONE: u32 = u32::MAX;

const ROLLED_BACK: u32 = 1 << 31;

/// Ended by a script's own COMMIT or ROLLBACK.
const LOST: u32 = u32::MAX;

/// Set inside the transaction only, and so gone when it is over. Unlike a query, neither SET nor SHOW takes the snapshot
/// before which the isolation level is chosen.
pub(crate) const MARK: &str = "set local mizzle.transaction = 'open'";
pub(crate) const SHOW_MARK: &str = "show mizzle.transaction";
pub(crate) const MARKED: &str = "open";

/// Where a script may undo the mark itself; the savepoint is there as long as the transaction is.
pub(crate) const SAVE: &str = "savepoint mizzle";
pub(crate) const RELEASE: &str = "release mizzle";

/// Whether the script may undo all settings, and with them the mark. A savepoint costs, and forbids to choose an isolation
/// level after it, so it is set for such scripts only; what has the words in a text has it too many, which does no harm.
pub(crate) fn unmarks(sql: &str) -> bool {
    let sql = sql.to_ascii_lowercase();
    sql.split("reset").skip(1).any(|rest| rest.trim_start().starts_with("all"))
}

impl Session {
    pub(crate) fn new(connection: Arc<Owned>) -> Self {
        Session {
            connection,
            level: AtomicU32::new(0),
            suspect: AtomicU32::new(NONE),
            marked: AtomicU32::new(NONE),
        }
    }

    /// Refuses unless this level is the innermost one, and open.
    pub(crate) fn check_open(&self, level: u32) -> Result<(), Error> {
        if self.level.load(Ordering::Relaxed) == level {
            self.connection.check_idle()
        } else {
            Err(self.not_open(level))
        }
    }

    #[cold]
    fn not_open(&self, level: u32) -> Error {
        Error::new(match self.level.load(Ordering::Relaxed) {
            LOST => Kind::Lost,
            innermost if innermost == level | ROLLED_BACK => Kind::RolledBack,
            _ => Kind::Suspended,
        })
    }

    /// Something in this level may have failed.
    pub(crate) fn suspect(&self, level: u32) {
        self.suspect.fetch_min(level, Ordering::Relaxed);
    }

    /// What happened in this level is undone, what failed as well as what marked it.
    fn forget(&self, level: u32) {
        forget(&self.suspect, level);
        forget(&self.marked, level);
    }

    /// What was sent to close this level was not answered: the one around it may be aborted, and a mark set in it gone.
    fn doubt(&self, level: u32) {
        self.suspect(level - 1);
        forget(&self.marked, level);
    }

    /// Marks the transaction, ahead of anything sent later.
    pub(crate) fn mark(&self, level: u32) {
        if self.marked.fetch_min(level, Ordering::Relaxed) == NONE {
            self.connection.send(MARK);
        }
    }

    /// Marks the transaction after a script has undone the mark.
    pub(crate) fn mark_again(&self, level: u32) {
        self.marked.store(NONE, Ordering::Relaxed);
        self.mark(level);
    }

    fn is_marked(&self) -> bool {
        self.marked.load(Ordering::Relaxed) != NONE
    }

    /// A script has ended the transaction. What it may have begun instead is nobody's.
    pub(crate) fn lose(&self) {
        self.level.store(LOST, Ordering::Relaxed);
        self.connection.send("rollback");
    }

    /// Undoes the level before its closure has ended.
    pub(crate) async fn roll_back(&self, level: u32) -> Result<(), Error> {
        self.check_open(level)?;
        // Once it is sent the level is over, whether its answer is waited for or not.
        self.level.store(level | ROLLED_BACK, Ordering::Relaxed);
        let mut undoing = Undoing { session: self, level, done: false };
        self.connection.control(&undo(level)).await?;
        undoing.done = true;
        self.forget(level);
        Ok(())
    }
}

/// Nothing is known of this level and of those inside it any more.
fn forget(outermost: &AtomicU32, level: u32) {
    if outermost.load(Ordering::Relaxed) >= level {
        outermost.store(NONE, Ordering::Relaxed);
    }
}

/// A level being rolled back; unless that is answered, the one around it may be aborted.
struct Undoing<'s> {
    session: &'s Session,
    level: u32,
    done: bool,
}

impl Drop for Undoing<'_> {
    fn drop(&mut self) {
        if !self.done {
            self.session.doubt(self.level);
        }
    }
}

/// What undoes a level.
fn undo(level: u32) -> String {
    if level == 1 { "rollback".to_owned() } else { format!("rollback to s{level}; release s{level}") }
}

/// A level. Dropped before it is closed, it sends what undoes it, ahead of anything sent later.
pub(crate) struct Level {
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

impl Level {
    pub(crate) fn new(session: Arc<Session>, level: u32) -> Self {
        session.level.store(level, Ordering::Relaxed);
        Level { session, level, state: State::Open }
    }

    fn is_outermost(&self) -> bool {
        self.level == 1
    }

    /// Opens it: with `begin`, or as a savepoint.
    pub(crate) async fn begin(&self, begin: &str) -> Result<(), Error> {
        let result = if self.is_outermost() {
            self.send(begin).await
        } else {
            self.send(&format!("savepoint s{}", self.level)).await
        };
        // A savepoint is refused when the transaction around it is aborted.
        result.inspect_err(|_| self.session.suspect(self.level - 1))
    }

    pub(crate) async fn commit(mut self) -> Result<(), Error> {
        match self.session.level.load(Ordering::Relaxed) {
            LOST => return Err(Error::new(Kind::Lost)),
            level if level == self.level | ROLLED_BACK => return Ok(()),
            _ => {}
        }
        // COMMIT of an aborted transaction is a rollback that the server reports as success: a statement before it
        // makes it say so.
        if self.session.suspect.load(Ordering::Relaxed) <= self.level {
            if let Err(error) = self.probe().await {
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

    /// Whether the server would commit.
    async fn probe(&self) -> Result<(), Error> {
        if !self.session.is_marked() {
            return self.send("select 1").await;
        }
        // A script whose end nobody waited for may have ended the transaction.
        if self.session.connection.show(SHOW_MARK).await?.as_deref() == Some(MARKED) {
            Ok(())
        } else {
            self.session.lose();
            Err(Error::new(Kind::Lost))
        }
    }

    pub(crate) async fn rollback(mut self) -> Result<(), Error> {
        if !self.is_undoable() {
            return Ok(());
        }
        self.state = State::Closing;
        let result = self.send(&undo(self.level)).await;
        match result {
            Ok(()) => {
                self.session.forget(self.level);
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

    async fn send(&self, sql: &str) -> Result<(), Error> {
        self.session.connection.control(sql).await
    }

    /// Whether there is anything to undo: not when it was rolled back already, or has ended by itself.
    fn is_undoable(&self) -> bool {
        self.session.level.load(Ordering::Relaxed) & ROLLED_BACK == 0
    }

    fn close(&mut self) {
        self.state = State::Closed;
        if self.session.level.load(Ordering::Relaxed) != LOST {
            self.session.level.store(self.level - 1, Ordering::Relaxed);
        }
    }
}

impl Drop for Level {
    fn drop(&mut self) {
        match self.state {
            State::Open => {
                if self.is_undoable() {
                    self.session.connection.send(&undo(self.level));
                    self.session.forget(self.level);
                }
                self.close();
            }
            State::Closing => {
                self.session.doubt(self.level);
                self.close();
            }
            State::Closed => {}
        }
    }
}

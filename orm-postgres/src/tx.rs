//! A transaction, and savepoints inside it.

use crate::connection::Connection;
use crate::error::{Error, Kind};
use crate::level::{Level, MARKED, RELEASE, SAVE, SHOW_MARK, Session, unmarks};
use crate::observe::Hook;
use crate::pool::Owned;
use std::sync::Arc;

/// A transaction; the closure given to [`Db::transaction`](crate::Db::transaction) runs its statements on it.
///
/// It owns its connection, so the future of a transaction is `Send` and may be spawned.
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
/// // Tries something out: the closure's value is given back, and nothing is kept.
/// let would_write = db
///     .transaction(async |tx| -> Result<u64, mizzle::Error> {
///         let written = insert(Note).set(Note.body, "one").execute(tx).await?;
///         tx.rollback().await?;
///         Ok(written)
///     })
///     .await?;
/// assert_eq!((would_write, select(Note).count(&db).await?), (1, 0));
/// # Ok(())
/// # }
/// ```
pub struct Tx {
    session: Arc<Session>,
    /// 1 is the transaction itself, each savepoint is one more.
    level: u32,
}

/// Runs `work` in a transaction on the connection, which `begin` opens.
pub(crate) async fn transact<T, E, F>(connection: Arc<Owned>, begin: &str, work: F) -> Result<T, E>
where
    F: AsyncFnOnce(&Tx) -> Result<T, E>,
    E: From<Error>,
{
    run(Arc::new(Session::new(connection)), 1, begin, work).await
}

/// Opens the level, runs `work` on it and closes it.
async fn run<T, E, F>(session: Arc<Session>, number: u32, begin: &str, work: F) -> Result<T, E>
where
    F: AsyncFnOnce(&Tx) -> Result<T, E>,
    E: From<Error>,
{
    // It is there before anything is sent.
    let level = Level::new(session.clone(), number);
    level.begin(begin).await?;
    let tx = Tx { session, level: number };
    match work(&tx).await {
        Ok(value) => {
            level.commit().await?;
            Ok(value)
        }
        Err(error) => {
            level.rollback().await?;
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
        run(self.session.clone(), self.level + 1, "", work).await
    }

    /// Undoes all that was done on this transaction; on a nested one, what was done since its savepoint. Whatever is run
    /// on it afterwards is refused. Its closure may go on, and when it returns `Ok` its value is given back.
    ///
    /// # Errors
    /// When the connection is gone, and the transaction with it, or a transaction inside this one is open.
    pub async fn rollback(&self) -> Result<(), Error> {
        self.session.roll_back(self.level).await
    }

    /// Runs a script of one or more statements, without parameters or results.
    ///
    /// A script must not end the transaction. One that has a COMMIT or ROLLBACK in it is found out when it has run: it
    /// fails, and so does everything after it on this transaction.
    ///
    /// # Errors
    /// When a statement of the script fails, or it [ends the transaction](Error::is_transaction_over).
    pub async fn batch_execute(&self, sql: &str) -> Result<(), Error> {
        let mut script = Script { tx: self, succeeded: false };
        self.check_open()?;
        self.session.mark(self.level);
        let connection = self.connection();
        let unmarks = unmarks(sql);
        if unmarks {
            connection.send(SAVE);
        }
        // Sent together: the mark, the script and the question whether the mark is still there.
        let (result, mark) =
            futures_util::future::join(connection.batch_execute(sql), connection.show(SHOW_MARK)).await;
        if matches!(&mark, Ok(mark) if mark.as_deref() != Some(MARKED)) {
            if unmarks && connection.control(RELEASE).await.is_ok() {
                self.session.mark_again(self.level);
                script.succeeded = result.is_ok();
                return result;
            }
            self.session.lose();
            script.succeeded = true;
            return result.and(Err(Error::new(Kind::Lost).with_sql(sql.to_owned().into())));
        }
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

    /// Refuses while a transaction inside this one is open, or a stream, and when it is over.
    pub(crate) fn check_open(&self) -> Result<(), Error> {
        self.session.check_open(self.level)
    }

    pub(crate) fn hook(&self) -> Option<&Hook> {
        self.session.connection.hook()
    }

    pub(crate) fn note_failure(&self) {
        self.session.suspect(self.level);
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

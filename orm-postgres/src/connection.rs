//! One connection: the driver's client, its statements and whether it may be used again.

use crate::cache::Cache;
use crate::decode::check_columns;
use crate::error::{Error, Kind, ends_connection, is_stale};
use crate::observe::Hook;
use crate::server::Server;
use futures_util::FutureExt;
use orm_core::args::Present;
use orm_core::query::Plan;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_postgres::{SimpleQueryMessage, Statement};

/// How connections are made and kept; shared by all of a pool.
pub(crate) struct Settings {
    pub(crate) server: Server,
    pub(crate) connect_timeout: Duration,
    pub(crate) statement_timeout: Option<Duration>,
    pub(crate) on_connect: Vec<String>,
    pub(crate) statement_cache: usize,
    pub(crate) hook: Option<Hook>,
}

/// What is known of the session's state.
const CLEAN: u8 = 0;
/// A script of the user's was run, which may have opened a transaction.
const SCRIPTED: u8 = 1;
/// Something was sent whose answer nobody waited for.
const UNFINISHED: u8 = 2;
/// It failed.
const BROKEN: u8 = 3;

/// Why the driver ended, until somebody is told.
type Ending = Arc<Mutex<Option<tokio_postgres::Error>>>;

/// A future that is compiled in this crate. An `async fn` is compiled again in each crate that awaits it, with all that
/// it awaits in turn: for a connection that is most of the driver.
pub(crate) type Boxed<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

pub(crate) struct Connection {
    client: tokio_postgres::Client,
    task: JoinHandle<()>,
    ending: Ending,
    cache: Cache,
    state: AtomicU8,
    /// Whether rows of a stream are left to be read: whatever is sent meanwhile waits for whoever reads them.
    streaming: AtomicBool,
    settings: Arc<Settings>,
}

impl Connection {
    pub(crate) fn open(settings: Arc<Settings>) -> Boxed<'static, Self> {
        Box::pin(async move {
            let wait = settings.connect_timeout;
            match timeout(wait, Self::connect(settings.clone())).await {
                Ok(connection) => connection,
                Err(_) => {
                    Err(Error::new(Kind::ConnectTimeout { server: settings.server.name().to_owned(), wait }))
                }
            }
        })
    }

    async fn connect(settings: Arc<Settings>) -> Result<Self, Error> {
        let (client, driver) = settings.server.connect().await?;
        let ending = Ending::default();
        let task = tokio::spawn(drive(driver, ending.clone()));
        let cache = Cache::new(settings.statement_cache);
        let (state, streaming) = (AtomicU8::new(CLEAN), AtomicBool::new(false));
        let connection = Connection { client, task, ending, cache, state, streaming, settings };
        connection.prepare_session().await?;
        Ok(connection)
    }

    async fn prepare_session(&self) -> Result<(), Error> {
        let time = self
            .settings
            .statement_timeout
            .map(|time| format!("set statement_timeout = {}", time.as_millis().clamp(1, i32::MAX as u128)));
        let scripts = time.iter().chain(&self.settings.on_connect);
        for script in scripts {
            self.control(script).await?;
        }
        Ok(())
    }

    pub(crate) fn client(&self) -> &tokio_postgres::Client {
        &self.client
    }

    pub(crate) fn hook(&self) -> Option<&Hook> {
        self.settings.hook.as_ref()
    }

    pub(crate) fn cached(&self, plan: &'static Plan, present: Present) -> Option<Statement> {
        self.cache.get(plan, present)
    }

    /// Prepares a statement, checks what it returns against the Rust types, and keeps it.
    pub(crate) async fn prepare(&self, plan: &'static Plan, present: Present) -> Result<Statement, Error> {
        let text = plan.text(present);
        let prepared = self.client.prepare_typed(&text, &plan.param_types(present)).await;
        let statement = prepared.map_err(|error| {
            // A statement of the driver's own, that it looks types up by: it will not prepare another.
            if is_stale(&error) {
                self.state.store(BROKEN, Ordering::Relaxed);
            }
            self.error(error)
        })?;
        check_columns(plan.shape(), statement.columns())?;
        self.cache.insert(plan, present, statement.clone());
        Ok(statement)
    }

    /// Forgets every prepared statement: when one does not fit the tables any more, others do not either.
    pub(crate) fn forget_statements(&self) {
        self.cache.clear();
    }

    pub(crate) fn cached_statements(&self) -> usize {
        self.cache.len()
    }

    /// Runs a user's script by the simple protocol.
    pub(crate) async fn batch_execute(&self, sql: &str) -> Result<(), Error> {
        self.state.fetch_max(SCRIPTED, Ordering::Relaxed);
        self.control(sql).await
    }

    /// Runs a command of ours by the simple protocol.
    pub(crate) async fn control(&self, sql: &str) -> Result<(), Error> {
        let with_sql = |error: Error| error.with_sql(sql.to_owned().into());
        // The driver would refuse it too, by an error that a broken connection has as well.
        if sql.contains('\0') {
            return Err(with_sql(Error::new(Kind::Nul)));
        }
        let mut waiting = Waiting { connection: self, answered: false };
        let result = self.client.batch_execute(sql).await;
        waiting.answered = true;
        result.map_err(|error| with_sql(self.error(error)))
    }

    /// Asks for a setting by the simple protocol.
    pub(crate) async fn show(&self, sql: &str) -> Result<Option<String>, Error> {
        let mut waiting = Waiting { connection: self, answered: false };
        let result = self.client.simple_query(sql).await;
        waiting.answered = true;
        let value = |message: &SimpleQueryMessage| match message {
            SimpleQueryMessage::Row(row) => row.try_get(0).ok().flatten().map(str::to_owned),
            _ => None,
        };
        match result {
            Ok(messages) => Ok(messages.iter().find_map(value)),
            Err(error) => Err(self.error(error).with_sql(sql.to_owned().into())),
        }
    }

    /// Sends a command now and lets its answer go: everything sent later runs after it.
    pub(crate) fn send(&self, sql: &str) {
        // The first poll sends.
        let _ = self.client.batch_execute(sql).now_or_never();
    }

    /// Refuses while a stream is open: its reader may be the one that would wait here.
    pub(crate) fn check_idle(&self) -> Result<(), Error> {
        if self.streaming.load(Ordering::Relaxed) { Err(Error::new(Kind::Streaming)) } else { Ok(()) }
    }

    pub(crate) fn set_streaming(&self, streaming: bool) {
        self.streaming.store(streaming, Ordering::Relaxed);
    }

    /// Something was sent whose answer nobody waits for any more.
    pub(crate) fn mark_unfinished(&self) {
        self.state.fetch_max(UNFINISHED, Ordering::Relaxed);
    }

    /// The driver's error as ours. If the connection is of no use after it, nobody will get it again.
    pub(crate) fn error(&self, error: tokio_postgres::Error) -> Error {
        if ends_connection(&error) {
            self.state.store(BROKEN, Ordering::Relaxed);
        }
        // That it is closed is all that a later statement hears; what the server said last is the reason.
        let reason = if error.is_closed() { lock(&self.ending).take() } else { None };
        Error::driver(reason.unwrap_or(error))
    }

    /// Its user is done. A connection with a statement under way would wait for its end, so it is cut, and the server
    /// is asked to stop; any other is left as it is.
    pub(crate) fn release(&self) {
        let unfinished = |state| (state == UNFINISHED).then_some(BROKEN);
        if self.state.fetch_update(Ordering::Relaxed, Ordering::Relaxed, unfinished).is_ok() {
            self.task.abort();
            if let Ok(runtime) = Handle::try_current() {
                let token = self.client.cancel_token();
                let settings = self.settings.clone();
                runtime.spawn(async move {
                    timeout(settings.connect_timeout, settings.server.cancel(&token)).await.map(drop)
                });
            }
        }
    }

    /// Makes the connection ready for its next user, or says that it cannot be.
    pub(crate) async fn recycle(&self) -> Result<(), &'static str> {
        if self.client.is_closed() {
            return Err("the connection is closed");
        }
        match self.state.load(Ordering::Relaxed) {
            CLEAN => Ok(()),
            // The next user's time is not for waiting on a connection that does not answer. Boxed, because few
            // statements come here and the future of each would have room for it.
            SCRIPTED => {
                match Box::pin(timeout(self.settings.connect_timeout, self.control("rollback"))).await {
                    Ok(Ok(())) => {
                        self.state.store(CLEAN, Ordering::Relaxed);
                        Ok(())
                    }
                    Ok(Err(_)) => Err("the connection failed"),
                    Err(_) => Err("the connection does not answer"),
                }
            }
            _ => Err("the connection failed, or a statement was given up before its end"),
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.release();
    }
}

/// Runs the driver until the connection ends, and says why before anybody can notice.
async fn drive(driver: impl Future<Output = Result<(), tokio_postgres::Error>>, ending: Ending) {
    let mut driver = pin!(driver);
    let result = driver.as_mut().await;
    *lock(&ending) = result.err();
}

fn lock(ending: &Ending) -> std::sync::MutexGuard<'_, Option<tokio_postgres::Error>> {
    ending.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Marks the connection when it is dropped before the answer has come.
struct Waiting<'c> {
    connection: &'c Connection,
    answered: bool,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        if !self.answered {
            self.connection.mark_unfinished();
        }
    }
}

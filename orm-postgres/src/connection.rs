//! One connection: the driver's client, its statements and whether it may be used again.

use crate::cache::Cache;
use crate::decode::check_columns;
use crate::error::{Error, Kind};
use crate::observe::Hook;
use futures_util::FutureExt;
use orm_core::args::Present;
use orm_core::query::Plan;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio_postgres::{NoTls, Statement};

/// How connections are made and kept; shared by all of a pool.
pub(crate) struct Settings {
    pub(crate) config: tokio_postgres::Config,
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

pub(crate) struct Connection {
    client: tokio_postgres::Client,
    task: JoinHandle<()>,
    cache: Cache,
    state: AtomicU8,
    settings: Arc<Settings>,
}

impl Connection {
    pub(crate) async fn open(settings: Arc<Settings>) -> Result<Self, Error> {
        let wait = settings.connect_timeout;
        match tokio::time::timeout(wait, Self::connect(settings)).await {
            Ok(connection) => connection,
            Err(_) => Err(Error::new(Kind::ConnectTimeout(wait))),
        }
    }

    async fn connect(settings: Arc<Settings>) -> Result<Self, Error> {
        let failed = |error| Error::new(Kind::Connect(error));
        let (client, driver) = settings.config.connect(NoTls).await.map_err(failed)?;
        // Its error reaches whoever waits for an answer.
        let task = tokio::spawn(driver.map(drop));
        let cache = Cache::new(settings.statement_cache);
        let connection = Connection { client, task, cache, state: AtomicU8::new(CLEAN), settings };
        connection.prepare_session().await?;
        Ok(connection)
    }

    async fn prepare_session(&self) -> Result<(), Error> {
        let timeout = self.settings.statement_timeout.map(|timeout| {
            format!("set statement_timeout = {}", timeout.as_millis().clamp(1, i32::MAX as u128))
        });
        let scripts = timeout.iter().chain(&self.settings.on_connect);
        for script in scripts {
            let run = self.client.batch_execute(script).await;
            run.map_err(|error| Error::driver(error).with_sql(script.clone().into()))?;
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
        let statement = prepared.map_err(Error::driver)?;
        check_columns(plan.shape(), statement.columns())?;
        self.cache.insert(plan, present, statement.clone());
        Ok(statement)
    }

    pub(crate) fn forget(&self, plan: &'static Plan, present: Present) {
        self.cache.remove(plan, present);
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
        let mut waiting = Waiting { connection: self, answered: false };
        let result = self.client.batch_execute(sql).await;
        waiting.answered = true;
        result.map_err(|error| Error::driver(error).with_sql(sql.to_owned().into()))
    }

    /// Sends a command now and lets its answer go: everything sent later runs after it.
    pub(crate) fn send(&self, sql: &str) {
        // The first poll sends.
        let _ = self.client.batch_execute(sql).now_or_never();
    }

    /// Something was sent whose answer nobody waits for any more.
    pub(crate) fn mark_unfinished(&self) {
        self.state.store(UNFINISHED, Ordering::Relaxed);
    }

    /// Makes the connection ready for its next user, or says that it cannot be.
    pub(crate) async fn recycle(&self) -> Result<(), &'static str> {
        if self.client.is_closed() {
            return Err("the connection is closed");
        }
        match self.state.load(Ordering::Relaxed) {
            CLEAN => Ok(()),
            SCRIPTED => {
                self.client.batch_execute("rollback").await.map_err(|_| "the connection failed")?;
                self.state.store(CLEAN, Ordering::Relaxed);
                Ok(())
            }
            _ => Err("a statement was given up before its end"),
        }
    }
}

impl Drop for Connection {
    /// An idle connection says goodbye by itself; one with a statement under way would wait for its end.
    fn drop(&mut self) {
        if *self.state.get_mut() == UNFINISHED {
            self.task.abort();
        }
    }
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

//! [`Admin`]: this process's way to make and drop databases.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use tokio::runtime::{self, Handle};
use tokio::sync::{OnceCell, oneshot};
use tokio::task::JoinHandle;
use tokio_postgres::{Client, Config, NoTls};

use crate::error::{Error, Kind, Result};
use crate::server::{self, Origin};
use crate::sweep::{self, Heir};
use crate::url::ServerUrl;

/// The connections to the server that are not a test's own. They are driven by a thread with a runtime of its own,
/// as each test usually brings a runtime that ends with it.
pub(crate) struct Admin {
    runtime: Handle,
    config: Config,
    url: ServerUrl,
    origin: Origin,
    /// Holds the locks that tell other processes what this one still uses, and drops its databases.
    owner: Client,
    /// Connections that make databases, kept for the next.
    idle: Mutex<Vec<Client>>,
    /// Identifies the database that `url` names: advisory locks are only seen from the same one.
    scope: u32,
    key: String,
    made: AtomicU32,
    _heir: Option<Heir>,
}

/// Returns this process's [`Admin`], made by the first caller.
pub(crate) async fn admin() -> Result<&'static Admin> {
    static ADMIN: OnceCell<Admin> = OnceCell::const_new();
    let ready = ADMIN.initialized();
    let admin = ADMIN.get_or_try_init(Admin::start).await?;
    if !ready {
        admin.runtime.spawn(sweep::sweep(admin));
    }
    Ok(admin)
}

impl Admin {
    async fn start() -> Result<Self> {
        let server::Server { url, origin } = server::find().await?;
        let mut config: Config =
            url.as_given().parse().map_err(|source| Kind::Connect { from: origin.name(), source })?;
        config.connect_timeout(Duration::from_secs(10)).application_name("orm-testing");

        let runtime = spawn_runtime().await?;
        let (owner, _) = connect(&runtime, config.clone(), origin.name()).await?;
        let key = sweep::random_key();
        // The lock comes before the first database: a sweep takes a database without one for abandoned.
        run(&owner, &sweep::lock_sql(&key)).await?;
        let sql = "select oid from pg_database where datname = current_database()";
        let scope = owner.query_one(sql, &[]).await.map_err(|e| statement(sql, e))?.get(0);
        let heir = if origin.is_private() { None } else { Heir::start(&config, scope) };

        let idle = Mutex::default();
        let made = AtomicU32::new(0);
        Ok(Self { runtime, config, url, origin, owner, idle, scope, key, made, _heir: heir })
    }

    pub(crate) fn scope(&self) -> u32 {
        self.scope
    }

    pub(crate) fn is_private(&self) -> bool {
        self.origin.is_private()
    }

    /// A name for the next database, see [`sweep`] for what it says.
    pub(crate) fn fresh_name(&self) -> String {
        let number = self.made.fetch_add(1, Ordering::Relaxed);
        format!("mizzle_test_{}_{}_{number}", self.scope, self.key)
    }

    pub(crate) fn url_of(&self, database: &str) -> String {
        self.url.with_database(database)
    }

    /// Copies the database `template`.
    pub(crate) async fn create(&self, name: &str, template: &str) -> Result<()> {
        // With `fsync` off, copying files beats the default, which writes each page to the log, by five times. On a
        // server of somebody else's it would force two checkpoints.
        let strategy =
            if self.is_private() && self.has_strategies().await? { " strategy file_copy" } else { "" };
        self.run(&format!("create database {name} template {template}{strategy}")).await
    }

    /// Has a database dropped in the background.
    pub(crate) fn drop_soon(&'static self, name: &str) {
        let sql = format!("drop database if exists {name} with (force)");
        // If it fails, there is nobody left to tell: the next sweep tries again.
        self.runtime.spawn(async move { self.owner.batch_execute(&sql).await });
    }

    /// Keeps `key` locked for as long as this process lives.
    pub(crate) async fn hold(&self, key: &str) -> Result<()> {
        run(&self.owner, &sweep::lock_sql(key)).await
    }

    /// Runs a statement on a connection of its own.
    pub(crate) async fn run(&self, sql: &str) -> Result<()> {
        let session = self.session().await?;
        run(&session, sql).await?;
        self.give_back(session);
        Ok(())
    }

    /// A connection to the database that `url` names. One that is not given back is closed, and its locks released.
    pub(crate) async fn session(&self) -> Result<Client> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match idle {
            Some(client) if !client.is_closed() => Ok(client),
            Some(_) | None => {
                let (client, _) = connect(&self.runtime, self.config.clone(), self.origin.name()).await?;
                Ok(client)
            }
        }
    }

    /// A connection to the database `name`, with what ends when it is closed.
    pub(crate) async fn connect_to(&self, name: &str) -> Result<(Client, JoinHandle<()>)> {
        let mut config = self.config.clone();
        config.dbname(name);
        connect(&self.runtime, config, self.origin.name()).await
    }

    pub(crate) fn give_back(&self, session: Client) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(session);
    }

    async fn has_strategies(&self) -> Result<bool> {
        static ANSWER: OnceCell<bool> = OnceCell::const_new();
        let sql = "select current_setting('server_version_num')::int4 >= 150000";
        let ask = async || Ok(self.owner.query_one(sql, &[]).await.map_err(|e| statement(sql, e))?.get(0));
        ANSWER.get_or_try_init(ask).await.copied()
    }
}

/// Runs statements without parameters.
pub(crate) async fn run(client: &Client, sql: &str) -> Result<()> {
    client.batch_execute(sql).await.map_err(|e| statement(sql, e))
}

pub(crate) fn statement(sql: &str, source: tokio_postgres::Error) -> Error {
    Kind::Statement { sql: sql.to_owned(), source }.into()
}

/// Starts the thread that drives the connections; it ends with the process.
async fn spawn_runtime() -> Result<Handle> {
    let (sender, receiver) = oneshot::channel();
    let body = move || {
        if let Ok(runtime) = runtime::Builder::new_current_thread().enable_all().build()
            && sender.send(runtime.handle().clone()).is_ok()
        {
            runtime.block_on(std::future::pending::<()>());
        }
    };
    thread::Builder::new().name("orm-testing".into()).spawn(body).map_err(|_| Kind::Thread)?;
    Ok(receiver.await.map_err(|_| Kind::Thread)?)
}

async fn connect(runtime: &Handle, config: Config, from: &'static str) -> Result<(Client, JoinHandle<()>)> {
    let connecting = runtime.spawn(async move {
        let (client, connection) = config.connect(NoTls).await?;
        // What goes wrong with the connection shows in the client's next statement.
        let driver = tokio::spawn(async { connection.await.unwrap_or_default() });
        Ok((client, driver))
    });
    let connected: Result<_, tokio_postgres::Error> = connecting.await.map_err(|_| Kind::Thread)?;
    connected.map_err(|source| Kind::Connect { from, source }.into())
}

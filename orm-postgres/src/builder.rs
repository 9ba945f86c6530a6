//! How a pool is set up.

use crate::connection::Settings;
use crate::db::Db;
use crate::error::Error;
use crate::observe::{Hook, StatementEvent};
use crate::server::Server;
use std::sync::Arc;
use std::time::Duration;

/// Settings of a [`Db`]; made by [`Db::builder`].
///
/// The URL is one of libpq's, `postgres://user:password@host:port/database?parameter=value`, or its other form,
/// `host=localhost user=app`.
///
/// # TLS
///
/// `sslmode` says how much of it a connection must have (cargo feature `tls`, on by default):
///
/// | `sslmode` | |
/// |---|---|
/// | `disable` | none |
/// | `allow` | if the server refuses a connection without |
/// | `prefer` | if the server has it; the default for `localhost`, 127.0.0.1 and their like |
/// | `require` | always, with anybody's certificate |
/// | `verify-ca` | and the certificate is signed by an authority of `sslrootcert` |
/// | `verify-full` | and it is for the host that the URL names; the default for all other hosts |
///
/// `sslrootcert` is a file with the certificates of authorities in the PEM format, or `system` for those that the
/// system trusts, which are also what `verify-full` takes when it is not given. Where it is given, the weaker modes too
/// look at the certificate of a server that shows one: `require` is then `verify-ca`. The host must be among the
/// certificate's alternative names; its common name does not count.
///
/// A password is bound to the channel where the server can (`channel_binding=require` insists on it).
/// `sslnegotiation=direct` starts TLS without asking first (PostgreSQL 17). Unix sockets have no TLS, whatever is
/// asked for. Environment variables and files in the home folder, which libpq reads too, are not looked at, and
/// certificates of the client and revocation lists are not supported.
///
/// # Connections that others keep
///
/// **A server that is gone without a word**, as after a cut cable, is noticed by the TCP stack alone. The URL says when:
/// `keepalives_idle` (seconds of silence before the first probe; 7200 unless said), `keepalives_interval`,
/// `keepalives_retries` (the system's unless said), `keepalives=0` for none, and `tcp_user_timeout` (seconds that
/// something sent may stay unacknowledged; the system's unless said, a quarter of an hour on Linux). Behind a firewall
/// that forgets idle connections, `?keepalives_idle=60&tcp_user_timeout=30` is a good choice. They do nothing on a Unix
/// socket.
///
/// **Behind PgBouncer in transaction mode** a session is not one session: statements are prepared by the protocol, which
/// PgBouncer follows from version 1.21 on if its `max_prepared_statements` is not 0; before, they are not found again.
/// What [`on_connect`](DbBuilder::on_connect) and [`statement_timeout`](DbBuilder::statement_timeout) set stays with
/// whichever session ran it: set it for the user instead (`alter role app set statement_timeout = '5s'`).
///
/// ```no_run
/// # async fn run() -> Result<(), orm_postgres::Error> {
/// use orm_postgres::Db;
/// use std::time::Duration;
///
/// let db = Db::builder("postgres://app@localhost/app")
///     .max_connections(20)
///     .statement_timeout(Duration::from_secs(5))
///     .on_statement(|statement| println!("{:?} {}", statement.duration, statement.sql))
///     .connect()
///     .await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct DbBuilder {
    url: String,
    max_connections: usize,
    wait_timeout: Duration,
    connect_timeout: Duration,
    statement_timeout: Option<Duration>,
    statement_cache: usize,
    on_connect: Vec<String>,
    hook: Option<Hook>,
}

impl DbBuilder {
    pub(crate) fn new(url: &str) -> Self {
        DbBuilder {
            url: url.to_owned(),
            max_connections: 10,
            wait_timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            statement_timeout: None,
            statement_cache: 256,
            on_connect: Vec::new(),
            hook: None,
        }
    }

    /// How many connections the pool may have (10 unless said; at least 1).
    pub fn max_connections(mut self, connections: usize) -> Self {
        self.max_connections = connections.max(1);
        self
    }

    /// How long a statement waits for a connection when all are in use (30 seconds unless said).
    pub fn wait_timeout(mut self, wait: Duration) -> Self {
        self.wait_timeout = wait;
        self
    }

    /// How long making a connection may take (10 seconds unless said).
    pub fn connect_timeout(mut self, wait: Duration) -> Self {
        self.connect_timeout = wait;
        self
    }

    /// How long a statement may run before the server cancels it (for ever unless said). Rounded to milliseconds.
    pub fn statement_timeout(mut self, time: Duration) -> Self {
        self.statement_timeout = Some(time);
        self
    }

    /// How many prepared statements each connection keeps (256 unless said; at least 1).
    pub fn statement_cache(mut self, statements: usize) -> Self {
        self.statement_cache = statements;
        self
    }

    /// A script that each new connection runs first: `set time zone 'UTC'`. Several run in the order given.
    pub fn on_connect(mut self, sql: &str) -> Self {
        self.on_connect.push(sql.to_owned());
        self
    }

    /// Calls `hook` after each statement of a builder with its text, duration and rows; values are never shown.
    pub fn on_statement(mut self, hook: impl Fn(&StatementEvent<'_>) + Send + Sync + 'static) -> Self {
        self.hook = Some(Arc::new(hook));
        self
    }

    /// Makes the pool and its first connection.
    ///
    /// # Errors
    /// When the URL cannot be read, the server cannot be reached, there is no TLS with it as the URL asks for, or it
    /// refuses the user or the database.
    pub async fn connect(self) -> Result<Db, Error> {
        let (max_connections, wait_timeout) = (self.max_connections, self.wait_timeout);
        let db = Db::new(self.settings()?, max_connections, wait_timeout)?;
        drop(db.hold().await?);
        Ok(db)
    }

    /// What each connection needs of it.
    pub(crate) fn settings(self) -> Result<Arc<Settings>, Error> {
        let DbBuilder {
            url,
            max_connections: _,
            wait_timeout: _,
            connect_timeout,
            statement_timeout,
            statement_cache,
            on_connect,
            hook,
        } = self;
        Ok(Arc::new(Settings {
            server: Server::new(&url)?,
            connect_timeout,
            statement_timeout,
            on_connect,
            statement_cache,
            hook,
        }))
    }
}

impl std::fmt::Debug for DbBuilder {
    /// Without the URL, which may hold a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DbBuilder").field("max_connections", &self.max_connections).finish_non_exhaustive()
    }
}

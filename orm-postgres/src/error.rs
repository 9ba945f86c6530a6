//! What can go wrong.

#[cfg(feature = "tls")]
use crate::tls::mode::Asked;
use orm_core::error::EncodeError;
use orm_core::insert::KeyList;
use orm_core::row::DecodeError;
use orm_core::table::Table;
use std::borrow::Cow;
use std::time::Duration;
use tokio_postgres::error::{DbError, Severity, SqlState};

/// Why a statement, a connection or a transaction failed.
///
/// It says what was found, what was expected and where; it is asked with the methods below. Neither its `Display` nor
/// its `Debug` shows a parameter's value or the server's DETAIL line, which may quote one: see [`Error::detail`].
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
/// let add = || insert(Note).set(Note.body, "one").execute(&db);
/// add().await?;
/// let error = add().await.unwrap_err();
/// assert!(error.is_unique_violation());
/// assert_eq!(error.constraint(), Some("notes_body_key"));
/// assert_eq!(
///     error.to_string(),
///     r#"insert into "notes": unique constraint "notes_body_key" is violated (SQLSTATE 23505)"#
/// );
/// # Ok(())
/// # }
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: Kind,
    sql: Option<Cow<'static, str>>,
    /// Other statements were sent with it and stay done.
    once: bool,
}

pub(crate) enum Kind {
    /// The URL cannot be read; why, unless that might show a part of its password.
    Url(Option<tokio_postgres::Error>),
    /// What the URL asks for cannot be done: the whole message.
    Setting(Cow<'static, str>),
    /// The file that `sslrootcert` names.
    #[cfg(feature = "tls")]
    RootCert {
        path: String,
        what: &'static str,
        source: Option<Box<dyn std::error::Error + Send + Sync>>,
    },
    /// No connection could be made.
    Connect {
        server: String,
        error: tokio_postgres::Error,
    },
    /// The server answered that it has no TLS.
    #[cfg(feature = "tls")]
    NoTls {
        server: String,
        asked: Asked,
    },
    /// There is no TLS with it, or not with its certificate.
    #[cfg(feature = "tls")]
    Tls {
        server: String,
        asked: Asked,
        error: tokio_postgres::Error,
    },
    ConnectTimeout {
        server: String,
        wait: Duration,
    },
    PoolTimeout {
        wait: Duration,
        size: usize,
    },
    PoolClosed,
    Driver(tokio_postgres::Error),
    /// A script with a NUL in it.
    Nul,
    Encode(EncodeError),
    Decode {
        error: DecodeError,
        column: String,
    },
    ColumnType {
        index: usize,
        name: String,
        expected: &'static str,
        found: String,
    },
    ColumnCount {
        expected: usize,
        found: usize,
    },
    NotFound,
    /// There are more rows than these words allow.
    TooManyRows(&'static str),
    /// A statement behind a stream that is being read.
    Streaming,
    /// A statement on a transaction inside which another one is open.
    Suspended,
    /// A statement on a transaction that was rolled back before its closure's end.
    RolledBack,
    /// A script ended the transaction itself.
    Lost,
    /// A COMMIT after an error that the closure did not return.
    Aborted,
}

impl Error {
    pub(crate) fn new(kind: Kind) -> Self {
        Error(Box::new(Inner { kind, sql: None, once: false }))
    }

    pub(crate) fn with_sql(mut self, sql: Cow<'static, str>) -> Self {
        self.0.sql.get_or_insert(sql);
        self
    }

    /// Never retryable.
    pub(crate) fn once(mut self) -> Self {
        self.0.once = true;
        self
    }

    pub(crate) fn driver(error: tokio_postgres::Error) -> Self {
        Error::new(Kind::Driver(error))
    }

    /// Exactly one row was expected and there was none.
    pub fn is_not_found(&self) -> bool {
        matches!(self.0.kind, Kind::NotFound)
    }

    /// The token of a page is not whole, or of another query: whoever sent it is to blame.
    pub fn is_bad_token(&self) -> bool {
        matches!(&self.0.kind, Kind::Encode(error) if error.is_bad_token())
    }

    /// One row was expected, or at most one, and there were more.
    pub fn is_too_many_rows(&self) -> bool {
        matches!(self.0.kind, Kind::TooManyRows(_))
    }

    /// A unique constraint or index refused the row (SQLSTATE 23505); [`constraint`](Error::constraint) says which.
    pub fn is_unique_violation(&self) -> bool {
        self.is_state(&SqlState::UNIQUE_VIOLATION)
    }

    /// The unique key of just these columns refused the row, a column or a tuple as of an `on_conflict`: the key of the
    /// name that the struct gives it, or PostgreSQL would.
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
    /// let add = || insert(Note).set(Note.body, "one").execute(&db);
    /// add().await?;
    /// assert!(add().await.unwrap_err().violates(Note.body));
    /// # Ok(())
    /// # }
    /// ```
    pub fn violates<T: Table, L: KeyList<T>>(&self, _: L) -> bool {
        let is_of = |name| T::META.is_unique_key(name, L::NAMES);
        self.is_unique_violation()
            && self.table() == Some(T::NAME.name)
            && self.constraint().is_some_and(is_of)
    }

    /// A foreign key refused the row or its removal (SQLSTATE 23503).
    pub fn is_foreign_key_violation(&self) -> bool {
        self.is_state(&SqlState::FOREIGN_KEY_VIOLATION)
    }

    /// A check constraint refused the row (SQLSTATE 23514).
    pub fn is_check_violation(&self) -> bool {
        self.is_state(&SqlState::CHECK_VIOLATION)
    }

    /// NULL was written to a column that is NOT NULL (SQLSTATE 23502); [`column`](Error::column) says which.
    pub fn is_not_null_violation(&self) -> bool {
        self.is_state(&SqlState::NOT_NULL_VIOLATION)
    }

    /// An exclusion constraint refused the row (SQLSTATE 23P01).
    pub fn is_exclusion_violation(&self) -> bool {
        self.is_state(&SqlState::EXCLUSION_VIOLATION)
    }

    /// The transaction met another one and can be run again (SQLSTATE 40001 or 40P01).
    pub fn is_serialization_failure(&self) -> bool {
        self.is_state(&SqlState::T_R_SERIALIZATION_FAILURE) || self.is_state(&SqlState::T_R_DEADLOCK_DETECTED)
    }

    /// The transaction was over before its closure was: after [`Tx::rollback`](crate::Tx::rollback), or because a script
    /// had a COMMIT or ROLLBACK in it.
    pub fn is_transaction_over(&self) -> bool {
        matches!(self.0.kind, Kind::RolledBack | Kind::Lost)
    }

    /// The same work may be tried again and will not be done twice: nothing was sent, or the server rolled it back
    /// and said so.
    pub fn is_retryable(&self) -> bool {
        match &self.0.kind {
            _ if self.0.once => false,
            Kind::ConnectTimeout { .. } | Kind::PoolTimeout { .. } => true,
            Kind::Connect { error, .. } if is_unreachable(error) => true,
            Kind::Driver(error) if is_stale(error) => true,
            _ => {
                self.is_serialization_failure()
                    || self.is_state(&SqlState::CANNOT_CONNECT_NOW)
                    || self.is_state(&SqlState::TOO_MANY_CONNECTIONS)
            }
        }
    }

    /// A time ran out: of the statement (SQLSTATE 57014, which a cancelled statement has too), of waiting for a
    /// connection, or of making one.
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.kind, Kind::ConnectTimeout { .. } | Kind::PoolTimeout { .. })
            || matches!(&self.0.kind, Kind::Connect { error, .. } if is_os_timeout(error))
            || self.is_state(&SqlState::QUERY_CANCELED)
            || self.is_state(&SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT)
    }

    /// The connection is gone, or there was none to be had: the server is down or closed it, or the pool is closed.
    /// Whether a statement that was under way took effect is not known.
    pub fn is_closed(&self) -> bool {
        match &self.0.kind {
            Kind::PoolClosed => true,
            Kind::Connect { error, .. } => {
                is_unreachable(error) || self.is_state(&SqlState::CANNOT_CONNECT_NOW)
            }
            Kind::Driver(error) => ends_connection(error),
            _ => false,
        }
    }

    /// The server's five-character code: see the manual's
    /// [appendix A](https://www.postgresql.org/docs/current/errcodes-appendix.html).
    pub fn sqlstate(&self) -> Option<&str> {
        self.db_error().map(|error| error.code().code())
    }

    /// The name of the constraint, for a violation of one.
    pub fn constraint(&self) -> Option<&str> {
        self.db_error()?.constraint()
    }

    /// The name of the table, when the server names one.
    pub fn table(&self) -> Option<&str> {
        self.db_error()?.table()
    }

    /// The name of the column, when the server names one or a result's column does not hold what the struct says.
    pub fn column(&self) -> Option<&str> {
        match &self.0.kind {
            Kind::Decode { column: name, .. } | Kind::ColumnType { name, .. } => Some(name),
            _ => self.db_error()?.column(),
        }
    }

    /// The server's DETAIL line. It may quote values (`Key (email)=(ada@example.com) already exists.`).
    pub fn detail(&self) -> Option<&str> {
        self.db_error()?.detail()
    }

    /// The server's HINT line.
    pub fn hint(&self) -> Option<&str> {
        self.db_error()?.hint()
    }

    /// The text of the statement.
    pub fn sql(&self) -> Option<&str> {
        self.0.sql.as_deref()
    }

    pub(crate) fn kind(&self) -> &Kind {
        &self.0.kind
    }

    pub(crate) fn db_error(&self) -> Option<&DbError> {
        match &self.0.kind {
            Kind::Driver(error) | Kind::Connect { error, .. } => error.as_db_error(),
            _ => None,
        }
    }

    /// The server has no TLS.
    #[cfg(feature = "tls")]
    pub(crate) fn is_without_tls(&self) -> bool {
        matches!(self.0.kind, Kind::NoTls { .. })
    }

    pub(crate) fn is_state(&self, state: &SqlState) -> bool {
        self.db_error().is_some_and(|error| error.code() == state)
    }
}

/// Whether a connection is of no use after it: after everything but an error that the server goes on from.
pub(crate) fn ends_connection(error: &tokio_postgres::Error) -> bool {
    error
        .as_db_error()
        .is_none_or(|error| matches!(error.parsed_severity(), Some(Severity::Fatal | Severity::Panic)))
}

/// Whether a prepared statement does not fit the tables any more, or is gone. An error that has a context comes from a
/// function that the statement has called: it is another statement that is gone, and this one has run.
pub(crate) fn is_stale(error: &tokio_postgres::Error) -> bool {
    error.as_db_error().is_some_and(|error| {
        (*error.code() == SqlState::INVALID_SQL_STATEMENT_NAME && error.where_().is_none())
            || (*error.code() == SqlState::FEATURE_NOT_SUPPORTED
                && error.routine() == Some("RevalidateCachedQuery"))
    })
}

/// Whether nobody answered, or not to the end; a server that refuses has answered.
fn is_unreachable(error: &tokio_postgres::Error) -> bool {
    error.is_closed() || os_error(error).is_some()
}

fn is_os_timeout(error: &tokio_postgres::Error) -> bool {
    os_error(error).is_some_and(|error| error.kind() == std::io::ErrorKind::TimedOut)
}

/// What the network said; what the driver says of bytes that it cannot read is an `io::Error` too.
fn os_error(error: &tokio_postgres::Error) -> Option<&std::io::Error> {
    use std::io::ErrorKind;
    let error = std::error::Error::source(error)?.downcast_ref::<std::io::Error>()?;
    (!matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::InvalidData)).then_some(error)
}

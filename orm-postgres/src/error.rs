//! What can go wrong.

use crate::summary::summary;
use orm_core::error::EncodeError;
use orm_core::row::DecodeError;
use std::borrow::Cow;
use std::fmt;
use std::time::Duration;
use tokio_postgres::error::{DbError, SqlState};

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
}

pub(crate) enum Kind {
    /// The URL cannot be read.
    Url(tokio_postgres::Error),
    /// No connection could be made.
    Connect(tokio_postgres::Error),
    ConnectTimeout(Duration),
    PoolTimeout {
        wait: Duration,
        size: usize,
    },
    PoolClosed,
    Driver(tokio_postgres::Error),
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
    TooManyRows,
    /// A statement on a transaction inside which another one is open.
    Suspended,
    /// A COMMIT after an error that the closure did not return.
    Aborted,
}

impl Error {
    pub(crate) fn new(kind: Kind) -> Self {
        Error(Box::new(Inner { kind, sql: None }))
    }

    pub(crate) fn with_sql(mut self, sql: Cow<'static, str>) -> Self {
        self.0.sql.get_or_insert(sql);
        self
    }

    pub(crate) fn driver(error: tokio_postgres::Error) -> Self {
        Error::new(Kind::Driver(error))
    }

    /// Exactly one row was expected and there was none.
    pub fn is_not_found(&self) -> bool {
        matches!(self.0.kind, Kind::NotFound)
    }

    /// One row was expected, or at most one, and there were more.
    pub fn is_too_many_rows(&self) -> bool {
        matches!(self.0.kind, Kind::TooManyRows)
    }

    /// A unique constraint or index refused the row (SQLSTATE 23505); [`constraint`](Error::constraint) says which.
    pub fn is_unique_violation(&self) -> bool {
        self.is_state(&SqlState::UNIQUE_VIOLATION)
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

    /// The same work may be tried again and will not be done twice: nothing was sent, or the server rolled it back
    /// and said so.
    pub fn is_retryable(&self) -> bool {
        match &self.0.kind {
            Kind::Connect(_) | Kind::ConnectTimeout(_) | Kind::PoolTimeout { .. } => true,
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
        matches!(self.0.kind, Kind::ConnectTimeout(_) | Kind::PoolTimeout { .. })
            || self.is_state(&SqlState::QUERY_CANCELED)
            || self.is_state(&SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT)
    }

    /// The connection is gone, or there was none to be had: the server is down or closed it, or the pool is closed.
    /// Whether a statement that was under way took effect is not known.
    pub fn is_closed(&self) -> bool {
        match &self.0.kind {
            Kind::PoolClosed | Kind::Connect(_) => true,
            Kind::Driver(error) => {
                error.is_closed()
                    || std::error::Error::source(error).is_some_and(|source| source.is::<std::io::Error>())
                    || self.is_state(&SqlState::ADMIN_SHUTDOWN)
                    || self.is_state(&SqlState::CRASH_SHUTDOWN)
            }
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

    pub(crate) fn db_error(&self) -> Option<&DbError> {
        match &self.0.kind {
            Kind::Driver(error) | Kind::Connect(error) | Kind::Url(error) => error.as_db_error(),
            _ => None,
        }
    }

    pub(crate) fn is_state(&self, state: &SqlState) -> bool {
        self.db_error().is_some_and(|error| error.code() == state)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(sql) = &self.0.sql {
            match self.0.kind {
                Kind::NotFound => return write!(f, "expected one row from `{}`, found none", summary(sql)),
                Kind::TooManyRows => {
                    return write!(f, "expected one row from `{}`, found more", summary(sql));
                }
                _ => write!(f, "{}: ", summary(sql))?,
            }
        }
        match &self.0.kind {
            Kind::Url(_) => f.write_str("the connection URL cannot be read"),
            Kind::Connect(error) => match error.as_db_error() {
                Some(error) => write_db_error(error, f),
                None => f.write_str("no connection to the server could be made"),
            },
            Kind::ConnectTimeout(wait) => write!(f, "timed out after {wait:?} connecting to the server"),
            Kind::PoolTimeout { wait, size } => {
                write!(f, "timed out after {wait:?} waiting for a pooled connection; all {size} are in use")
            }
            Kind::PoolClosed => f.write_str("the pool is closed"),
            Kind::Driver(error) => match error.as_db_error() {
                Some(error) => write_db_error(error, f),
                None if error.is_closed() => f.write_str("the connection is closed"),
                None => f.write_str("the connection failed"),
            },
            Kind::Encode(error) => write!(f, "{error}"),
            Kind::Decode { error, column } => {
                write!(f, "column {} (`{column}`): {error}", error.column() + 1)
            }
            Kind::ColumnType { index, name, expected, found } => {
                write!(f, "column {} (`{name}`): expected `{expected}`, found `{found}`", index + 1)
            }
            Kind::ColumnCount { expected, found } => {
                write!(f, "expected {expected} columns, found {found}")
            }
            Kind::NotFound => f.write_str("expected one row, found none"),
            Kind::TooManyRows => f.write_str("expected one row, found more"),
            Kind::Suspended => f.write_str(
                "the transaction waits for the one inside it; run the statement on that one, or after it",
            ),
            Kind::Aborted => f.write_str(
                "the transaction was rolled back: a statement in it failed and the error was not returned; \
                 to go on after an error run the statement in a nested transaction",
            ),
        }
    }
}

/// The constraint in our words, else the server's message without what it quotes.
fn write_db_error(error: &DbError, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let state = error.code();
    match (error.constraint(), error.column()) {
        (Some(name), _) if *state == SqlState::UNIQUE_VIOLATION => {
            write!(f, "unique constraint \"{name}\" is violated")?;
        }
        (Some(name), _) if *state == SqlState::FOREIGN_KEY_VIOLATION => {
            write!(f, "foreign key \"{name}\" is violated")?;
        }
        (Some(name), _) if *state == SqlState::CHECK_VIOLATION => {
            write!(f, "check constraint \"{name}\" is violated")?;
        }
        (Some(name), _) if *state == SqlState::EXCLUSION_VIOLATION => {
            write!(f, "exclusion constraint \"{name}\" is violated")?;
        }
        (_, Some(name)) if *state == SqlState::NOT_NULL_VIOLATION => {
            write!(f, "column \"{name}\" must not be NULL")?;
        }
        _ => f.write_str(without_value(error))?,
    }
    write!(f, " (SQLSTATE {})", state.code())
}

/// Messages of class 22 (data exception) end with the value: `invalid input syntax for type integer: "x"`.
fn without_value(error: &DbError) -> &str {
    let message = error.message();
    if error.code().code().starts_with("22") {
        message.split_once(": \"").map_or(message, |(before, _)| before)
    } else {
        message
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Error");
        out.field("message", &self.to_string());
        if let Some(sql) = self.sql() {
            out.field("sql", &sql);
        }
        if let Some(source) = std::error::Error::source(self) {
            out.field("source", &source.to_string());
        }
        out.finish()
    }
}

impl std::error::Error for Error {
    /// What lies below, when it is not the server's own error: that one's text has the DETAIL line in it.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.kind {
            Kind::Url(error) | Kind::Connect(error) | Kind::Driver(error) => {
                if error.as_db_error().is_some() {
                    return None;
                }
                std::error::Error::source(error).or(Some(error))
            }
            Kind::Encode(error) => std::error::Error::source(error),
            Kind::Decode { error, .. } => std::error::Error::source(error),
            _ => None,
        }
    }
}

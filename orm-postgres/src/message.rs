//! An error in words: what failed and why, and no value in any of them.

use crate::error::{Error, Kind};
use crate::summary::summary;
#[cfg(feature = "tls")]
use crate::tls::mode::Asked;
use std::borrow::Cow;
use std::fmt;
use tokio_postgres::error::{DbError, SqlState};

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(sql) = self.sql() {
            match self.kind() {
                Kind::NotFound => return write!(f, "expected one row from `{}`, found none", summary(sql)),
                Kind::TooManyRows(expected) => {
                    return write!(f, "expected {expected} from `{}`, found more", summary(sql));
                }
                _ => write!(f, "{}: ", summary(sql))?,
            }
        }
        write_kind(self.kind(), f)?;
        self.cause().map_or(Ok(()), |cause| write!(f, ": {cause}"))
    }
}

impl Error {
    /// The driver's or the decoder's reason, which is said behind our words, since many print an error and no source of
    /// it. Not the server's own error: that one's text has the DETAIL line in it.
    fn cause(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self.kind() {
            Kind::Url(error) => error.as_ref().map(below),
            Kind::Connect { error, .. } | Kind::Driver(error) if error.as_db_error().is_some() => None,
            // That it is closed was said already.
            Kind::Driver(error) if error.is_closed() => None,
            Kind::Connect { error, .. } | Kind::Driver(error) => Some(below(error)),
            #[cfg(feature = "tls")]
            Kind::RootCert { source, .. } => source.as_deref().map(|source| source as _),
            Kind::Encode(error) => std::error::Error::source(error),
            Kind::Decode { error, .. } => std::error::Error::source(error),
            _ => None,
        }
    }
}

fn write_kind(kind: &Kind, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match kind {
            Kind::Url(_) => f.write_str("the connection URL cannot be read"),
            Kind::Setting(message) => f.write_str(message),
            #[cfg(feature = "tls")]
            Kind::RootCert { path, what, .. } => {
                write!(f, "the file \"{path}\", which `sslrootcert` names, {what}")
            }
            Kind::Connect { server, error } => {
                write!(f, "could not connect to {server}")?;
                error.as_db_error().map_or(Ok(()), |error| {
                    f.write_str(": ")?;
                    write_db_error(error, f)
                })
            }
            #[cfg(feature = "tls")]
            Kind::NoTls { server, asked: Asked { mode, why } } => write!(
                f,
                "could not connect to {server}: the server does not support TLS, and {mode} asks for it{why}"
            ),
            #[cfg(feature = "tls")]
            Kind::Tls { server, asked: Asked { mode, why }, error } => {
                let words = crate::tls::refusal::words(error);
                write!(f, "could not connect to {server}: {words} ({mode}{why})")
            }
            Kind::ConnectTimeout { server, wait } => {
                write!(f, "timed out after {wait:?} connecting to {server}")
            }
            Kind::PoolTimeout { wait, size } => {
                write!(f, "timed out after {wait:?} waiting for a pooled connection; all {size} are in use")
            }
            Kind::PoolClosed => f.write_str("the pool is closed"),
            Kind::Driver(error) => match error.as_db_error() {
                Some(error) => write_db_error(error, f),
                None if error.is_closed() => f.write_str("the connection is closed"),
                None => f.write_str("the connection failed"),
            },
            Kind::Nul => f.write_str("the script has a NUL in it, which PostgreSQL cannot read"),
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
            Kind::TooManyRows(expected) => write!(f, "expected {expected}, found more"),
            Kind::Streaming => f.write_str(
                "the connection is busy with a stream of rows; read it to its end or drop it first, or run the \
                 statement on another connection",
            ),
            Kind::Suspended => f.write_str(
                "the transaction waits for the one inside it; run the statement on that one, or after it",
            ),
            Kind::RolledBack => f.write_str("the transaction was rolled back by `rollback`; nothing more can run on it"),
            Kind::Lost => f.write_str(
                "a script ended the transaction by a COMMIT or ROLLBACK of its own; end it by the closure's result, or by \
                 `rollback`",
            ),
            Kind::Aborted => f.write_str(
                "the transaction was rolled back: a statement in it failed and the error was not returned; \
                 to go on after an error run the statement in a nested transaction",
            ),
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
        _ => f.write_str(&without_value(error))?,
    }
    write!(f, " (SQLSTATE {})", state.code())
}

/// The server's message without the value that those of class 22 (data exception) have in them:
/// `invalid input syntax for type integer: "x"`, `value "x" is out of range for type integer`.
fn without_value(error: &DbError) -> Cow<'_, str> {
    let message = error.message();
    let state = error.code();
    // These say at most which byte or which rule.
    let harmless = [SqlState::CHARACTER_NOT_IN_REPERTOIRE, SqlState::INVALID_REGULAR_EXPRESSION];
    if !state.code().starts_with("22") || harmless.contains(state) {
        return message.into();
    }
    // A value may have quotes in it: all from the first to the last one goes.
    let message = match (message.split_once('"'), message.rsplit_once('"')) {
        (Some((before, _)), Some((_, after))) => Cow::Owned(format!("{before}…{after}")),
        _ => Cow::Borrowed(message),
    };
    match message.split_once(": ") {
        Some((before, _)) => before.to_owned().into(),
        None => message,
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
    /// What lies below the reason that is said already.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self.kind() {
            // Its words are ours.
            #[cfg(feature = "tls")]
            Kind::Tls { error, .. } => Some(below(error)),
            _ => self.cause()?.source(),
        }
    }
}

/// The driver's errors say where they come from; what lies below them says what it was.
fn below(error: &tokio_postgres::Error) -> &(dyn std::error::Error + 'static) {
    std::error::Error::source(error).unwrap_or(error)
}

//! [`Error`]: why there is no test database.

use std::error::Error as StdError;
use std::path::{Path, PathBuf};
use std::{fmt, io};

/// Why a test database could not be made, and what to do about it.
///
/// # Example
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// match orm_testing::TestDb::with_schema("create tabel users ()").await {
///     Ok(_) => unreachable!("the schema has a typing error"),
///     Err(error) => assert!(error.to_string().contains("schema")),
/// }
/// # }
/// ```
pub struct Error(Box<Kind>);

pub(crate) type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug)]
pub(crate) enum Kind {
    /// Neither a URL nor programs to run a server with.
    NoServer,
    /// No programs to run a server of the test's own with.
    NotInstalled,
    /// `MIZZLE_PG_BIN` names a folder without the programs.
    NoPrograms(PathBuf),
    /// `DATABASE_URL` is there but is not a URL; it may hold a password, so it is not shown.
    NotAUrl,
    /// The folder of the private cluster cannot be trusted.
    Folder { path: PathBuf, why: &'static str },
    /// The private cluster did not come up; the end of its log.
    Start { log: String },
    /// The private cluster took too long.
    Slow { seconds: u64 },
    /// Something of the operating system's.
    Io { action: &'static str, path: PathBuf, source: io::Error },
    /// The server does not answer.
    Connect { from: &'static str, source: tokio_postgres::Error },
    /// The server refused a statement of ours.
    Statement { sql: String, source: tokio_postgres::Error },
    /// The server refused the caller's schema.
    Schema { line: Option<usize>, source: tokio_postgres::Error },
    /// The thread that talks to the server is gone.
    Thread,
}

impl Error {
    pub(crate) fn io(action: &'static str, path: &Path, source: io::Error) -> Self {
        Kind::Io { action, path: path.to_owned(), source }.into()
    }

    #[cfg(unix)]
    pub(crate) fn is_no_server(&self) -> bool {
        matches!(*self.0, Kind::NoServer)
    }
}

impl From<Kind> for Error {
    fn from(kind: Kind) -> Self {
        Self(Box::new(kind))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Kind::NoServer => f.write_str(concat!(
                "no PostgreSQL found: set `DATABASE_URL`, or install it ",
                "(Debian: `apt-get install postgresql`, macOS: `brew install postgresql@17`)",
            )),
            Kind::NotInstalled => f.write_str(concat!(
                "no programs of PostgreSQL found, which a server of the test's own needs also beside `DATABASE_URL`: ",
                "install them (Debian: `apt-get install postgresql`, macOS: `brew install postgresql@17`), ",
                "or set `MIZZLE_PG_BIN` to the folder that holds `initdb` and `postgres`",
            )),
            Kind::NoPrograms(path) => write!(
                f,
                "`MIZZLE_PG_BIN` is `{}`, which does not hold `initdb` and `postgres`; \
                 set it to the folder that does, or unset it",
                path.display()
            ),
            Kind::NotAUrl => f.write_str(
                "expected `DATABASE_URL` to be like `postgres://user:password@host:5432/database`",
            ),
            Kind::Folder { path, why } => {
                write!(
                    f,
                    "the folder `{}` {why}; remove it, or set `TMPDIR` to another place",
                    path.display()
                )
            }
            Kind::Start { log } => write!(f, "PostgreSQL did not start; it said last:\n{log}"),
            Kind::Slow { seconds } => write!(f, "PostgreSQL did not start in {seconds}s"),
            Kind::Io { action, path, .. } => write!(f, "cannot {action} `{}`", path.display()),
            Kind::Connect { from, .. } => write!(f, "cannot connect to the server of {from}"),
            Kind::Statement { sql, source } if is_denied(source) => {
                write!(
                    f,
                    "`{sql}` is not allowed; give the user of `DATABASE_URL` the right to create databases"
                )
            }
            Kind::Statement { sql, .. } => write!(f, "cannot run `{sql}` on the server"),
            Kind::Schema { line: Some(line), .. } => {
                write!(f, "the schema does not apply, see its line {line}")
            }
            Kind::Schema { line: None, .. } => f.write_str("the schema does not apply"),
            Kind::Thread => f.write_str("the thread that talks to the server has ended"),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Tests show their error by `Debug`: the sentence and its causes serve them better than the variant.
        write!(f, "{self}")?;
        let mut source = self.source();
        while let Some(error) = source {
            write!(f, ": {error}")?;
            source = error.source();
        }
        Ok(())
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &*self.0 {
            Kind::Io { source, .. } => Some(source),
            Kind::Connect { source, .. } | Kind::Statement { source, .. } | Kind::Schema { source, .. } => {
                // The level between, "db error", says nothing.
                source.source().or(Some(source))
            }
            Kind::NoServer
            | Kind::NotInstalled
            | Kind::NoPrograms(_)
            | Kind::NotAUrl
            | Kind::Folder { .. }
            | Kind::Start { .. }
            | Kind::Slow { .. }
            | Kind::Thread => None,
        }
    }
}

fn is_denied(error: &tokio_postgres::Error) -> bool {
    error.code() == Some(&tokio_postgres::error::SqlState::INSUFFICIENT_PRIVILEGE)
}

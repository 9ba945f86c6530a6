//! What can go wrong in the kit.

use std::fmt::{self, Write};
use tokio_postgres::error::SqlState;

/// Why the kit could not do what it was asked.
///
/// Its `Display` says where (file and line, as far as known), what was found and what to do; [`source`] is the level
/// below. A server's DETAIL line may quote values of rows, so it is only shown by [`Error::detail`], but for that which names
/// the objects that depend on one to be dropped.
///
/// ```
/// let error = orm_kit::script::Script::parse("select 'a").unwrap_err();
/// assert_eq!(error.to_string(), "line 1: the string that begins here has no end; close it with `'`");
/// ```
///
/// [`source`]: std::error::Error::source
pub struct Error(Box<Inner>);

#[derive(Default)]
struct Inner {
    message: String,
    file: Option<String>,
    line: Option<usize>,
    statement: Option<String>,
    server: Option<Server>,
    advice: Option<String>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// What the server said of a statement.
struct Server {
    sqlstate: String,
    detail: Option<String>,
}

/// As much of a statement as a message shows.
const EXCERPT: usize = 100;

impl Error {
    /// An error of this message.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Error(Box::new(Inner { message: message.into(), ..Inner::default() }))
    }

    /// What the driver says; the server's own message if it comes from there.
    pub(crate) fn driver(error: tokio_postgres::Error) -> Self {
        let Some(db) = error.as_db_error() else {
            let closed = error.is_closed();
            let message =
                if closed { "the connection to the server is lost" } else { "the server was not understood" };
            return Error::new(message).caused_by(error);
        };
        let mut message = db.message().to_owned();
        if *db.code() == SqlState::DEPENDENT_OBJECTS_STILL_EXIST
            && let Some(dependents) = db.detail()
        {
            // Writing to a `String` does not fail.
            let _ = write!(message, ": {}", dependents.replace('\n', ", "));
        }
        if let Some(hint) = db.hint() {
            let _ = write!(message, "; {hint}");
        }
        let mut made = Error::new(message);
        made.0.server =
            Some(Server { sqlstate: db.code().code().to_owned(), detail: db.detail().map(str::to_owned) });
        made
    }

    /// What a typed statement says; the server's own words if it comes from there.
    pub(crate) fn typed(error: orm_postgres::Error) -> Self {
        let message = error.to_string();
        let Some(sqlstate) = error.sqlstate().map(str::to_owned) else {
            return Error::new(message).caused_by(error);
        };
        // Which we say ourselves.
        let code = format!(" (SQLSTATE {sqlstate})");
        let mut made = Error::new(message.strip_suffix(&code).unwrap_or(&message));
        made.0.server = Some(Server { sqlstate, detail: error.detail().map(str::to_owned) });
        made
    }

    /// In this line of a script, counted from one.
    pub(crate) fn at_line(mut self, line: usize) -> Self {
        self.0.line.get_or_insert(line);
        self
    }

    /// In this file.
    pub(crate) fn in_file(mut self, file: impl Into<String>) -> Self {
        self.0.file.get_or_insert_with(|| file.into());
        self
    }

    /// Of this statement.
    pub(crate) fn of_statement(mut self, sql: &str) -> Self {
        self.0.statement.get_or_insert_with(|| excerpt(sql));
        self
    }

    /// What to do now.
    pub(crate) fn advise(mut self, advice: impl Into<String>) -> Self {
        self.0.advice.get_or_insert_with(|| advice.into());
        self
    }

    pub(crate) fn caused_by(
        mut self,
        source: impl Into<Box<dyn std::error::Error + Send + Sync + 'static>>,
    ) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// The file it is about.
    pub fn file(&self) -> Option<&str> {
        self.0.file.as_deref()
    }

    /// The line of that file, counted from one.
    pub fn line(&self) -> Option<usize> {
        self.0.line
    }

    /// The beginning of the statement that failed.
    pub fn statement(&self) -> Option<&str> {
        self.0.statement.as_deref()
    }

    /// The five characters of the server's [error code](https://www.postgresql.org/docs/current/errcodes-appendix.html).
    pub fn sqlstate(&self) -> Option<&str> {
        self.0.server.as_ref().map(|server| server.sqlstate.as_str())
    }

    /// The server's DETAIL line, which may quote values of rows.
    pub fn detail(&self) -> Option<&str> {
        self.0.server.as_ref().and_then(|server| server.detail.as_deref())
    }
}

/// The beginning of `sql` on one line.
pub(crate) fn excerpt(sql: &str) -> String {
    let mut words = sql.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((at, _)) = words.char_indices().nth(EXCERPT) {
        words.truncate(at);
        words += " ..";
    }
    words
}

impl From<tokio_postgres::Error> for Error {
    fn from(error: tokio_postgres::Error) -> Self {
        Error::driver(error)
    }
}

impl From<orm_postgres::Error> for Error {
    fn from(error: orm_postgres::Error) -> Self {
        let missing = error.sqlstate() == Some("3D000");
        let made = Error::new("no connection to the database").caused_by(error);
        if missing { made.advise("`mizzle migrate` and `mizzle push` make it") } else { made }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { message, file, line, statement, server, advice, source: _ } = &*self.0;
        match (file, line) {
            (Some(file), Some(line)) => write!(f, "{file}:{line}: ")?,
            (Some(file), None) => write!(f, "{file}: ")?,
            (None, Some(line)) => write!(f, "line {line}: ")?,
            (None, None) => {}
        }
        if let Some(statement) = statement {
            write!(f, "`{statement}`: ")?;
        }
        f.write_str(message)?;
        if let Some(server) = server {
            write!(f, " (SQLSTATE {})", server.sqlstate)?;
        }
        advice.as_ref().map_or(Ok(()), |advice| write!(f, "; {advice}"))
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Error").field(&self.to_string()).field(&self.0.source).finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn std::error::Error + 'static))
    }
}

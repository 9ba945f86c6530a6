//! The text of a migration: statements in segments, and what its directives say.

mod cursor;
mod directive;
mod kind;
mod lexer;
mod lock;
mod render;
mod split;

pub(crate) use cursor::{Cursor, unquote};
pub(crate) use kind::{Alone, Kind, index_body, is_declarative};
pub(crate) use lexer::TokenKind;

pub use directive::Allow;
pub use lock::{Lock, LockLevel};
pub use render::render;

use crate::error::Error;
use crate::plan::Mode;
use directive::{Directive, directive};
use split::{Piece, line, split};

/// The text of a migration, read. It is SQL, and comments of their own lines direct how it is run:
///
/// | comment | says |
/// |---|---|
/// | `-- mizzle: transaction` | what comes behind it runs in one transaction, as the first statements do |
/// | `-- mizzle: no transaction` | what comes behind it runs statement by statement |
/// | `-- mizzle: batches by public.workers (id)` | one `update` or `delete`, in batches of rows in the order of this key |
/// | `-- mizzle: step usernames of public.users` | here a [function of the program](crate::migrate::Step) moves data, in batches |
/// | `-- mizzle: contract` | at the top: it takes away what code of before may still use |
/// | `-- mizzle: irreversible: why` | at the top of `down.sql`: there is no way back |
/// | `-- mizzle: replaces 20261101120000_init` | at the top: it stands for this migration, which is gone |
/// | `-- mizzle: allow data-loss: why` | a person accepts this hazard, or this rule of the linter |
///
/// ```
/// use orm_kit::script::Script;
///
/// let script = Script::parse("
///     create table app.notes (id bigint primary key);
///     -- mizzle: no transaction
///     create index concurrently notes_id on app.notes (id);
/// ")?;
/// assert_eq!(script.segments.len(), 2);
/// assert_eq!(script.statements().map(|statement| statement.line).collect::<Vec<_>>(), [2, 4]);
/// # Ok::<(), orm_kit::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Script {
    /// It takes away what code of before it may still use.
    pub contract: bool,
    /// There is no way back, and why.
    pub irreversible: Option<String>,
    /// The migrations that it stands for, in order: a database that has the last of them has it.
    pub replaces: Vec<String>,
    /// What its head allows: the hazards that a person agreed to.
    pub allows: Vec<Allow>,
    /// Its statements, in the order in which they run.
    pub segments: Vec<Segment>,
}

/// Statements that run together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// How they run.
    pub mode: Mode,
    /// They.
    pub statements: Vec<Statement>,
}

/// A statement of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The SQL, from its first word to its last.
    pub sql: String,
    /// The line in which it begins, counted from one.
    pub line: usize,
    /// What is allowed right above it.
    pub allows: Vec<Allow>,
}

impl Script {
    /// Reads a script.
    ///
    /// # Errors
    /// If something in it has no end, a directive is unknown or in the wrong place, or a statement cannot run where it
    /// is: the error names the line, and what to write.
    pub fn parse(text: &str) -> Result<Script, Error> {
        // A checkout on Windows must not be another migration.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
        let mut script = Script::default();
        let mut current: Option<Segment> = None;
        let mut lines = Lines { text: &text, at: 0, line: 1 };
        for piece in split(&text)? {
            let mut allows = Vec::new();
            let is_head = current.is_none() && script.segments.is_empty();
            for comment in &piece.comments {
                let at = line(&text, comment.start);
                let found = directive(text.get(comment.clone()).unwrap_or_default());
                let Some(found) = found.map_err(|error| error.at_line(at))? else { continue };
                check_place(&text, &piece, comment.start).map_err(|error| error.at_line(at))?;
                match found {
                    Directive::Segment(mode @ Mode::Step { .. }) => {
                        let sql = text.get(comment.clone()).unwrap_or_default().trim_end().to_owned();
                        script.push(current.take());
                        let statements = vec![Statement { sql, line: at, allows: Vec::new() }];
                        script.push(Some(Segment { mode, statements }));
                    }
                    Directive::Segment(mode) => {
                        script.push(current.replace(Segment { mode, statements: Vec::new() }));
                    }
                    Directive::Allow(allow) => allows.push(allow),
                    Directive::Contract if is_head => script.contract = true,
                    Directive::Irreversible(reason) if is_head => script.irreversible = Some(reason),
                    Directive::Replaces(name) if is_head => script.replaces.push(name),
                    Directive::Contract | Directive::Irreversible(_) | Directive::Replaces(_) => {
                        let message =
                            "this directive is about the whole script; put it above the first statement";
                        return Err(Error::new(message).at_line(at));
                    }
                }
            }
            if is_head {
                script.allows.extend(allows.iter().cloned());
            }
            let sql = text.get(piece.body.clone()).unwrap_or_default();
            if sql.is_empty() {
                continue;
            }
            let statement = Statement { sql: sql.to_owned(), line: lines.of(piece.body.start), allows };
            let segment =
                current.get_or_insert_with(|| Segment { mode: Mode::Transaction, statements: Vec::new() });
            statement.check(segment).map_err(|error| error.at_line(statement.line).of_statement(sql))?;
            segment.statements.push(statement);
        }
        script.push(current);
        Ok(script)
    }

    /// All statements, in the order in which they run.
    pub fn statements(&self) -> impl Iterator<Item = &Statement> {
        self.segments.iter().flat_map(|segment| &segment.statements)
    }

    fn push(&mut self, segment: Option<Segment>) {
        self.segments.extend(segment.filter(|segment| !segment.statements.is_empty()));
    }
}

impl Statement {
    /// The locks on tables that it takes; nothing if only the server can know, as of a `do`.
    ///
    /// ```
    /// use orm_kit::script::{LockLevel, Script};
    ///
    /// let script = Script::parse("alter table app.notes add column body text")?;
    /// let locks = script.statements().next().and_then(|statement| statement.locks()).unwrap_or_default();
    /// assert_eq!(locks[0].level, LockLevel::AccessExclusive);
    /// assert_eq!(locks[0].table, "app.notes");
    /// # Ok::<(), orm_kit::Error>(())
    /// ```
    pub fn locks(&self) -> Option<Vec<Lock>> {
        lock::locks(&self.sql)
    }

    pub(crate) fn kind(&self) -> Kind {
        Kind::of(&self.sql)
    }

    fn check(&self, Segment { mode, statements }: &Segment) -> Result<(), Error> {
        let kind = self.kind();
        match &kind {
            Kind::Control => Err(Error::new(
                "the migrator begins and ends transactions itself; remove it, and divide the script by \
                 `-- mizzle: transaction`",
            )),
            Kind::Copy => Err(Error::new(
                "`copy` from or to the client needs a program that sends the rows; write `insert`s, or load the rows \
                 by `psql`",
            )),
            Kind::Alone(Alone::CreateIndex { index: None, .. }) => Err(Error::new(
                "the index has no name, so that a run that is resumed could not find it; name it",
            )),
            Kind::Alone(_) if *mode != Mode::Direct => Err(Error::new(
                "PostgreSQL does not run this in a transaction; put `-- mizzle: no transaction` on a line above it, and \
                 `-- mizzle: transaction` above what comes behind it",
            )),
            _ => match mode {
                Mode::Batches { .. } if !statements.is_empty() => Err(Error::new(
                    "a second statement in a segment of batches, which is one `update` or `delete`; put a directive of \
                     its own above it, such as `-- mizzle: transaction`",
                )),
                Mode::Batches { .. } => check_batches(&self.sql),
                Mode::Transaction | Mode::Direct | Mode::Step { .. } => Ok(()),
            },
        }
    }
}

/// The condition is what the runner adds the batch's rows to.
fn check_batches(sql: &str) -> Result<(), Error> {
    let mut cursor = Cursor::new(sql);
    let verb = cursor.eat_one_of(&["update", "delete from"]);
    let condition = cursor.last_parentheses().is_some_and(|cursor| cursor.is_behind("where"));
    if verb.is_some() && condition {
        return Ok(());
    }
    Err(Error::new(
        "what runs in batches is an `update` or `delete` whose last thing is a condition in parentheses; write it as \
         `update .. where (..)`",
    ))
}

/// A directive has a line of its own, outside statements.
fn check_place(text: &str, piece: &Piece, at: usize) -> Result<(), Error> {
    if at >= piece.body.start {
        let line = line(text, piece.body.start);
        return Err(Error::new(format!(
            "a directive inside the statement that begins in line {line}; end the statement by `;` before it"
        )));
    }
    let before = text.get(..at).unwrap_or_default();
    if before.rsplit('\n').next().is_some_and(|line| !line.trim().is_empty()) {
        return Err(Error::new("a directive behind something else; put it on a line of its own"));
    }
    Ok(())
}

/// Counts lines in one pass over all statements.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn of(&mut self, at: usize) -> usize {
        let between = self.text.as_bytes().get(self.at..at).unwrap_or_default();
        self.line += between.iter().filter(|byte| **byte == b'\n').count();
        self.at = at;
        self.line
    }
}

#[cfg(test)]
mod tests;

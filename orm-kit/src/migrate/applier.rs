//! One migration, from where it stopped: its segments in turn, each in its way.

use super::journal::{Direction, Entered, Entering, Journal};
use super::lock;
use super::options::Options;
use super::progress::{Event, Place, Progress};
use super::session::Session;
use crate::error::{Error, excerpt};
use crate::migration::{Migration, checksum};
use crate::plan::Mode;
use crate::script::{Kind, Script, Segment, Statement};

/// What a migration is run with.
pub(super) struct Applier<'a> {
    pub(super) session: &'a Session,
    pub(super) journal: &'a Journal,
    pub(super) options: &'a Options,
    pub(super) progress: &'a mut dyn Progress,
    pub(super) migration: &'a Migration,
    pub(super) direction: Direction,
    pub(super) file: String,
    /// How many statements it has.
    pub(super) statements: usize,
}

/// A statement and which one of its migration it is.
#[derive(Clone, Copy)]
pub(super) struct Numbered<'a> {
    pub(super) position: usize,
    pub(super) statement: &'a Statement,
}

impl Entered {
    /// Whether it is this statement that an earlier run has begun.
    pub(super) fn is_of(&self, Numbered { position, statement }: Numbered<'_>) -> bool {
        self.position == position && self.checksum == checksum(&statement.sql)
    }
}

impl Applier<'_> {
    /// Runs what is left of the script.
    pub(super) async fn apply(&mut self, script: &Script) -> Result<(), Error> {
        let name = self.migration.name();
        let (journal, session) = (self.journal, self.session);
        let entered = self.entered();
        let done = entered.iter().filter(|statement| statement.finished).count();
        self.check_done(script, &entered)?;
        self.progress.event(Event::Begins { migration: name, statements: self.statements, done });
        let started = entered.iter().filter(|statement| !statement.finished);
        for begun in started {
            // The statement may be gone from the file since, and what it left behind with nobody to ask for it.
            if let Kind::Alone(alone) = Kind::of(&begun.sql) {
                self.clean(&alone).await.map_err(|error| error.in_file(&self.file))?;
            }
        }
        journal.begin(session, name, &self.migration.checksum(), self.direction, self.statements).await?;
        let applied = self.segments(script, &entered, done).await;
        if let Err(error) = &applied
            && session.is_open()
        {
            // The error that is reported is the one that led here.
            let _ = session.execute("rollback").await;
            let _ = journal.fail(session, name, error).await;
        }
        applied?;
        session.reset().await
    }

    /// What the journal has of it.
    fn entered(&self) -> Vec<Entered> {
        let entry = self.journal.entries.get(self.migration.name());
        let entry = entry.filter(|entry| entry.reverting == (self.direction == Direction::Down));
        entry.map(|entry| entry.statements.clone()).unwrap_or_default()
    }

    /// What has been done stands in the file as it was done.
    fn check_done(&self, script: &Script, entered: &[Entered]) -> Result<(), Error> {
        let statements: Vec<_> = script.statements().collect();
        for Entered { position, checksum: was, sql, .. } in
            entered.iter().filter(|statement| statement.finished)
        {
            let now = statements.get(*position);
            if now.is_some_and(|now| checksum(&now.sql) == *was) {
                continue;
            }
            let message = format!(
                "the migration stopped half-way, and statement {} of it, which was done, has been edited; restore it, and \
                 change only what has not been done: `{}`",
                position + 1,
                excerpt(sql)
            );
            let line = now.map_or(1, |now| now.line);
            return Err(Error::new(message).at_line(line).in_file(&self.file));
        }
        Ok(())
    }

    async fn segments(&mut self, script: &Script, entered: &[Entered], done: usize) -> Result<(), Error> {
        let mut position = 0;
        for segment in &script.segments {
            let all: Vec<_> = segment.statements.iter().zip(position..).collect();
            let all: Vec<_> =
                all.into_iter().map(|(statement, position)| Numbered { position, statement }).collect();
            position += all.len();
            let (before, left) = all.split_at(done.saturating_sub(position - all.len()).min(all.len()));
            self.session.reset_user().await?;
            for Numbered { statement, .. } in before {
                // It is gone with the connection that did it.
                if statement.kind() == Kind::Session {
                    self.session.execute(&statement.sql).await?;
                }
            }
            if left.is_empty() {
                continue;
            }
            lock::check(self.session, &self.journal.schema).await?;
            let started = entered.iter().find(|entered| !entered.finished && entered.position >= done);
            self.segment(segment, left, started).await?;
        }
        if done >= self.statements {
            self.journal.finish(self.session, self.migration.name(), self.direction).await?;
        }
        Ok(())
    }

    async fn segment(
        &mut self,
        segment: &Segment,
        left: &[Numbered<'_>],
        started: Option<&Entered>,
    ) -> Result<(), Error> {
        match &segment.mode {
            Mode::Transaction => self.transaction(left).await,
            Mode::Direct => self.direct(left, started).await,
            Mode::Batches { table, key } => match left.first() {
                Some(statement) => self.batches(table, key, *statement, started).await,
                None => Ok(()),
            },
            Mode::Step { name, table } => match left.first() {
                Some(statement) => self.program(name, table.as_deref(), *statement, started).await,
                None => Ok(()),
            },
        }
    }

    /// No statement comes behind this one.
    pub(super) fn is_last(&self, position: usize) -> bool {
        position + 1 >= self.statements
    }

    pub(super) fn entering<'b>(&'b self, Numbered { position, statement }: Numbered<'b>) -> Entering<'b> {
        let migration = self.migration.name();
        Entering { migration, direction: self.direction, position, sql: &statement.sql }
    }

    /// A statement is done, and the migration with it if it was the last one.
    pub(super) async fn finished(&self, statement: Numbered<'_>) -> Result<(), Error> {
        self.journal.enter(self.session, &self.entering(statement), true).await?;
        if self.is_last(statement.position) {
            self.journal.finish(self.session, self.migration.name(), self.direction).await?;
        }
        Ok(())
    }

    /// Says that a statement begins.
    pub(super) fn begins(&mut self, statement: Numbered<'_>) {
        let place = place(self.migration.name(), &self.file, self.statements, statement);
        self.progress.event(Event::Statement(place));
    }

    /// Says that a statement was done before.
    pub(super) fn found(&mut self, statement: Numbered<'_>) {
        let place = place(self.migration.name(), &self.file, self.statements, statement);
        self.progress.event(Event::Found(place));
    }

    /// Says how far a statement is.
    pub(super) fn batched(&mut self, statement: Numbered<'_>, rows: u64, of: Option<u64>) {
        let place = place(self.migration.name(), &self.file, self.statements, statement);
        self.progress.event(Event::Batch { place, rows, of });
    }

    /// Says how far an index is.
    pub(super) fn building(&mut self, statement: Numbered<'_>, phase: &str, percent: Option<u8>) {
        let place = place(self.migration.name(), &self.file, self.statements, statement);
        self.progress.event(Event::Building { place, phase, percent });
    }

    /// Waits to try a statement again.
    pub(super) async fn again(
        &mut self,
        retry: &mut super::retry::Retry,
        error: Error,
        statement: Numbered<'_>,
    ) -> Result<(), Error> {
        let place = place(self.migration.name(), &self.file, self.statements, statement);
        let tried = retry.after(error, self.options, place, self.progress).await;
        tried.map_err(|error| self.locate(error, statement))
    }

    /// The error with its file, line and statement, and what to do.
    pub(super) fn locate(&self, error: Error, Numbered { statement, .. }: Numbered<'_>) -> Error {
        let command = match self.direction {
            Direction::Up => "migrate",
            Direction::Down => "down",
        };
        let advice = match error.sqlstate() {
            Some("55P04") => {
                "put `-- mizzle: transaction` on a line above it, so that what added the value is committed before".to_owned()
            }
            Some("25001") => {
                "put `-- mizzle: no transaction` on a line above it, and `-- mizzle: transaction` above what comes behind \
                 it"
                .to_owned()
            }
            // The server went away: nothing is wrong with the statement.
            Some(state) if !state.starts_with("57P") => {
                format!("correct it and run `mizzle {command}`, which goes on here")
            }
            _ => format!("run `mizzle {command}`, which goes on where this stopped"),
        };
        error.at_line(statement.line).of_statement(&statement.sql).in_file(&self.file).advise(advice)
    }
}

fn place<'a>(
    migration: &'a str,
    file: &'a str,
    statements: usize,
    Numbered { position, statement }: Numbered<'a>,
) -> Place<'a> {
    Place { migration, file, line: statement.line, sql: &statement.sql, position, statements }
}

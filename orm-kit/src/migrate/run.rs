//! Applying what is not applied.

use super::applier::Applier;
use super::history;
use super::journal::{Direction, Journal};
use super::lock::{lock, unlock};
use super::options::Migrator;
use super::program;
use super::progress::{Event, Progress};
use super::session::Session;
use crate::error::Error;
use crate::migration::Migration;
use crate::script::Script;
use std::time::Instant;

/// What a run has done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The migrations that it applied, in order.
    pub applied: Vec<String>,
    /// Those that it left: contracts, which were not asked for, and what follows them.
    pub waiting: Vec<String>,
}

impl Migrator {
    /// Applies every migration that is not applied, in order. Run by many at once, one does it and the others wait for it.
    ///
    /// # Errors
    /// If the history is not as the migrations say, another migrator does not finish, or a statement fails. What was done
    /// stays done and is in the journal; the next run goes on behind it.
    pub async fn run(&self, progress: &mut dyn Progress) -> Result<Report, Error> {
        // A mistake in a later file should not be found when the earlier ones are done.
        self.migrations.head()?;
        let mut scripts = Vec::new();
        for migration in &self.migrations {
            scripts.push((migration, migration.script()?));
        }
        let (session, journal) = self.open(progress).await?;
        let contract = self.options.contract || history::is_new(&session, &journal, &self.options).await?;
        let pending = history::pending(&journal, &self.migrations, &self.options)?;
        for (migration, script) in &scripts {
            program::check(script, &self.options.steps).map_err(|error| error.in_file(migration.file()))?;
        }
        scripts.retain(|(migration, _)| pending.iter().any(|pending| pending.name() == migration.name()));
        let mut report = Report::default();
        for (migration, script) in scripts {
            let waits = report.waiting.iter().any(|waiting| migration.parents().contains(waiting));
            if waits || (script.contract && !contract) {
                progress.event(Event::Contract { migration: migration.name() });
                report.waiting.push(migration.name().to_owned());
                continue;
            }
            self.apply(&session, &journal, migration, Direction::Up, &script, progress).await?;
            report.applied.push(migration.name().to_owned());
        }
        unlock(&session, &self.options.schema).await?;
        Ok(report)
    }

    /// A connection that has the lock, and the journal as it was read behind it.
    pub(super) async fn open(&self, progress: &mut dyn Progress) -> Result<(Session, Journal), Error> {
        let session = Session::open(&self.url).await?;
        lock(&session, &self.options, progress).await?;
        let mut journal = Journal::make(&session, &self.options.schema).await?;
        let settled = journal.settle(&self.migrations)?;
        journal.enter_settled(&session, &settled).await?;
        Ok((session, journal))
    }

    /// The journal as it is, without a lock.
    pub(super) async fn journal(&self, session: &Session) -> Result<Journal, Error> {
        let mut journal = Journal::read(session, &self.options.schema).await?;
        journal.settle(&self.migrations)?;
        Ok(journal)
    }

    pub(super) async fn apply(
        &self,
        session: &Session,
        journal: &Journal,
        migration: &Migration,
        direction: Direction,
        script: &Script,
        progress: &mut dyn Progress,
    ) -> Result<(), Error> {
        let begun = Instant::now();
        let file = match direction {
            Direction::Up => migration.file(),
            Direction::Down => migration.down_file(),
        };
        let statements = script.statements().count();
        let options = &self.options;
        let mut applier = Applier {
            session,
            journal,
            options,
            progress: &mut *progress,
            migration,
            direction,
            file,
            statements,
        };
        applier.apply(script).await?;
        let (migration, took) = (migration.name(), begun.elapsed());
        progress.event(match direction {
            Direction::Up => Event::Applied { migration, took },
            Direction::Down => Event::Reverted { migration, took },
        });
        Ok(())
    }
}

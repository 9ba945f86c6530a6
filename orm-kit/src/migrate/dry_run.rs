//! What a run would do.

use super::history;
use super::options::Migrator;
use super::session::Session;
use crate::error::Error;
use crate::plan::Mode;
use crate::script::Lock;

/// A statement that is not applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// The migration.
    pub migration: String,
    /// The migration takes away what code of before it may still use.
    pub contract: bool,
    /// A run leaves it: it is a contract, or follows one, and contracts were not asked for.
    pub waits: bool,
    /// The file.
    pub file: String,
    /// The line in it, counted from one.
    pub line: usize,
    /// The statement.
    pub sql: String,
    /// How it runs.
    pub mode: Mode,
    /// The locks that it takes on tables; nothing if only the server can know.
    pub locks: Option<Vec<Lock>>,
}

impl Migrator {
    /// Every statement that a run would run, in order, and those that it would leave. It changes nothing and waits for nobody.
    ///
    /// # Errors
    /// As [`run`](Migrator::run), but for what only the statements themselves can meet.
    pub async fn dry_run(&self) -> Result<Vec<Pending>, Error> {
        let session = Session::open(&self.url).await?;
        let journal = self.journal(&session).await?;
        let contract = self.options.contract || history::is_new(&session, &journal, &self.options).await?;
        let mut waiting: Vec<String> = Vec::new();
        let mut steps = Vec::new();
        for migration in history::pending(&journal, &self.migrations, &self.options)? {
            let script = migration.script()?;
            let waits = (script.contract && !contract)
                || waiting.iter().any(|waiting| migration.parents().contains(waiting));
            if waits {
                waiting.push(migration.name().to_owned());
            }
            let entry = journal.entries.get(migration.name());
            let is_done = |statement: &&super::journal::Entered| statement.finished;
            let done = entry.map_or(0, |entry| entry.statements.iter().filter(is_done).count());
            let statements = script.segments.iter().flat_map(|segment| {
                segment.statements.iter().map(|statement| (segment.mode.clone(), statement))
            });
            for (mode, statement) in statements.skip(done) {
                steps.push(Pending {
                    migration: migration.name().to_owned(),
                    contract: script.contract,
                    waits,
                    file: migration.file(),
                    line: statement.line,
                    sql: statement.sql.clone(),
                    mode,
                    locks: statement.locks(),
                });
            }
        }
        Ok(steps)
    }
}

//! Taking migrations back.

use super::journal::{Direction, Journal};
use super::lock::unlock;
use super::options::Migrator;
use super::program;
use super::progress::Progress;
use super::session::Session;
use crate::error::Error;
use crate::migration::Migration;
use crate::plan::HazardKind;
use crate::script::Script;

/// How far to go back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target<'a> {
    /// This many migrations.
    Steps(usize),
    /// Until this one is the last that is applied.
    To(&'a str),
}

impl Migrator {
    /// Takes migrations back by their `down.sql`, the last one first, and says which.
    ///
    /// # Errors
    /// If one of them has no way back, or loses data on it and [`data_loss`](Migrator::data_loss) is not given, and then
    /// nothing is done; else as [`run`](Migrator::run).
    pub async fn down(&self, target: Target<'_>, progress: &mut dyn Progress) -> Result<Vec<String>, Error> {
        let (session, journal) = self.open(progress).await?;
        let scripts = self.way_back(&journal, target)?;
        let lossy = scripts.iter().find(|(_, script)| loses_data(script));
        if let Some((migration, _)) = lossy.filter(|_| !self.options.data_loss) {
            return Err(Error::new("taking the migration back loses data").in_file(migration.down_file()).advise(
                "if this is meant, say `--allow data-loss`, or in a program `data_loss(true)`, of the migrator",
            ));
        }
        let mut reverted = Vec::new();
        for (migration, script) in scripts {
            self.apply(&session, &journal, migration, Direction::Down, &script, progress).await?;
            reverted.push(migration.name().to_owned());
        }
        unlock(&session, &self.options.schema).await?;
        Ok(reverted)
    }

    /// The migrations that [`down`](Migrator::down) would take back and lose data by, as their `down.sql` says.
    ///
    /// # Errors
    /// As [`down`](Migrator::down).
    pub async fn data_lost_by(&self, target: Target<'_>) -> Result<Vec<String>, Error> {
        let session = Session::open(&self.url).await?;
        let scripts = self.way_back(&self.journal(&session).await?, target)?;
        let lossy = scripts.iter().filter(|(_, script)| loses_data(script));
        Ok(lossy.map(|(migration, _)| migration.name().to_owned()).collect())
    }

    /// What takes back what is applied, the last one first.
    fn way_back(&self, journal: &Journal, target: Target<'_>) -> Result<Vec<(&Migration, Script)>, Error> {
        if let Target::To(name) = target
            && self.migrations.get(name).is_none()
        {
            return Err(Error::new(format!("there is no migration `{name}`; `mizzle status` lists them")));
        }
        if let Some(name) = journal.entries.keys().find(|name| self.migrations.get(name).is_none()) {
            return Err(Error::new(format!(
                "the database knows of migration `{name}`, which is not here, so nothing says what follows what; restore \
                 its folder"
            )));
        }
        let mut applied: Vec<&Migration> = self
            .migrations
            .iter()
            .filter(|migration| journal.entries.contains_key(migration.name()))
            .collect();
        applied.reverse();
        let count = match target {
            Target::Steps(steps) => steps,
            Target::To(name) => applied.iter().take_while(|migration| migration.name() != name).count(),
        };
        if let Target::To(name) = target
            && !journal.entries.contains_key(name)
        {
            return Err(Error::new(format!(
                "migration `{name}` is not applied; `mizzle status` lists those that are"
            )));
        }
        applied.truncate(count);
        let mut scripts = Vec::new();
        for migration in applied {
            let entry = journal.entries.get(migration.name());
            if entry.is_some_and(|entry| entry.finished_at.is_none() && !entry.reverting) {
                let name = migration.name();
                return Err(Error::new(format!(
                    "migration `{name}` is half applied; run `mizzle migrate` to finish it first, or undo it by hand and \
                     `mizzle resolve --rolled-back {name}`"
                )));
            }
            let script = migration.down_script()?;
            program::check(&script, &self.options.steps)
                .map_err(|error| error.in_file(migration.down_file()))?;
            scripts.push((migration, script));
        }
        Ok(scripts)
    }
}

/// Whether it says so at its head, as what is generated does.
fn loses_data(script: &Script) -> bool {
    let word = HazardKind::DataLoss.to_string();
    script.allows.iter().any(|allow| allow.word == word)
}

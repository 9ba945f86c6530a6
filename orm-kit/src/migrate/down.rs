//! Taking migrations back.

use super::journal::Direction;
use super::lock::unlock;
use super::options::Migrator;
use super::progress::Progress;
use crate::error::Error;
use crate::migration::Migration;

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
    /// If one of them has no way back, and then nothing is done; else as [`run`](Migrator::run).
    pub async fn down(&self, target: Target<'_>, progress: &mut dyn Progress) -> Result<Vec<String>, Error> {
        if let Target::To(name) = target
            && self.migrations.get(name).is_none()
        {
            return Err(Error::new(format!("there is no migration `{name}`; `mizzle status` lists them")));
        }
        let (session, journal) = self.open(progress).await?;
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
            scripts.push((migration, migration.down_script()?));
        }
        let mut reverted = Vec::new();
        for (migration, script) in scripts {
            self.apply(&session, &journal, migration, Direction::Down, &script, progress).await?;
            reverted.push(migration.name().to_owned());
        }
        unlock(&session, &self.options.schema).await?;
        Ok(reverted)
    }
}

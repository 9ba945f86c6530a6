//! Which migrations are applied.

use super::history;
use super::journal::Entry;
use super::options::Migrator;
use super::session::Session;
use crate::error::Error;
use crate::migration::Migration;
use std::time::SystemTime;

/// A migration, and how it stands with the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Its name.
    pub name: String,
    /// How it stands.
    pub state: State,
}

/// How a migration stands with a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It is not applied.
    Pending {
        /// It takes away what code of before it may still use.
        contract: bool,
    },
    /// It is applied.
    Applied {
        /// When it was.
        at: SystemTime,
    },
    /// It is applied, and its file has been edited since.
    Edited {
        /// When it was applied.
        at: SystemTime,
    },
    /// The database knows of it, and there is no folder.
    Missing,
    /// It is begun and not done, or half taken back.
    Partial {
        /// It is being taken back.
        reverting: bool,
        /// When it was begun.
        at: SystemTime,
        /// How many of its statements are done.
        done: usize,
        /// Why it stopped, if anyone could say.
        error: Option<String>,
    },
}

impl Migrator {
    /// All migrations, in order, and behind them what only the database knows of. It changes nothing and waits for nobody.
    ///
    /// ```
    /// # use orm_kit::migrate::{Migrator, State};
    /// # use orm_kit::migration::{Migration, Migrations};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let database = orm_testing::TestDb::new().await?;
    /// # let init = Migration::new("20261101120000_init", "create table notes ()", None, &[]);
    /// # let migrator = Migrator::new(database.url()).migrations(Migrations::new(vec![init])?);
    /// let status = migrator.status().await?;
    /// assert_eq!(status[0].state, State::Pending { contract: false });
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// If the database cannot be asked, or a script cannot be read.
    pub async fn status(&self) -> Result<Vec<Status>, Error> {
        let session = Session::open(&self.url).await?;
        let journal = self.journal(&session).await?;
        let mut all = Vec::new();
        for migration in &self.migrations {
            let entry = journal.entries.get(migration.name());
            all.push(Status { name: migration.name().to_owned(), state: state(migration, entry)? });
        }
        let missing = journal.entries.keys().filter(|name| self.migrations.get(name).is_none());
        all.extend(missing.map(|name| Status { name: name.clone(), state: State::Missing }));
        Ok(all)
    }

    /// That nothing is to be done and all is as it should be, for a program that starts or a pipeline.
    ///
    /// # Errors
    /// If a migration is not applied, contracts left out, or the history is not as the migrations say.
    pub async fn check(&self) -> Result<(), Error> {
        let session = Session::open(&self.url).await?;
        let journal = self.journal(&session).await?;
        let mut pending = Vec::new();
        for migration in history::pending(&journal, &self.migrations, &self.options)? {
            if !migration.script()?.contract || journal.entries.contains_key(migration.name()) {
                pending.push(format!("`{}`", migration.name()));
            }
        }
        if pending.is_empty() {
            return Ok(());
        }
        Err(Error::new(format!("the database lacks {}; run `mizzle migrate`", pending.join(", "))))
    }
}

fn state(migration: &Migration, entry: Option<&Entry>) -> Result<State, Error> {
    let Some(entry) = entry else { return Ok(State::Pending { contract: migration.script()?.contract }) };
    Ok(match entry.finished_at {
        Some(at) if !entry.reverting && entry.checksum == migration.checksum() => State::Applied { at },
        Some(at) if !entry.reverting => State::Edited { at },
        _ => State::Partial {
            reverting: entry.reverting,
            at: entry.started_at,
            done: entry.statements.iter().filter(|statement| statement.finished).count(),
            error: entry.error.clone(),
        },
    })
}

//! Migrations that stand for others, which the database has.

use super::journal::{Entry, Journal};
use super::session::Session;
use crate::error::Error;
use crate::migration::{Migration, Migrations};
use tokio_postgres::types::Type;

/// A migration that the database has, as it has the last of those that the migration stands for.
pub(super) struct Settled {
    name: String,
    checksum: String,
    last: String,
}

impl Journal {
    /// Puts migrations in place of those that they stand for, and says which the database does not know of yet. Programs from
    /// before still ask for the others, so these stay in the database.
    pub(super) fn settle(&mut self, migrations: &Migrations) -> Result<Vec<Settled>, Error> {
        let mut settled = Vec::new();
        for migration in migrations {
            let (replaces, name) = (migration.replaces()?, migration.name().to_owned());
            let Some(last) = replaces.last() else { continue };
            if !self.entries.contains_key(&name) {
                // What the last one follows ran before it.
                let done =
                    self.entries.get(last).filter(|entry| entry.finished_at.is_some() && !entry.reverting);
                let Some(Entry { started_at, finished_at, .. }) = done else { continue };
                let checksum = migration.checksum();
                settled.push(Settled { name: name.clone(), checksum: checksum.clone(), last: last.clone() });
                let entry = Entry {
                    checksum,
                    started_at: *started_at,
                    finished_at: *finished_at,
                    reverting: false,
                    error: None,
                    statements: Vec::new(),
                };
                self.entries.insert(name, entry);
            }
            replaces.iter().for_each(|name| drop(self.entries.remove(name)));
        }
        Ok(settled)
    }

    /// Enters them as applied when the last that they stand for was.
    pub(super) async fn enter_settled(&self, session: &Session, settled: &[Settled]) -> Result<(), Error> {
        let migrations = self.table("migrations");
        let sql = format!(
            "insert into {migrations} (name, checksum, origin, started_at, finished_at) \
             select $1, $2, 'squash', started_at, finished_at from {migrations} where name = $3"
        );
        for Settled { name, checksum, last } in settled {
            session.query(&sql, &[(name, Type::TEXT), (checksum, Type::TEXT), (last, Type::TEXT)]).await?;
        }
        Ok(())
    }

    /// No migration stands for some that the database has and some that it has not.
    pub(super) fn check_settled(&self, migrations: &Migrations) -> Result<(), Error> {
        for migration in migrations {
            let replaces = migration.replaces()?;
            let there: Vec<_> = replaces.iter().filter(|name| self.entries.contains_key(*name)).collect();
            if let (Some(name), Some(last)) = (there.last(), replaces.last()) {
                return Err(half(migration, name, last));
            }
        }
        Ok(())
    }
}

fn half(migration: &Migration, there: &str, last: &str) -> Error {
    let name = migration.name();
    Error::new(format!(
        "the database has `{there}`, but not all that `{name}` stands for, up to `{last}`; first run `mizzle migrate` with \
         the migrations as they were before they were squashed"
    ))
    .in_file(migration.file())
}

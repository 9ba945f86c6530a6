//! Telling the journal what a person has done by hand.

use super::lock::unlock;
use super::options::Migrator;
use crate::error::Error;
use tokio_postgres::types::Type;

/// What a person has done about a migration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolution {
    /// All that it does is done.
    Applied,
    /// Nothing of it is left, so that it can run again; or it is gone for good.
    RolledBack,
}

impl Migrator {
    /// Enters into the journal how a migration stands, and runs nothing.
    ///
    /// # Errors
    /// If it stands so already, or it is applied and would be forgotten while its folder is there.
    pub async fn resolve(&self, name: &str, resolution: Resolution) -> Result<(), Error> {
        let (session, journal) = self.open(&mut ()).await?;
        let entry = journal.entries.get(name);
        let migration = self.migrations.get(name);
        let table = journal.table("migrations");
        match (resolution, migration, entry) {
            (Resolution::Applied, None, _) => {
                return Err(Error::new(format!(
                    "there is no migration `{name}`; `mizzle status` lists them"
                )));
            }
            (Resolution::Applied, Some(_), Some(entry))
                if entry.finished_at.is_some() && !entry.reverting =>
            {
                return Err(Error::new(format!("migration `{name}` is applied already")));
            }
            (Resolution::Applied, Some(migration), _) => {
                let sql = format!(
                    "insert into {table} as m (name, checksum, origin, finished_at) \
                     values ($1, $2, 'resolve', pg_catalog.clock_timestamp()) on conflict (name) do update set \
                     checksum = excluded.checksum, finished_at = coalesce(m.finished_at, excluded.finished_at), \
                     reverting_at = null, error = null"
                );
                session.query(&sql, &[(&name, Type::TEXT), (&migration.checksum(), Type::TEXT)]).await?;
            }
            (Resolution::RolledBack, _, None) => {
                return Err(Error::new(format!("the database does not know of migration `{name}`")));
            }
            (Resolution::RolledBack, Some(_), Some(entry))
                if entry.finished_at.is_some() && !entry.reverting =>
            {
                return Err(Error::new(format!(
                    "migration `{name}` is applied; take it back by `mizzle down`, which undoes what it did"
                )));
            }
            (Resolution::RolledBack, _, Some(_)) => {
                let sql = format!("delete from {table} where name = $1");
                session.query(&sql, &[(&name, Type::TEXT)]).await?;
            }
        }
        unlock(&session, &self.options.schema).await
    }
}

//! Beginning a journal where the tables are there already.

use super::history;
use super::lock::unlock;
use super::options::Migrator;
use crate::error::Error;
use crate::tool::{History, histories};
use tokio_postgres::types::Type;

impl Migrator {
    /// Enters a migration and all that it follows as applied, runs none of them, and says which were new to the journal.
    ///
    /// # Errors
    /// If there is no such migration, one of them is half applied, another tool has not finished one of its own, or the
    /// database is empty.
    pub async fn baseline(&self, name: &str) -> Result<Vec<String>, Error> {
        self.enter_baseline(name, false).await
    }

    /// As [`baseline`](Migrator::baseline); a database that the migration was written from may be empty.
    pub(crate) async fn enter_baseline(&self, name: &str, empty: bool) -> Result<Vec<String>, Error> {
        let Some(last) = self.migrations.get(name) else {
            return Err(Error::new(format!("there is no migration `{name}`; `mizzle status` lists them")));
        };
        let (session, journal) = self.open(&mut ()).await?;
        histories(session.client()).await?.iter().try_for_each(History::check)?;
        if !empty && journal.entries.is_empty() && history::tables(&session, &journal).await?.is_none() {
            return Err(Error::new(
                "the database is empty, so that it has no migration; `mizzle migrate` applies them",
            ));
        }
        let mut baseline = self.migrations.ancestors(name);
        baseline.push(last);
        let half = |migration: &&&crate::migration::Migration| {
            journal
                .entries
                .get(migration.name())
                .is_some_and(|entry| entry.finished_at.is_none() || entry.reverting)
        };
        if let Some(migration) = baseline.iter().find(half) {
            let name = migration.name();
            return Err(Error::new(format!(
                "migration `{name}` is half applied; run `mizzle migrate`, or `mizzle resolve --applied {name}`"
            )));
        }
        baseline.retain(|migration| !journal.entries.contains_key(migration.name()));
        session.execute("begin").await?;
        for migration in &baseline {
            let sql = format!(
                "insert into {} (name, checksum, origin, finished_at) \
                 values ($1, $2, 'baseline', pg_catalog.clock_timestamp())",
                journal.table("migrations")
            );
            session
                .query(&sql, &[(&migration.name(), Type::TEXT), (&migration.checksum(), Type::TEXT)])
                .await?;
        }
        session.execute("commit").await?;
        unlock(&session, &self.options.schema).await?;
        Ok(baseline.iter().map(|migration| migration.name().to_owned()).collect())
    }
}

//! Accepting edited files, and dropping what half-made indexes are left.

use super::lock::unlock;
use super::options::Migrator;
use super::probe::INVALID;
use super::progress::{Event, Progress};
use crate::error::Error;
use tokio_postgres::types::Type;

/// What a repair has done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Repaired {
    /// The migrations whose edited files are accepted.
    pub accepted: Vec<String>,
    /// The invalid indexes that are dropped, by their qualified names.
    pub dropped: Vec<String>,
}

impl Migrator {
    /// Accepts the files of applied migrations as they are now, and drops every index of the database that is invalid and
    /// that nobody is building.
    ///
    /// # Errors
    /// If an index cannot be dropped, as one of somebody else.
    pub async fn repair(&self, progress: &mut dyn Progress) -> Result<Repaired, Error> {
        let (session, journal) = self.open(progress).await?;
        let mut repaired = Repaired::default();
        for migration in &self.migrations {
            let (name, checksum) = (migration.name(), migration.checksum());
            let entry = journal.entries.get(name);
            if entry.is_some_and(|entry| entry.finished_at.is_some() && entry.checksum != checksum) {
                let sql = format!("update {} set checksum = $2 where name = $1", journal.table("migrations"));
                session.query(&sql, &[(&name, Type::TEXT), (&checksum, Type::TEXT)]).await?;
                repaired.accepted.push(name.to_owned());
            }
        }
        for row in session.query(INVALID, &[]).await? {
            let index: String = row.try_get(0)?;
            session
                .execute(&format!("drop index concurrently if exists {index}"))
                .await
                .map_err(|error| error.of_statement(&format!("drop index concurrently {index}")))?;
            progress.event(Event::Dropped { index: &index });
            repaired.dropped.push(index);
        }
        unlock(&session, &self.options.schema).await?;
        Ok(repaired)
    }
}

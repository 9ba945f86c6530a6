//! The journal against the folders: what is to be done, and what should not be so.

use super::journal::Journal;
use super::options::Options;
use super::session::Session;
use crate::error::Error;
use crate::migration::{Migration, Migrations};
use crate::tool::histories;
use orm_core::sql::quote_literal;

/// The migrations that are not applied, in order.
pub(super) fn pending<'a>(
    journal: &Journal,
    migrations: &'a Migrations,
    options: &Options,
) -> Result<Vec<&'a Migration>, Error> {
    migrations.head()?;
    journal.check_settled(migrations)?;
    for (name, entry) in &journal.entries {
        if entry.reverting {
            return Err(Error::new(format!(
                "migration `{name}` is half taken back; run `mizzle down` to finish that, or `mizzle resolve --applied \
                 {name}` if it is whole again"
            )));
        }
        match migrations.get(name) {
            None if options.missing => {}
            None => return Err(missing(name)),
            Some(migration) if entry.finished_at.is_some() && entry.checksum != migration.checksum() => {
                return Err(edited(migration));
            }
            Some(migration) => check_order(journal, migrations, migration)?,
        }
    }
    let is_pending = |migration: &&Migration| {
        journal.entries.get(migration.name()).is_none_or(|entry| entry.finished_at.is_none())
    };
    Ok(migrations.iter().filter(is_pending).collect())
}

/// What a migration follows has run before it.
fn check_order(journal: &Journal, migrations: &Migrations, applied: &Migration) -> Result<(), Error> {
    let parents = applied.parents().iter().filter_map(|parent| migrations.get(parent));
    let applied = applied.name();
    for parent in parents {
        if journal.entries.get(parent.name()).is_none_or(|entry| entry.finished_at.is_none()) {
            let name = parent.name();
            return Err(Error::new(format!(
                "migration `{name}` was not applied, but `{applied}`, which follows it, was; run its statements by hand \
                 and `mizzle resolve --applied {name}`, or give `{applied}` the parents that it was applied behind"
            ))
            .in_file(parent.file()));
        }
    }
    Ok(())
}

fn missing(name: &str) -> Error {
    Error::new(format!(
        "the database knows of migration `{name}`, which is not here; restore its folder, or deploy the version that has it; \
         if it is never to come back, `mizzle resolve --rolled-back {name}` forgets it"
    ))
}

fn edited(migration: &Migration) -> Error {
    let name = migration.name();
    Error::new(format!(
        "migration `{name}` was edited after it was applied; restore the file and write what is new as a migration of its \
         own, or accept it as it is by `mizzle repair`"
    ))
    .in_file(migration.file())
}

/// Whether the database is new: it has no migrations, and nothing that code could use. One that somebody else has made wants
/// a baseline, and not our first migration.
pub(super) async fn is_new(session: &Session, journal: &Journal, options: &Options) -> Result<bool, Error> {
    if options.not_empty || !journal.entries.is_empty() {
        return Ok(false);
    }
    let Some((table, count)) = tables(session, journal).await? else { return Ok(true) };
    let others: Vec<_> = histories(session.client()).await?.iter().map(|it| format!("{it}; ")).collect();
    Err(Error::new(format!(
        "the database has {count} tables and views, such as {table}, and no journal of migrations; {}say which migration \
         made them by `mizzle baseline NAME`, or begin beside them by `--not-empty`",
        others.concat()
    )))
}

/// The first table or view that is neither an extension's nor the journal's, and how many there are, if there are any.
pub(super) async fn tables(session: &Session, journal: &Journal) -> Result<Option<(String, String)>, Error> {
    let sql = format!(
        "select pg_catalog.format('%I.%I', n.nspname, c.relname), count(*) over () from pg_catalog.pg_class c \
         join pg_catalog.pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p', 'v', 'm', 'f') \
         and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', {}) and not exists \
         (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass \
         and d.objid = c.oid and d.deptype = 'e') order by 1 limit 1",
        quote_literal(&journal.schema)
    );
    let Some(row) = session.row(&sql).await? else { return Ok(None) };
    let mut row = row.into_iter().map(Option::unwrap_or_default);
    Ok(Some((row.next().unwrap_or_default(), row.next().unwrap_or_default())))
}

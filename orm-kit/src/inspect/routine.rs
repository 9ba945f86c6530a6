//! Functions, procedures and triggers.

use super::fields::Fields;
use super::independent;
use super::table::Tables;
use crate::Error;
use crate::catalog::{Routine, Trigger};
use tokio_postgres::Row;

pub(super) fn sql() -> String {
    let independent = independent("pg_proc", "p.oid");
    format!(
        "
        select n.nspname, p.proname, pg_get_function_identity_arguments(p.oid), p.prokind = 'p',
            pg_get_functiondef(p.oid), d.description
        from pg_proc p
            join pg_namespace n on n.oid = p.pronamespace
            left join pg_description d on d.objoid = p.oid and d.classoid = 'pg_proc'::regclass
        where p.prokind in ('f', 'p', 'w') and p.pronamespace = any ($1) and {independent}"
    )
}

pub(super) fn read(rows: &[Row]) -> Result<Vec<Routine>, Error> {
    let routines = rows.iter().map(|row| {
        let mut fields = Fields::of(row);
        Ok(Routine {
            name: fields.name()?,
            arguments: fields.take()?,
            procedure: fields.take()?,
            definition: fields.take::<&str>()?.trim_end().to_owned(),
            comment: fields.take()?,
        })
    });
    routines.collect()
}

/// A partition's part of its parent's trigger comes with it, a foreign key's triggers with the key.
pub(super) const TRIGGERS_SQL: &str = "
        select t.tgrelid, t.tgname, pg_get_triggerdef(t.oid), d.description
        from pg_trigger t
            join pg_class r on r.oid = t.tgrelid
            left join pg_description d on d.objoid = t.oid and d.classoid = 'pg_trigger'::regclass
        where r.relkind in ('r', 'p') and r.relnamespace = any ($1) and not t.tgisinternal and t.tgparentid = 0";

pub(super) fn read_triggers(rows: &[Row], tables: &mut Tables) -> Result<(), Error> {
    for row in rows {
        let mut fields = Fields::of(row);
        if let Some(table) = tables.get_mut(&fields.take()?) {
            table.triggers.push(Trigger {
                name: fields.take()?,
                definition: fields.take()?,
                comment: fields.take()?,
            });
        }
    }
    Ok(())
}

//! Views and materialized views.

use super::fields::Fields;
use super::not_of_extension;
use crate::Error;
use crate::catalog::View;
use std::collections::HashMap;
use tokio_postgres::Row;

/// The views by oid, to find whose an index is.
pub(super) type Views = HashMap<u32, View>;

pub(super) fn sql() -> String {
    let not_of_extension = not_of_extension("pg_class", "c.oid");
    format!(
        "
        select c.oid, n.nspname, c.relname, c.relkind = 'm', pg_get_viewdef(c.oid), c.reloptions, d.description
        from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            left join pg_description d
                on d.objoid = c.oid and d.classoid = 'pg_class'::regclass and d.objsubid = 0
        where c.relkind in ('v', 'm') and c.relnamespace = any ($1) and {not_of_extension}"
    )
}

pub(super) fn read(rows: &[Row]) -> Result<Views, Error> {
    rows.iter().map(view).collect()
}

fn view(row: &Row) -> Result<(u32, View), Error> {
    let mut fields = Fields::of(row);
    let oid = fields.take()?;
    let name = fields.name()?;
    let materialized = fields.take()?;
    let query: &str = fields.take()?;
    let view = View {
        name,
        materialized,
        query: query.trim().trim_end_matches(';').to_owned(),
        columns: Vec::new(),
        with: fields.options()?,
        indexes: Vec::new(),
        comment: fields.take()?,
    };
    Ok((oid, view))
}

//! Tables and their columns.

use super::expression::{lower, without_parentheses};
use super::fields::Fields;
use super::not_of_extension;
use crate::Error;
use crate::catalog::{Column, Generated, Identity, Name, Partition, Partitioned, RowSecurity, Table};
use std::collections::HashMap;
use tokio_postgres::Row;

/// The tables by oid, to find whose a part is.
pub(super) type Tables = HashMap<u32, Table>;

pub(super) fn sql() -> String {
    let not_of_extension = not_of_extension("pg_class", "c.oid");
    format!(
        "
        select c.oid, n.nspname, c.relname, c.relpersistence = 'u', s.spcname,
            c.reloptions || array(select 'toast.' || o from unnest(toast.reloptions) o),
            c.relrowsecurity, c.relforcerowsecurity,
            case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end,
            pg_get_expr(c.relpartbound, c.oid),
            array(
                select pn.nspname::text from pg_inherits i
                    join pg_class p on p.oid = i.inhparent join pg_namespace pn on pn.oid = p.relnamespace
                where i.inhrelid = c.oid order by i.inhseqno),
            array(
                select p.relname::text from pg_inherits i join pg_class p on p.oid = i.inhparent
                where i.inhrelid = c.oid order by i.inhseqno),
            d.description
        from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            left join pg_tablespace s on s.oid = c.reltablespace
            left join pg_class toast on toast.oid = c.reltoastrelid
            left join pg_description d
                on d.objoid = c.oid and d.classoid = 'pg_class'::regclass and d.objsubid = 0
        where c.relkind in ('r', 'p') and c.relnamespace = any ($1) and {not_of_extension}"
    )
}

pub(super) fn read(rows: &[Row]) -> Result<Tables, Error> {
    rows.iter().map(table).collect()
}

fn table(row: &Row) -> Result<(u32, Table), Error> {
    let mut fields = Fields::of(row);
    let oid = fields.take()?;
    let mut table = Table::new(fields.name()?);
    table.unlogged = fields.take()?;
    table.tablespace = fields.take()?;
    table.with = fields.options()?;
    table.row_security = match (fields.take()?, fields.take()?) {
        (false, _) => RowSecurity::Disabled,
        (true, false) => RowSecurity::Enabled,
        (true, true) => RowSecurity::Forced,
    };
    let by: Option<&str> = fields.take()?;
    table.partitioned = by.map(|by| Partitioned { by: lower(by) });
    let bound: Option<&str> = fields.take()?;
    let (schemas, names): (Vec<String>, Vec<String>) = (fields.take()?, fields.take()?);
    let mut parents = schemas.into_iter().zip(names).map(|(schema, name)| Name { schema, name });
    if let Some(bound) = bound {
        table.partition = parents.next().map(|of| Partition { of, bound: lower(bound) });
    }
    table.inherits = parents.collect();
    table.comment = fields.take()?;
    Ok((oid, table))
}

pub(super) fn columns_sql(version: i32) -> String {
    let compression = if version >= 140_000 { "nullif(a.attcompression::text, '')" } else { "null::text" };
    format!(
        "
        select a.attrelid, a.attname, format_type(a.atttypid, a.atttypmod),
            t.typnamespace = 'pg_catalog'::regnamespace, not a.attnotnull,
            pg_get_expr(d.adbin, d.adrelid), a.attidentity::text, a.attgenerated::text, n.nspname, o.collname,
            case when a.attstorage <> t.typstorage then a.attstorage::text end, {compression}, c.description
        from pg_attribute a
            join pg_class r on r.oid = a.attrelid
            join pg_type t on t.oid = a.atttypid
            left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            left join pg_collation o on o.oid = a.attcollation and a.attcollation <> t.typcollation
            left join pg_namespace n on n.oid = o.collnamespace
            left join pg_description c
                on c.objoid = a.attrelid and c.classoid = 'pg_class'::regclass and c.objsubid = a.attnum
        where r.relkind in ('r', 'p') and r.relnamespace = any ($1) and a.attnum > 0 and not a.attisdropped
        order by a.attrelid, a.attnum"
    )
}

pub(super) fn read_columns(rows: &[Row], tables: &mut Tables) -> Result<(), Error> {
    for row in rows {
        let mut fields = Fields::of(row);
        if let Some(table) = tables.get_mut(&fields.take()?) {
            table.columns.push(column(&mut fields)?);
        }
    }
    Ok(())
}

fn column(fields: &mut Fields<'_>) -> Result<Column, Error> {
    let mut column = Column::new(fields.take::<String>()?, fields.ty()?);
    column.nullable = fields.take()?;
    let expression: Option<String> = fields.take()?;
    let (identity, generated): (&str, &str) = (fields.take()?, fields.take()?);
    if !identity.is_empty() {
        column.identity = Some(Identity { always: identity == "a", options: Default::default() });
    }
    if generated.is_empty() {
        column.default = expression;
    } else {
        let expression = without_parentheses(&expression.unwrap_or_default());
        column.generated = Some(Generated { expression, stored: generated == "s" });
    }
    column.collation = fields.name_or_none()?;
    column.storage = fields.take::<Option<&str>>()?.and_then(storage).map(str::to_owned);
    column.compression = fields.take::<Option<&str>>()?.and_then(compression).map(str::to_owned);
    column.comment = fields.take()?;
    Ok(column)
}

/// `pg_attribute.attstorage` in words.
fn storage(letter: &str) -> Option<&'static str> {
    match letter {
        "p" => Some("plain"),
        "e" => Some("external"),
        "x" => Some("extended"),
        "m" => Some("main"),
        _ => None,
    }
}

/// `pg_attribute.attcompression` in words.
fn compression(letter: &str) -> Option<&'static str> {
    match letter {
        "p" => Some("pglz"),
        "l" => Some("lz4"),
        _ => None,
    }
}

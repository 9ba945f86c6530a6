//! Indexes of tables and materialized views.

use super::expression::without_parentheses;
use super::fields::Fields;
use super::index_key;
use super::table::Tables;
use super::view::Views;
use super::{InvalidIndex, Name};
use crate::Error;
use crate::catalog::{Index, IndexKey};
use tokio_postgres::Row;

/// Those that no constraint owns and that are no partition's part of its parent's.
pub(super) fn sql(version: i32) -> String {
    let nulls_not_distinct = if version >= 150_000 { "x.indnullsnotdistinct" } else { "false" };
    let key_texts = index_key::TEXTS;
    format!(
        "
        select x.indrelid, x.indisvalid, n.nspname, r.relname, c.relname, x.indisunique, {nulls_not_distinct}, m.amname,
            pg_get_indexdef(x.indexrelid), {key_texts}, x.indnkeyatts::int4,
            array(
                select (select a.attname::text from pg_attribute a where a.attrelid = x.indrelid and a.attnum = k.key)
                from unnest(x.indkey::int2[]) with ordinality k (key, place)
                order by k.place),
            pg_get_expr(x.indpred, x.indrelid), c.reloptions, s.spcname, d.description
        from pg_index x
            join pg_class c on c.oid = x.indexrelid
            join pg_am m on m.oid = c.relam
            join pg_class r on r.oid = x.indrelid
            join pg_namespace n on n.oid = r.relnamespace
            left join pg_tablespace s on s.oid = c.reltablespace
            left join pg_description d
                on d.objoid = c.oid and d.classoid = 'pg_class'::regclass and d.objsubid = 0
        where r.relkind in ('r', 'p', 'm') and r.relnamespace = any ($1) and not c.relispartition
            and not exists (
                select from pg_constraint k
                where k.conrelid = x.indrelid and k.conindid = x.indexrelid and k.contype in ('p', 'u', 'x'))"
    )
}

/// The indexes go to their tables and views; those that a server does not use are returned.
pub(super) fn read(rows: &[Row], tables: &mut Tables, views: &mut Views) -> Result<Vec<InvalidIndex>, Error> {
    let mut invalid = Vec::new();
    for row in rows {
        let mut fields = Fields::of(row);
        let owner = fields.take()?;
        let indexes = match tables.get_mut(&owner) {
            Some(table) => &mut table.indexes,
            None => match views.get_mut(&owner) {
                Some(view) => &mut view.indexes,
                None => continue,
            },
        };
        let valid: bool = fields.take()?;
        let table: Name = fields.name()?;
        if valid {
            indexes.push(index(fields)?);
        } else {
            invalid.push(InvalidIndex { table, name: fields.take()? });
        }
    }
    Ok(invalid)
}

fn index(mut fields: Fields<'_>) -> Result<Index, Error> {
    let name = fields.take()?;
    let unique = fields.take()?;
    let nulls_not_distinct = fields.take()?;
    let method = fields.take()?;
    let definition: &str = fields.take()?;
    let texts: Vec<String> = fields.take()?;
    let count: i32 = fields.take()?;
    let mut columns: Vec<Option<String>> = fields.take()?;
    let include = columns.split_off(columns.len().min(usize::try_from(count).unwrap_or_default()));
    let tails = index_key::tails(definition, &texts)?;
    let keys = columns.into_iter().zip(texts).zip(tails).map(|((column, text), tail)| IndexKey {
        expression: column.is_none().then(|| without_parentheses(&text)),
        column,
        collation: tail.collation.as_deref().map(index_key::collation_name),
        opclass: tail.opclass,
        descending: tail.descending,
        nulls: tail.nulls,
    });
    Ok(Index {
        name,
        unique,
        nulls_not_distinct,
        method,
        keys: keys.collect(),
        include: include.into_iter().flatten().collect(),
        predicate: fields.take::<Option<&str>>()?.map(without_parentheses),
        with: fields.options()?,
        tablespace: fields.take()?,
        comment: fields.take()?,
    })
}

//! Constraints of tables: keys, foreign keys, checks, exclusions.

use super::expression::without_parentheses;
use super::fields::Fields;
use super::index_key;
use super::table::Tables;
use crate::Error;
use crate::catalog::{
    Action, Check, Exclusion, ExclusionElement, ForeignKey, Match, PrimaryKey, Timing, Unique,
};
use tokio_postgres::Row;

/// The constraints of these kinds; what a partition or a child has from its parent comes with it.
fn sql(kinds: &str, columns: &str, joins: &str) -> String {
    format!(
        "
        select c.conrelid, c.contype::text, c.conname, c.condeferrable, c.condeferred, d.description, {columns}
        from pg_constraint c
            join pg_class r on r.oid = c.conrelid
            left join pg_description d on d.objoid = c.oid and d.classoid = 'pg_constraint'::regclass
            {joins}
        where r.relkind in ('r', 'p') and r.relnamespace = any ($1) and c.contype in ({kinds})
            and c.conislocal and c.conparentid = 0"
    )
}

/// The names of the columns that an array of the catalog numbers.
fn names(numbers: &str, table: &str) -> String {
    format!(
        "array(
            select a.attname::text
            from unnest({numbers}) with ordinality k (key, place)
                join pg_attribute a on a.attrelid = {table} and a.attnum = k.key
            order by k.place)"
    )
}

pub(super) fn keys_sql(version: i32) -> String {
    let columns = names("c.conkey", "c.conrelid");
    let include = names("(x.indkey::int2[])[x.indnkeyatts:]", "c.conrelid");
    let nulls_not_distinct = if version >= 150_000 { "x.indnullsnotdistinct" } else { "false" };
    sql(
        "'p', 'u'",
        &format!("{columns}, {include}, {nulls_not_distinct}"),
        "join pg_index x on x.indexrelid = c.conindid",
    )
}

pub(super) fn foreign_keys_sql() -> String {
    let columns = names("c.conkey", "c.conrelid");
    let targets = names("c.confkey", "c.confrelid");
    sql(
        "'f'",
        &format!(
            "{columns}, n.nspname, f.relname, {targets},
            c.confdeltype::text, c.confupdtype::text, c.confmatchtype::text, c.convalidated"
        ),
        "join pg_class f on f.oid = c.confrelid
            join pg_namespace n on n.oid = f.relnamespace",
    )
}

pub(super) fn checks_sql() -> String {
    sql("'c'", "pg_get_expr(c.conbin, c.conrelid), c.connoinherit, c.convalidated", "")
}

pub(super) fn exclusions_sql() -> String {
    let texts = index_key::TEXTS;
    sql(
        "'x'",
        &format!(
            "m.amname, pg_get_indexdef(x.indexrelid), {texts},
            array(
                select case when n.nspname = 'pg_catalog' then o.oprname::text
                    else format('operator(%I.%s)', n.nspname, o.oprname) end
                from unnest(c.conexclop) with ordinality e (operator, place)
                    join pg_operator o on o.oid = e.operator join pg_namespace n on n.oid = o.oprnamespace
                order by e.place),
            pg_get_expr(x.indpred, x.indrelid)"
        ),
        "join pg_index x on x.indexrelid = c.conindid
            join pg_class i on i.oid = x.indexrelid
            join pg_am m on m.oid = i.relam",
    )
}

/// Puts the constraints of all kinds into their tables.
pub(super) fn read(rows: &[Row], tables: &mut Tables) -> Result<(), Error> {
    for row in rows {
        let mut fields = Fields::of(row);
        let Some(table) = tables.get_mut(&fields.take()?) else { continue };
        let kind: &str = fields.take()?;
        let head = Head { name: fields.take()?, timing: timing(&mut fields)?, comment: fields.take()? };
        match kind {
            "p" => table.primary_key = Some(primary_key(head, &mut fields)?),
            "u" => table.uniques.push(unique(head, &mut fields)?),
            "f" => table.foreign_keys.push(foreign_key(head, &mut fields)?),
            "c" => table.checks.push(check(head, &mut fields)?),
            _ => table.exclusions.push(exclusion(head, &mut fields)?),
        }
    }
    Ok(())
}

/// What each of them has.
struct Head {
    name: String,
    timing: Timing,
    comment: Option<String>,
}

fn timing(fields: &mut Fields<'_>) -> Result<Timing, Error> {
    Ok(match (fields.take()?, fields.take()?) {
        (false, _) => Timing::NotDeferrable,
        (true, false) => Timing::Immediate,
        (true, true) => Timing::Deferred,
    })
}

fn primary_key(Head { name, timing, comment }: Head, fields: &mut Fields<'_>) -> Result<PrimaryKey, Error> {
    Ok(PrimaryKey { name, columns: fields.take()?, include: fields.take()?, timing, comment })
}

fn unique(Head { name, timing, comment }: Head, fields: &mut Fields<'_>) -> Result<Unique, Error> {
    Ok(Unique {
        name,
        columns: fields.take()?,
        include: fields.take()?,
        nulls_not_distinct: fields.take()?,
        timing,
        comment,
    })
}

fn foreign_key(Head { name, timing, comment }: Head, fields: &mut Fields<'_>) -> Result<ForeignKey, Error> {
    Ok(ForeignKey {
        name,
        columns: fields.take()?,
        table: fields.name()?,
        targets: fields.take()?,
        on_delete: action(fields.take()?),
        on_update: action(fields.take()?),
        matching: if fields.take::<&str>()? == "f" { Match::Full } else { Match::Simple },
        timing,
        validated: fields.take()?,
        comment,
    })
}

fn check(Head { name, timing: _, comment }: Head, fields: &mut Fields<'_>) -> Result<Check, Error> {
    Ok(Check {
        name,
        expression: without_parentheses(fields.take()?),
        no_inherit: fields.take()?,
        validated: fields.take()?,
        comment,
    })
}

/// The order of its index is nothing to an exclusion, a collation is.
fn exclusion(Head { name, timing, comment }: Head, fields: &mut Fields<'_>) -> Result<Exclusion, Error> {
    let method = fields.take()?;
    let definition: &str = fields.take()?;
    let texts: Vec<String> = fields.take()?;
    let operators: Vec<String> = fields.take()?;
    let tails = index_key::tails(definition, &texts)?;
    let elements = texts.into_iter().zip(tails).zip(operators).map(|((text, tail), operator)| {
        let collation = tail.collation.map(|words| format!(" collate {words}")).unwrap_or_default();
        ExclusionElement { key: text + &collation, opclass: tail.opclass, nulls: tail.nulls, operator }
    });
    Ok(Exclusion {
        name,
        method,
        elements: elements.collect(),
        predicate: fields.take::<Option<&str>>()?.map(without_parentheses),
        timing,
        comment,
    })
}

/// `pg_constraint.confdeltype` and `confupdtype` in words.
fn action(letter: &str) -> Action {
    match letter {
        "r" => Action::Restrict,
        "c" => Action::Cascade,
        "n" => Action::SetNull,
        "d" => Action::SetDefault,
        _ => Action::NoAction,
    }
}

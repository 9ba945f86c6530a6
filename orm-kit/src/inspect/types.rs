//! Types: enums, domains, composites; and extensions, which bring types.

use super::expression::without_parentheses;
use super::fields::Fields;
use super::independent;
use crate::Error;
use crate::catalog::{Composite, Domain, DomainCheck, Enum, Extension, Field, Name};
use std::collections::BTreeMap;
use tokio_postgres::Row;

pub(super) fn enums_sql() -> String {
    let independent = independent("pg_type", "t.oid");
    format!(
        "
        select n.nspname, t.typname,
            array(select e.enumlabel::text from pg_enum e where e.enumtypid = t.oid order by e.enumsortorder),
            d.description
        from pg_type t
            join pg_namespace n on n.oid = t.typnamespace
            left join pg_description d on d.objoid = t.oid and d.classoid = 'pg_type'::regclass
        where t.typtype = 'e' and t.typnamespace = any ($1) and {independent}"
    )
}

pub(super) fn read_enums(rows: &[Row]) -> Result<Vec<Enum>, Error> {
    let enums = rows.iter().map(|row| {
        let mut fields = Fields::of(row);
        Ok(Enum { name: fields.name()?, labels: fields.take()?, comment: fields.take()? })
    });
    enums.collect()
}

pub(super) fn domains_sql() -> String {
    let independent = independent("pg_type", "t.oid");
    let checks = |value: &str| {
        format!(
            "array(
                select {value} from pg_constraint c where c.contypid = t.oid and c.contype = 'c'
                order by c.conname collate \"C\")"
        )
    };
    let names = checks("c.conname::text");
    let expressions = checks("pg_get_expr(c.conbin, 0)");
    format!(
        "
        select n.nspname, t.typname, format_type(t.typbasetype, t.typtypmod),
            b.typnamespace = 'pg_catalog'::regnamespace, t.typnotnull,
            pg_get_expr(t.typdefaultbin, 0), cn.nspname, o.collname, {names}, {expressions}, d.description
        from pg_type t
            join pg_namespace n on n.oid = t.typnamespace
            join pg_type b on b.oid = t.typbasetype
            left join pg_collation o on o.oid = t.typcollation and t.typcollation <> b.typcollation
            left join pg_namespace cn on cn.oid = o.collnamespace
            left join pg_description d on d.objoid = t.oid and d.classoid = 'pg_type'::regclass
        where t.typtype = 'd' and t.typnamespace = any ($1) and {independent}"
    )
}

pub(super) fn read_domains(rows: &[Row]) -> Result<Vec<Domain>, Error> {
    let domains = rows.iter().map(|row| {
        let mut fields = Fields::of(row);
        Ok(Domain {
            name: fields.name()?,
            base: fields.ty()?,
            not_null: fields.take()?,
            default: fields.take()?,
            collation: fields.name_or_none()?,
            checks: {
                let (names, expressions): (Vec<String>, Vec<&str>) = (fields.take()?, fields.take()?);
                let checks = names.into_iter().zip(expressions);
                let check =
                    |(name, expression)| DomainCheck { name, expression: without_parentheses(expression) };
                checks.map(check).collect()
            },
            comment: fields.take()?,
        })
    });
    domains.collect()
}

/// A row for each field; the first columns say whose it is.
pub(super) fn composites_sql() -> String {
    let independent = independent("pg_type", "t.oid");
    format!(
        "
        select n.nspname, t.typname, d.description,
            a.attname, format_type(a.atttypid, a.atttypmod), f.typnamespace = 'pg_catalog'::regnamespace, cn.nspname, o.collname, ad.description
        from pg_type t
            join pg_namespace n on n.oid = t.typnamespace
            join pg_class c on c.oid = t.typrelid and c.relkind = 'c'
            left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            left join pg_type f on f.oid = a.atttypid
            left join pg_collation o on o.oid = a.attcollation and a.attcollation <> f.typcollation
            left join pg_namespace cn on cn.oid = o.collnamespace
            left join pg_description d on d.objoid = t.oid and d.classoid = 'pg_type'::regclass
            left join pg_description ad
                on ad.objoid = c.oid and ad.classoid = 'pg_class'::regclass and ad.objsubid = a.attnum
        where t.typtype = 'c' and t.typnamespace = any ($1) and {independent}
        order by a.attnum"
    )
}

pub(super) fn read_composites(rows: &[Row]) -> Result<Vec<Composite>, Error> {
    let mut composites: BTreeMap<Name, Composite> = BTreeMap::new();
    for row in rows {
        let mut fields = Fields::of(row);
        let name = fields.name()?;
        let comment = fields.take()?;
        let composite =
            composites.entry(name.clone()).or_insert(Composite { name, fields: Vec::new(), comment });
        if let Some(name) = fields.take()? {
            composite.fields.push(Field {
                name,
                ty: fields.ty()?,
                collation: fields.name_or_none()?,
                comment: fields.take()?,
            });
        }
    }
    Ok(composites.into_values().collect())
}

/// Every database has `plpgsql`.
pub(super) const EXTENSIONS_SQL: &str = "
    select e.extname, n.nspname, e.extversion
    from pg_extension e join pg_namespace n on n.oid = e.extnamespace
    where e.extname <> 'plpgsql'";

pub(super) fn read_extensions(rows: &[Row]) -> Result<Vec<Extension>, Error> {
    let extensions = rows.iter().map(|row| {
        let mut fields = Fields::of(row);
        Ok(Extension { name: fields.take()?, schema: fields.take()?, version: fields.take()? })
    });
    extensions.collect()
}

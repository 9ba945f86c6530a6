//! Privileges: what was given besides what an owner has and what everyone has of a new object.

use super::fields::Fields;
use super::{Unmodelled, independent, not_of_extension};
use crate::Error;
use crate::catalog::{Grant, GrantTarget, Name};
use std::collections::BTreeMap;
use tokio_postgres::Row;

/// What privileges can be on: the letter of `acldefault`, the names, the privileges and the owner.
fn objects(version: i32) -> String {
    let relations = not_of_extension("pg_class", "c.oid");
    let routines = independent("pg_proc", "p.oid");
    let types = independent("pg_type", "t.oid");
    let schemas = not_of_extension("pg_namespace", "n.oid");
    // Every database has the schema `public`, with these privileges for everyone.
    let of_public = if version >= 150_000 { "=U" } else { "=UC" };
    format!(
        "
        select 'n'::\"char\" as kind, n.nspname::text as schema, null::text as name, null::text as arguments,
            coalesce(n.nspacl, acldefault('n', n.nspowner)) as acl, n.nspowner as owner,
            acldefault('n', n.nspowner)
                || case when n.nspname = 'public' then array[format('{of_public}/%I', pg_get_userbyid(n.nspowner))::aclitem]
                    else '{{}}' end as usual
        from pg_namespace n where n.oid = any ($1) and {schemas}
        union all
        select k.kind, n.nspname, c.relname, null, coalesce(c.relacl, acldefault(k.kind, c.relowner)), c.relowner,
            acldefault(k.kind, c.relowner)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace,
            lateral (select case c.relkind when 'S' then 's'::\"char\" else 'r' end as kind) k
        where c.relkind in ('r', 'p', 'v', 'm', 'S') and c.relnamespace = any ($1) and {relations}
        union all
        select 'f', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid),
            coalesce(p.proacl, acldefault('f', p.proowner)), p.proowner, acldefault('f', p.proowner)
        from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where p.prokind in ('f', 'p', 'w') and p.pronamespace = any ($1) and {routines}
        union all
        select 'T', n.nspname, t.typname, null, coalesce(t.typacl, acldefault('T', t.typowner)), t.typowner,
            acldefault('T', t.typowner)
        from pg_type t join pg_namespace n on n.oid = t.typnamespace
        where t.typnamespace = any ($1) and {types} and (t.typtype in ('e', 'd')
            or t.typtype = 'c' and exists (select from pg_class c where c.oid = t.typrelid and c.relkind = 'c'))"
    )
}

/// A row for each privilege: whether it was given or taken, on what, on which column, which, to whom, with which right.
pub(super) fn sql(version: i32) -> String {
    let objects = objects(version);
    // What the left list has and the right has not, an owner's left out.
    let privileges = |given: bool, of: &str, without: &str| {
        format!(
            "
        select {given}, o.kind::text, o.schema, o.name, o.arguments, null::text as column_name,
            lower(a.privilege_type), coalesce(r.rolname::text, 'public'), bool_or(a.is_grantable)
        from objects o cross join aclexplode(o.{of}) a left join pg_roles r on r.oid = a.grantee
        where a.grantee <> o.owner and (a.grantee = 0 or r.oid is not null) and not exists (
            select from aclexplode(o.{without}) b
            where b.grantee = a.grantee and b.privilege_type = a.privilege_type and b.is_grantable >= a.is_grantable)
        group by 2, 3, 4, 5, 7, 8"
        )
    };
    let given = privileges(true, "acl", "usual");
    let taken = privileges(false, "usual", "acl");
    format!(
        "
        with objects as materialized ({objects})
        {given}
        union all
        {taken}
        union all
        select true, 'r', n.nspname, c.relname, null, t.attname, lower(a.privilege_type),
            coalesce(r.rolname::text, 'public'), bool_or(a.is_grantable)
        from pg_attribute t
            join pg_class c on c.oid = t.attrelid
            join pg_namespace n on n.oid = c.relnamespace
            cross join aclexplode(t.attacl) a
            left join pg_roles r on r.oid = a.grantee
        where c.relnamespace = any ($1) and c.relkind in ('r', 'p', 'v', 'm') and t.attnum > 0 and not t.attisdropped
            and a.grantee <> c.relowner and (a.grantee = 0 or r.oid is not null)
        group by 3, 4, 6, 7, 8
        order by 6"
    )
}

/// The privileges that were given; those of new objects that were taken away are none of the catalog's.
pub(super) fn read(rows: &[Row]) -> Result<(Vec<Grant>, Vec<Unmodelled>), Error> {
    let mut grants: Vec<Grant> = Vec::new();
    let mut taken = Vec::new();
    let mut of_columns: BTreeMap<Grant, Vec<String>> = BTreeMap::new();
    for row in rows {
        let mut fields = Fields::of(row);
        let given = fields.take()?;
        let on = target(&mut fields)?;
        let column: Option<String> = fields.take()?;
        let grant = Grant {
            on,
            privilege: fields.take()?,
            columns: Vec::new(),
            to: fields.take()?,
            grantable: fields.take()?,
        };
        match column {
            Some(column) => of_columns.entry(grant).or_default().push(column),
            None if given => grants.push(grant),
            None => taken.push(Unmodelled { kind: "revoked privilege".to_owned(), name: words(grant) }),
        }
    }
    grants.extend(of_columns.into_iter().map(|(grant, columns)| Grant { columns, ..grant }));
    Ok((grants, taken))
}

fn target(fields: &mut Fields<'_>) -> Result<GrantTarget, Error> {
    let kind: &str = fields.take()?;
    let schema: String = fields.take()?;
    let name: Option<String> = fields.take()?;
    let arguments: Option<String> = fields.take()?;
    let Some(name) = name.map(|name| Name { schema: schema.clone(), name }) else {
        return Ok(GrantTarget::Schema(schema));
    };
    Ok(match kind {
        "s" => GrantTarget::Sequence(name),
        "f" => GrantTarget::Routine(name, arguments.unwrap_or_default()),
        "T" => GrantTarget::Type(name),
        _ => GrantTarget::Table(name),
    })
}

/// `execute on routine total() from public`.
fn words(grant: Grant) -> String {
    let Grant { on, privilege, columns: _, to, grantable: _ } = grant;
    let on = match on {
        GrantTarget::Schema(schema) => format!("schema {schema}"),
        GrantTarget::Table(name) => format!("table {name}"),
        GrantTarget::Sequence(name) => format!("sequence {name}"),
        GrantTarget::Routine(name, arguments) => format!("routine {name}({arguments})"),
        GrantTarget::Type(name) => format!("type {name}"),
    };
    format!("{privilege} on {on} from {to}")
}

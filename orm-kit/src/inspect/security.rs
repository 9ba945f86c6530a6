//! Policies and roles.

use super::expression::without_parentheses;
use super::fields::Fields;
use super::table::Tables;
use crate::Error;
use crate::catalog::{Policy, PolicyCommand, Role};
use tokio_postgres::Row;

pub(super) const POLICIES_SQL: &str = "
        select p.polrelid, p.polname, p.polpermissive, p.polcmd::text,
            array(
                select coalesce(a.rolname::text, 'public')
                from unnest(p.polroles) r (oid) left join pg_roles a on a.oid = r.oid
                order by 1),
            pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid), d.description
        from pg_policy p
            join pg_class r on r.oid = p.polrelid
            left join pg_description d on d.objoid = p.oid and d.classoid = 'pg_policy'::regclass
        where r.relnamespace = any ($1)";

pub(super) fn read_policies(rows: &[Row], tables: &mut Tables) -> Result<(), Error> {
    for row in rows {
        let mut fields = Fields::of(row);
        if let Some(table) = tables.get_mut(&fields.take()?) {
            table.policies.push(Policy {
                name: fields.take()?,
                permissive: fields.take()?,
                command: command(fields.take()?),
                to: fields.take()?,
                using: fields.take::<Option<&str>>()?.map(without_parentheses),
                with_check: fields.take::<Option<&str>>()?.map(without_parentheses),
                comment: fields.take()?,
            });
        }
    }
    Ok(())
}

/// `pg_policy.polcmd` in words.
fn command(letter: &str) -> PolicyCommand {
    match letter {
        "r" => PolicyCommand::Select,
        "a" => PolicyCommand::Insert,
        "w" => PolicyCommand::Update,
        "d" => PolicyCommand::Delete,
        _ => PolicyCommand::All,
    }
}

/// The roles of these names.
pub(super) const ROLES_SQL: &str = "
        select r.rolname, r.rolcanlogin, r.rolinherit, r.rolcreatedb, r.rolcreaterole, r.rolbypassrls,
            array(
                select g.rolname::text from pg_auth_members m join pg_roles g on g.oid = m.roleid
                where m.member = r.oid
                order by g.rolname collate \"C\")
        from pg_roles r
        where r.rolname = any ($1)";

pub(super) fn read_roles(rows: &[Row]) -> Result<Vec<Role>, Error> {
    let roles = rows.iter().map(|row| {
        let mut fields = Fields::of(row);
        Ok(Role {
            name: fields.take()?,
            login: fields.take()?,
            inherit: fields.take()?,
            create_db: fields.take()?,
            create_role: fields.take()?,
            bypass_rls: fields.take()?,
            member_of: fields.take()?,
        })
    });
    roles.collect()
}

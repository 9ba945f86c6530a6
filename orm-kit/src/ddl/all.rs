//! All of a catalog, in an order that runs on an empty database.

use super::{create, grant, role, sequence, table, view};
use crate::catalog::{Catalog, Object, Role};
use crate::depend::in_order;

/// The statements that make what the catalog says in an empty database.
///
/// A function's body may name tables that come later: `set check_function_bodies = off` is left to the caller.
///
/// ```
/// use orm_kit::{catalog::{Catalog, Column, Name, Table}, ddl};
///
/// let mut workers = Table::new(Name::new("public", "workers"));
/// workers.columns.push(Column::new("email", "text"));
/// let catalog = Catalog { tables: vec![workers], ..Catalog::default() };
/// assert_eq!(
///     ddl::create_all(&catalog),
///     ["create table \"public\".\"workers\" (\n    \"email\" text not null\n)"],
/// );
/// ```
pub fn create_all(catalog: &Catalog) -> Vec<String> {
    let Catalog {
        schemas,
        extensions,
        roles,
        enums: _,
        domains: _,
        composites: _,
        sequences,
        routines: _,
        tables,
        views,
        grants,
    } = catalog;
    let mut statements: Vec<String> = Vec::new();
    statements.extend(schemas.iter().cloned().map(Object::Schema).flat_map(|it| create(&it)));
    // Every role is there before one is put into another.
    let alone = roles.iter().map(|role| Role { member_of: Vec::new(), ..role.clone() });
    statements.extend(alone.flat_map(|role| role::create(&role)));
    for Role { name, member_of, .. } in roles {
        statements.extend(member_of.iter().map(|group| role::grant_membership(group, name)));
    }
    statements.extend(extensions.iter().cloned().map(Object::Extension).flat_map(|it| create(&it)));
    for object in in_order(catalog) {
        statements.extend(match &object {
            Object::Table(it) => table::create(&table::without_inherited(it, catalog)),
            Object::View(it) => view::create(it),
            other => create(other),
        });
    }
    let owned = sequences.iter().filter(|sequence| sequence.owned_by.is_some());
    statements.extend(owned.map(|it| sequence::set_owner(&it.name, it.owned_by.as_ref())));
    statements.extend(tables.iter().flat_map(table::create_indexes));
    statements.extend(views.iter().flat_map(view::create_indexes));
    statements.extend(tables.iter().flat_map(table::create_foreign_keys));
    statements.extend(tables.iter().flat_map(table::create_triggers));
    statements.extend(tables.iter().flat_map(table::create_policies));
    statements.extend(grants.iter().map(grant::grant));
    statements
}

//! What of a declared catalog is not made in scratch schemas, as it would touch what is there or is no schema's.

use super::expression::lower;
use crate::catalog::{Catalog, ForeignKey, Grant, GrantTarget, Index, Name, Partition, Table};
use std::collections::{BTreeMap, BTreeSet};

/// Takes out of `catalog` what is not to be made: `made` are its own names.
pub(super) fn set_aside(catalog: &mut Catalog, made: &BTreeSet<Name>) {
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
    schemas.clear();
    extensions.clear();
    roles.clear();
    grants.retain(|grant| is_on_made(grant, made));
    for sequence in sequences {
        sequence.owned_by.take_if(|(table, _)| !made.contains(table));
    }
    for table in tables {
        table.foreign_keys.retain(|key| made.contains(&key.table));
        table.inherits.retain(|parent| made.contains(parent));
        table.partition.take_if(|partition| !made.contains(&partition.of));
        table.tablespace = None;
        table.indexes.iter_mut().for_each(|index| index.tablespace = None);
    }
    for view in views {
        view.indexes.iter_mut().for_each(|index| index.tablespace = None);
        if view.materialized {
            // Its select is not run. What it ends with may be a comment.
            view.query += "\nwith no data";
        }
    }
}

/// Puts back into `catalog` what was set aside of `declared`.
pub(super) fn put_back(catalog: &mut Catalog, declared: &Catalog, made: &BTreeSet<Name>) {
    catalog.schemas.clone_from(&declared.schemas);
    catalog.extensions.clone_from(&declared.extensions);
    catalog.roles.clone_from(&declared.roles);
    catalog.roles.iter_mut().for_each(|role| role.member_of.sort());
    catalog.grants.retain(|grant| !is_of_every_database(grant));
    catalog.grants.extend(declared.grants.iter().filter(|grant| !is_on_made(grant, made)).cloned());
    let owned =
        declared.sequences.iter().filter(|it| it.owned_by.as_ref().is_some_and(|(of, _)| !made.contains(of)));
    for sequence in owned {
        if let Some(it) = catalog.sequences.iter_mut().find(|it| it.name == sequence.name) {
            it.owned_by.clone_from(&sequence.owned_by);
        }
    }
    let mut tables: BTreeMap<&Name, &Table> =
        declared.tables.iter().map(|table| (&table.name, table)).collect();
    for table in &mut catalog.tables {
        if let Some(declared) = tables.remove(&table.name) {
            put_back_table(table, declared, made);
        }
    }
    for view in &mut catalog.views {
        if let Some(declared) = declared.views.iter().find(|it| it.name == view.name) {
            put_back_indexes(&mut view.indexes, &declared.indexes);
        }
    }
    catalog.sort();
}

fn put_back_table(table: &mut Table, declared: &Table, made: &BTreeSet<Name>) {
    let elsewhere = |key: &&ForeignKey| !made.contains(&key.table);
    table.foreign_keys.extend(declared.foreign_keys.iter().filter(elsewhere).cloned());
    table.inherits.clone_from(&declared.inherits);
    if let Some(Partition { of, bound }) = &declared.partition
        && !made.contains(of)
    {
        table.partition = Some(Partition { of: of.clone(), bound: lower(bound) });
    }
    table.tablespace.clone_from(&declared.tablespace);
    put_back_indexes(&mut table.indexes, &declared.indexes);
}

fn put_back_indexes(indexes: &mut [Index], declared: &[Index]) {
    for index in indexes {
        if let Some(declared) = declared.iter().find(|it| it.name == index.name) {
            index.tablespace.clone_from(&declared.tablespace);
        }
    }
}

fn is_on_made(grant: &Grant, made: &BTreeSet<Name>) -> bool {
    match &grant.on {
        GrantTarget::Schema(schema) => made.iter().any(|name| name.schema == *schema),
        GrantTarget::Table(name)
        | GrantTarget::Sequence(name)
        | GrantTarget::Routine(name, _)
        | GrantTarget::Type(name) => made.contains(name),
    }
}

/// The schema `public` is there for everyone; its scratch is not.
fn is_of_every_database(grant: &Grant) -> bool {
    let Grant { on, privilege, columns: _, to, grantable: _ } = grant;
    matches!(on, GrantTarget::Schema(schema) if schema == "public") && privilege == "usage" && to == "public"
}

//! What of a declared catalog the server prints as it is written: it need not be made there to be compared.

use crate::catalog::{
    Catalog, Column, Constraint, GrantTarget, Identity, Index, IndexKey, Name, Partitioned, SequenceOptions,
    Table, Unique, type_name,
};
use crate::depend::Mentions;
use crate::diff::spot::{Spot, spots};
use orm_core::sql::quote_ident;
use std::collections::{BTreeMap, BTreeSet};

/// Takes keys, indexes and identities of which nothing is said but names out of `catalog`, and tables that have nothing
/// else and that nothing else names.
pub(super) fn take_out(catalog: &mut Catalog) {
    let named = Named::of(catalog);
    let groups = catalog.views.iter().any(|view| Mentions::of(&view.query).column("group"));
    catalog.tables.retain_mut(|table| {
        let is_named = named.has(&table.name);
        let names: BTreeSet<String> = table.columns.iter().map(|column| column.name.clone()).collect();
        let are_columns = |list: &[String]| list.iter().all(|name| names.contains(name));
        table.primary_key.take_if(|key| {
            // A view that groups by the primary key has all columns of its table.
            !(groups && is_named) && are_columns(&key.columns) && are_columns(&key.include)
        });
        table.uniques.retain(|key| {
            let Unique { columns, include, nulls_not_distinct, .. } = key;
            *nulls_not_distinct || !are_columns(columns) || !are_columns(include)
        });
        table.foreign_keys.retain(|key| key.targets.is_empty() || !are_columns(&key.columns));
        table.indexes.retain(|index| !is_plain_index(index, &names));
        for column in &mut table.columns {
            column.identity.take_if(|Identity { always: _, options }| *options == SequenceOptions::default());
        }
        is_named || !is_plain_table(table)
    });
    let parents = named.parents;
    for table in catalog.tables.iter_mut().filter(|table| !parents.contains(&table.name)) {
        table.partitioned = without_file(table).map(|by| Partitioned { by });
    }
}

/// How a table could be partitioned so that all else of it is printed the same. Such a table has neither file nor room for long
/// values, which are most of the work of making one.
fn without_file(table: &Table) -> Option<String> {
    let Table { columns, primary_key, uniques, checks, exclusions, indexes, triggers, partitioned, .. } =
        table;
    let Table { partition, inherits, unlogged, with, .. } = table;
    let takes_file = primary_key.is_some()
        || !uniques.is_empty()
        || !exclusions.is_empty()
        || !triggers.is_empty()
        || partition.is_some()
        || !inherits.is_empty()
        || *unlogged
        || !with.is_empty()
        || checks.iter().any(|check| check.no_inherit)
        || columns.iter().any(|column| column.identity.is_some())
        || indexes.iter().any(|index| index.unique || !index.with.is_empty());
    if takes_file || partitioned.is_some() {
        return partitioned.as_ref().map(|it| it.by.clone());
    }
    let comparable = ["bigint", "integer", "smallint", "text", "uuid", "date", "timestamp with time zone"];
    let key = columns.iter().find(|it| it.generated.is_none() && comparable.contains(&it.ty.as_str()))?;
    Some(format!("range ({})", quote_ident(&key.name)))
}

/// Puts what was taken out of `declared` into `printed`, which is what the server made of the rest.
pub(super) fn put_in(printed: &mut Catalog, declared: &Catalog) {
    let tables = std::mem::take(&mut printed.tables);
    let mut tables: BTreeMap<Name, Table> = tables.into_iter().map(|it| (it.name.clone(), it)).collect();
    for declared in &declared.tables {
        let mut table = tables.remove(&declared.name).unwrap_or_else(|| declared.clone());
        put_parts(&mut table, declared);
        if declared.partitioned.is_none() {
            table.partitioned = None;
        }
        printed.tables.push(table);
    }
    printed.tables.extend(tables.into_values());
    printed.sort();
}

fn put_parts(table: &mut Table, declared: &Table) {
    for column in &declared.columns {
        let printed = table.columns.iter_mut().find(|other| other.name == column.name);
        if let (Some(printed), Some(_)) = (printed, &column.identity) {
            // The server knows of options that say what is the default.
            printed.identity = printed.identity.take().or_else(|| column.identity.clone());
            printed.nullable = false;
        }
    }
    if let Some(key) = &declared.primary_key {
        let of_key = |column: &&mut Column| key.columns.contains(&column.name);
        table.columns.iter_mut().filter(of_key).for_each(|column| column.nullable = false);
        table.primary_key.get_or_insert_with(|| key.clone());
    }
    let there: BTreeSet<String> = table.constraints().map(|it| it.name().to_owned()).collect();
    for constraint in declared.constraints().filter(|it| !there.contains(it.name())) {
        match constraint {
            Constraint::Unique(key) => table.uniques.push(key),
            Constraint::ForeignKey(key) => table.foreign_keys.push(key),
            Constraint::PrimaryKey(_) | Constraint::Check(_) | Constraint::Exclusion(_) => {}
        }
    }
    let there: BTreeSet<String> = table.indexes.iter().map(|index| index.name.clone()).collect();
    let absent = declared.indexes.iter().filter(|index| !there.contains(&index.name));
    table.indexes.extend(absent.cloned());
}

/// Whether the server prints the index as it is.
fn is_plain_index(index: &Index, names: &BTreeSet<String>) -> bool {
    let Index { name: _, unique: _, nulls_not_distinct, method, keys, include, predicate, with, .. } = index;
    let is_plain_key = |key: &IndexKey| {
        let IndexKey { column, expression, collation, opclass, descending: _, nulls } = key;
        column.as_ref().is_some_and(|column| names.contains(column))
            && expression.is_none()
            && collation.is_none()
            && opclass.is_none()
            && nulls.is_none()
    };
    method == "btree"
        && !nulls_not_distinct
        && keys.iter().all(is_plain_key)
        && include.iter().all(|name| names.contains(name))
        && predicate.is_none()
        && with.is_empty()
}

/// Whether the server prints the table as it is, once its plain parts are taken out.
fn is_plain_table(table: &Table) -> bool {
    let Table {
        name: _,
        columns,
        primary_key,
        uniques,
        foreign_keys,
        checks,
        exclusions,
        indexes,
        triggers,
        row_security: _,
        policies,
        partitioned,
        partition,
        inherits,
        unlogged: _,
        tablespace: _,
        with,
        comment: _,
    } = table;
    columns.iter().all(is_plain_column)
        && primary_key.is_none()
        && uniques.is_empty()
        && foreign_keys.is_empty()
        && checks.is_empty()
        && exclusions.is_empty()
        && indexes.is_empty()
        && triggers.is_empty()
        && policies.is_empty()
        && partitioned.is_none()
        && partition.is_none()
        && inherits.is_empty()
        && with.is_empty()
}

/// Whether the server prints the column as it is: of a built-in type in its own spelling, and nothing else.
fn is_plain_column(column: &Column) -> bool {
    let Column {
        name: _,
        ty,
        nullable: _,
        default,
        identity,
        generated,
        collation,
        storage,
        compression,
        comment: _,
    } = column;
    // The words of an interval are the server's to sort.
    let is_built_in = !ty.contains('"') && (ty == "interval" || !ty.starts_with("interval"));
    is_built_in
        && type_name(ty, "public") == *ty
        && default.is_none()
        && identity.is_none()
        && generated.is_none()
        && collation.is_none()
        && storage.is_none()
        && compression.is_none()
}

/// What of a catalog names others.
struct Named {
    mentions: Mentions,
    /// Definitions of functions: their bodies may name anything.
    definitions: String,
    /// What has or owns something.
    tables: BTreeSet<Name>,
    /// What others inherit from.
    parents: BTreeSet<Name>,
}

impl Named {
    fn of(catalog: &mut Catalog) -> Self {
        let mut mentions = Mentions::default();
        spots(catalog, &mut |spot| {
            if let Spot::Type(text) | Spot::Text(_, text) = spot {
                mentions.add(text);
            }
        });
        let mut tables = BTreeSet::new();
        for grant in &catalog.grants {
            if let GrantTarget::Table(table) = &grant.on {
                tables.insert(table.clone());
            }
        }
        let owners = catalog.sequences.iter().filter_map(|sequence| sequence.owned_by.as_ref());
        tables.extend(owners.map(|(table, _)| table.clone()));
        let mut parents = BTreeSet::new();
        for table in &catalog.tables {
            let own = table.partition.iter().map(|partition| &partition.of).chain(&table.inherits);
            parents.extend(own.cloned());
        }
        let definitions = catalog.routines.iter().map(|routine| routine.definition.as_str()).collect();
        Named { mentions, definitions, tables, parents }
    }

    fn has(&self, table: &Name) -> bool {
        self.mentions.object(table)
            || self.tables.contains(table)
            || self.parents.contains(table)
            || self.definitions.contains(&table.name)
    }
}

//! Columns that partitions and children have from their parents: what is done to the parent's is done to theirs.

use super::flat::table_of;
use crate::catalog::{Catalog, Column, Kind, Name, Object, ObjectName, Table};
use std::collections::HashMap;

/// The tables that have the same parents on both sides.
pub(super) struct Inherited<'a> {
    children: HashMap<&'a Name, Child<'a>>,
}

struct Child<'a> {
    from: &'a Table,
    /// Each parent as it was and as it is to be.
    parents: Vec<(&'a Table, &'a Table)>,
}

impl<'a> Inherited<'a> {
    pub(super) fn of(from: &'a Catalog, to: &'a Catalog) -> Self {
        let by_name = |catalog: &'a Catalog| -> HashMap<&'a Name, &'a Table> {
            catalog.tables.iter().map(|table| (&table.name, table)).collect()
        };
        let (olds, news) = (by_name(from), by_name(to));
        let both = |name: &Name| Some((*olds.get(name)?, *news.get(name)?));
        let child = |table: &'a Table| {
            let (from, to) = both(&table.name)?;
            let names: Vec<_> = parents(to).collect();
            if names.is_empty() || !parents(from).eq(parents(to)) {
                return None;
            }
            let parents = names.into_iter().filter_map(both).collect();
            Some((&table.name, Child { from, parents }))
        };
        Inherited { children: to.tables.iter().filter_map(child).collect() }
    }

    /// The column as it comes from the parent, if it is new there.
    pub(super) fn created(&self, name: &ObjectName) -> Option<Object> {
        let (child, table) = self.child(name)?;
        let (_, new) = child
            .parents
            .iter()
            .find(|(old, new)| old.column(&name.name).is_none() && new.column(&name.name).is_some())?;
        let column = new.column(&name.name)?.clone();
        Some(Object::Column(table, Column { comment: None, identity: None, ..column }))
    }

    /// The column after what is done to the parent's.
    pub(super) fn altered(&self, name: &ObjectName) -> Option<Object> {
        let (child, table) = self.child(name)?;
        let mut column = child.from.column(&name.name)?.clone();
        for (old, new) in &child.parents {
            let (Some(old), Some(new)) = (old.column(&name.name), new.column(&name.name)) else { continue };
            let Column { ty, nullable, default, generated, collation, storage, .. } = new;
            if (&old.ty, &old.collation) != (ty, collation) {
                (column.ty, column.collation) = (ty.clone(), collation.clone());
            }
            if old.nullable != *nullable {
                column.nullable = *nullable;
            }
            if old.default != *default {
                column.default.clone_from(default);
            }
            if old.generated != *generated {
                column.generated.clone_from(generated);
            }
            if old.storage != *storage {
                column.storage.clone_from(storage);
            }
        }
        Some(Object::Column(table, column))
    }

    /// Whether the column goes with the parent's.
    pub(super) fn dropped(&self, name: &ObjectName) -> bool {
        self.child(name)
            .is_some_and(|(child, _)| child.parents.iter().any(|(old, _)| old.column(&name.name).is_some()))
    }

    fn child(&self, name: &ObjectName) -> Option<(&Child<'a>, Name)> {
        let table = table_of(name);
        let child = self.children.get(&table).filter(|_| name.kind == Kind::Column)?;
        Some((child, table))
    }
}

/// The tables that it has columns from.
pub(super) fn parents(table: &Table) -> impl Iterator<Item = &Name> {
    table.partition.iter().map(|partition| &partition.of).chain(&table.inherits)
}

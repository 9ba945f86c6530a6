//! Names that are free only once something else is dropped.

use super::compare::Differences;
use crate::catalog::{Catalog, Constraint, Name, Object, ObjectName, View};
use std::collections::BTreeSet;

/// What must be dropped before anything is created, as it is created again or its name is taken again.
pub(super) fn early(from: &Catalog, to: &Catalog, differences: &Differences) -> BTreeSet<ObjectName> {
    let taken: BTreeSet<Name> =
        differences.created.values().flat_map(|object| names(&whole(object, to))).collect();
    let is_early = |name: &ObjectName, object: &Object| {
        differences.created.contains_key(name)
            || names(&whole(object, from)).iter().any(|it| taken.contains(it))
    };
    let early = differences.dropped.iter().filter(|(name, object)| is_early(name, object));
    early.map(|(name, _)| name.clone()).collect()
}

/// A table or view as the catalog has it, with what belongs to it.
pub(super) fn whole(object: &Object, catalog: &Catalog) -> Object {
    let whole = match object {
        Object::Table(table) => catalog.table(&table.name).cloned().map(Object::Table),
        Object::View(view) => catalog.views.iter().find(|it| it.name == view.name).cloned().map(Object::View),
        _ => None,
    };
    whole.unwrap_or_else(|| object.clone())
}

/// The names that an object takes among relations and types.
pub(super) fn names(object: &Object) -> Vec<Name> {
    match object {
        Object::Enum(ty) => vec![ty.name.clone()],
        Object::Domain(ty) => vec![ty.name.clone()],
        Object::Composite(ty) => vec![ty.name.clone()],
        Object::Sequence(sequence) => vec![sequence.name.clone()],
        Object::View(View { name, indexes, .. }) => {
            let indexes = indexes.iter().map(|index| Name::new(&name.schema, &index.name));
            std::iter::once(name.clone()).chain(indexes).collect()
        }
        Object::Table(table) => {
            let schema = &table.name.schema;
            let indexes = table.indexes.iter().map(|index| Name::new(schema, &index.name));
            let constraints = table.constraints().filter_map(|it| index_name(schema, &it));
            std::iter::once(table.name.clone()).chain(indexes).chain(constraints).collect()
        }
        Object::Constraint(table, constraint) => index_name(&table.schema, constraint).into_iter().collect(),
        Object::Index(table, index) => vec![Name::new(&table.schema, &index.name)],
        _ => Vec::new(),
    }
}

/// The index that a constraint makes.
fn index_name(schema: &str, constraint: &Constraint) -> Option<Name> {
    match constraint {
        Constraint::PrimaryKey(_) | Constraint::Unique(_) | Constraint::Exclusion(_) => {
            Some(Name::new(schema, constraint.name()))
        }
        Constraint::ForeignKey(_) | Constraint::Check(_) => None,
    }
}

//! Which objects are new, gone or different.

use super::flat::{Flat, owners, table_of};
use super::inherited::Inherited;
use super::rename::Renamed;
use super::signature::signature;
use crate::catalog::{Catalog, Kind, Object, ObjectName};
use crate::depend::needs;
use std::collections::{BTreeMap, BTreeSet};

/// The differences; what is dropped and created again is in both of the first two.
#[derive(Default)]
pub(super) struct Differences {
    pub(super) created: BTreeMap<ObjectName, Object>,
    pub(super) dropped: BTreeMap<ObjectName, Object>,
    /// From and to.
    pub(super) altered: BTreeMap<ObjectName, (Object, Object)>,
}

impl Differences {
    /// It is dropped and created again.
    pub(super) fn recreate(&mut self, name: &ObjectName, from: &Object, to: &Object) {
        self.altered.remove(name);
        self.dropped.insert(name.clone(), from.clone());
        self.created.insert(name.clone(), to.clone());
    }

    pub(super) fn is_empty(&self) -> bool {
        self.created.is_empty() && self.dropped.is_empty() && self.altered.is_empty()
    }

    /// Takes out what goes, and comes, with its table or view.
    pub(super) fn forget_parts(&mut self) {
        let whole = |map: &BTreeMap<ObjectName, Object>| -> BTreeSet<ObjectName> {
            map.keys().filter(|name| matches!(name.kind, Kind::Table | Kind::View)).cloned().collect()
        };
        let (created, dropped) = (whole(&self.created), whole(&self.dropped));
        let within = |name: &ObjectName, whole: &BTreeSet<ObjectName>| {
            owners(name).any(|owner| whole.contains(&owner))
        };
        self.created.retain(|name, _| !within(name, &created));
        self.dropped.retain(|name, _| !within(name, &dropped));
        self.altered.retain(|name, _| !within(name, &created) && !within(name, &dropped));
    }
}

/// What differs between the renamed catalog and `to`, each object by itself.
pub(super) fn compare(renamed: &Renamed, from: &Flat, to: &Catalog, target: &Flat) -> Differences {
    let written = Flat::of(&renamed.catalog);
    let inherited = Inherited::of(&renamed.server, to);
    let mut differences = Differences::default();
    for (name, object) in target.objects() {
        let Some(old) = from.get(name) else {
            match inherited.created(name) {
                Some(column) => differences.alter(name, &column, object),
                None => drop(differences.created.insert(name.clone(), object.clone())),
            }
            continue;
        };
        if old == object || written.get(name) == Some(object) {
            continue;
        }
        let old = inherited.altered(name).unwrap_or_else(|| old.clone());
        if takes_another(&old, object) {
            differences.recreate(name, &old, object);
        } else {
            differences.alter(name, &old, object);
        }
    }
    for (name, object) in from.objects() {
        if !target.contains(name) && !inherited.dropped(name) {
            differences.dropped.insert(name.clone(), object.clone());
        }
    }
    // A view has no column by the new name before it is made again.
    for (table, column) in &renamed.columns {
        for (name, view) in from.objects().filter(|(name, _)| name.kind == Kind::View) {
            let mentions = needs(view);
            let old = renamed.old_name(table, column);
            let named = mentions.star() || old.is_some_and(|old| mentions.column(old));
            if let (true, Some(to)) = (named && mentions.object(table), target.get(name)) {
                differences.recreate(name, view, to);
            }
        }
    }
    differences.forget_parts();
    differences
}

impl Differences {
    fn alter(&mut self, name: &ObjectName, from: &Object, to: &Object) {
        if from != to {
            self.altered.insert(name.clone(), (from.clone(), to.clone()));
        }
    }
}

/// Whether PostgreSQL cannot make the one of the other, rows or not.
fn takes_another(from: &Object, to: &Object) -> bool {
    match (from, to) {
        (Object::View(from), Object::View(to)) => {
            from.materialized != to.materialized || from.query != to.query || from.columns != to.columns
        }
        (Object::Routine(from), Object::Routine(to)) => {
            from.procedure != to.procedure || signature(&from.definition) != signature(&to.definition)
        }
        (Object::Column(_, from), Object::Column(_, to)) => {
            to.generated.is_some() && from.generated != to.generated
        }
        (Object::Table(from), Object::Table(to)) => from.partitioned != to.partitioned,
        _ => false,
    }
}

impl Renamed {
    /// What the column was called before.
    fn old_name(&self, table: &crate::catalog::Name, column: &str) -> Option<&str> {
        self.changes.iter().find_map(|change| match change {
            crate::change::Change::Rename { from, to }
                if to.kind == Kind::Column && table_of(to) == *table && to.name == column =>
            {
                Some(from.name.as_str())
            }
            _ => None,
        })
    }
}

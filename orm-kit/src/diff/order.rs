//! The changes in an order in which each finds what it needs: drops of what depends on others, creates, late drops.

use super::compare::Differences;
use super::conflict::{early, whole};
use super::create::Creation;
use super::flat::{Flat, table_of};
use crate::catalog::{Catalog, Constraint, Grant, Kind, Name, Object, ObjectName, Sequence};
use crate::change::Change;
use crate::ddl;
use crate::depend::{in_order, needs};
use std::collections::BTreeSet;

pub(super) fn order(
    from: &Catalog,
    to: &Catalog,
    target: &Flat,
    mut differences: Differences,
    meanwhile: Vec<(Object, Object)>,
) -> Vec<Change> {
    forget_owned(&mut differences, &meanwhile);
    give_again(target, &mut differences);
    let mut changes = Vec::new();
    for (object, stripped) in meanwhile {
        let name = object.object_name();
        let altered = differences.altered.remove(&name).map(|(_, to)| to);
        let end = altered.or_else(|| target.get(&name).cloned());
        if let Some(end) = end.filter(|end| *end != stripped) {
            differences.altered.insert(name, (stripped.clone(), end));
        }
        changes.push(Change::Alter { from: object, to: stripped });
    }
    replace_constraints(&mut differences);
    let soon = early(from, to, &differences);
    let order = in_order(from);
    let mut drops = Drops { from, differences: &differences, order: &order, gone: BTreeSet::new() };
    drops.dependents(&mut changes);
    let takes_rows = drops.with_tables();
    drops.wholes(|name| takes_rows.contains(name), &mut changes);
    drops.keys(&soon, &mut changes);
    drops.wholes(|name| soon.contains(name), &mut changes);
    let mut creation = Creation::new(to, &differences);
    creation.tables(&mut changes);
    drops.parts(&mut changes);
    creation.readers(&mut changes);
    drops.wholes(|_| true, &mut changes);
    drops.frames(&mut changes);
    changes
}

/// Sequences that go with their columns have no drop of their own, unless they are freed before.
fn forget_owned(differences: &mut Differences, freed: &[(Object, Object)]) {
    let column = |table: &Name, column: &String| ObjectName {
        kind: Kind::Column,
        schema: table.schema.clone(),
        table: table.name.clone(),
        name: column.clone(),
    };
    let table = |table: &Name| ObjectName {
        kind: Kind::Table,
        schema: table.schema.clone(),
        table: String::new(),
        name: table.name.clone(),
    };
    let gone: Vec<_> = differences
        .dropped
        .iter()
        .filter(|(_, object)| match object {
            Object::Sequence(Sequence { owned_by: Some((owner, name)), .. }) => {
                differences.dropped.contains_key(&column(owner, name))
                    || differences.dropped.contains_key(&table(owner))
            }
            _ => false,
        })
        .filter(|(_, object)| freed.iter().all(|(from, _)| from != *object))
        .map(|(name, _)| name.clone())
        .collect();
    gone.iter().for_each(|name| drop(differences.dropped.remove(name)));
}

/// Privileges go with what they are on: they are not revoked, and given again if it is created again.
fn give_again(target: &Flat, differences: &mut Differences) {
    let is_gone = |grant: &Grant, of: &Differences| {
        let mut whole = of.dropped.keys().filter(|name| grant.goes_with(name));
        whole.next().is_some()
    };
    let gone: Vec<_> = differences
        .dropped
        .iter()
        .filter(|(_, object)| matches!(object, Object::Grant(grant) if is_gone(grant, differences)))
        .map(|(name, _)| name.clone())
        .collect();
    gone.iter().for_each(|name| drop(differences.dropped.remove(name)));
    for (name, object) in target.objects() {
        if let Object::Grant(grant) = object
            && is_gone(grant, differences)
        {
            differences.altered.remove(name);
            differences.created.insert(name.clone(), object.clone());
        }
    }
}

/// A key that is another is dropped before the columns that it is of change.
fn replace_constraints(differences: &mut Differences) {
    let keys: Vec<_> = differences
        .altered
        .iter()
        .filter(|(_, change)| match change {
            (Object::Constraint(_, from @ Constraint::PrimaryKey(_)), Object::Constraint(_, to)) => {
                !ddl::constraint::is_alterable(from, to)
            }
            _ => false,
        })
        .map(|(name, (from, to))| (name.clone(), from.clone(), to.clone()))
        .collect();
    keys.iter().for_each(|(name, from, to)| differences.recreate(name, from, to));
}

/// The drops, each made once.
struct Drops<'a> {
    from: &'a Catalog,
    differences: &'a Differences,
    /// What was there, each behind what it needs.
    order: &'a [Object],
    gone: BTreeSet<ObjectName>,
}

impl Drops<'_> {
    fn push(&mut self, object: &Object, changes: &mut Vec<Change>) {
        if self.gone.insert(object.object_name()) {
            changes.push(Change::Drop(whole(object, self.from)));
        }
    }

    /// All of one sort.
    fn all(&mut self, wanted: impl Fn(&ObjectName, &Object) -> bool, changes: &mut Vec<Change>) {
        let differences = self.differences;
        for (_, object) in differences.dropped.iter().filter(|(name, object)| wanted(name, object)) {
            self.push(object, changes);
        }
    }

    /// What needs others and is needed by few: before all else.
    fn dependents(&mut self, changes: &mut Vec<Change>) {
        let differences = self.differences;
        self.all(|name, _| name.kind == Kind::Grant, changes);
        self.all(|name, _| matches!(name.kind, Kind::Policy | Kind::Trigger), changes);
        let views: Vec<Name> = differences
            .dropped
            .values()
            .filter_map(|object| match object {
                Object::View(view) => Some(view.name.clone()),
                _ => None,
            })
            .collect();
        for object in self.order.iter().rev() {
            let name = object.object_name();
            let needs_view = || views.iter().any(|view| needs(object).object(view));
            let wanted = match name.kind {
                Kind::View => true,
                Kind::Routine => needs_view(),
                _ => false,
            };
            if wanted && differences.dropped.contains_key(&name) {
                self.push(object, changes);
            }
        }
        let is_foreign = |object: &Object| matches!(object, Object::Constraint(_, Constraint::ForeignKey(_)));
        self.all(|_, object| is_foreign(object), changes);
    }

    /// Tables, and the routines that take or give their rows.
    fn with_tables(&self) -> BTreeSet<ObjectName> {
        let dropped = &self.differences.dropped;
        let tables: Vec<&Name> = dropped
            .values()
            .filter_map(|object| match object {
                Object::Table(table) => Some(&table.name),
                _ => None,
            })
            .collect();
        let goes = |object: &Object| match object {
            Object::Table(_) => true,
            Object::Routine(_) => {
                let mentions = needs(object);
                tables.iter().any(|table| mentions.object(table))
            }
            _ => false,
        };
        dropped.iter().filter(|(_, object)| goes(object)).map(|(name, _)| name.clone()).collect()
    }

    /// Constraints, and what else of tables that stay is in the way.
    fn keys(&mut self, soon: &BTreeSet<ObjectName>, changes: &mut Vec<Change>) {
        let differences = self.differences;
        self.all(|name, _| name.kind == Kind::Constraint, changes);
        let harmed = |object: &Object| needs_dropped(object, differences);
        let hastened = |name: &ObjectName, object: &Object| soon.contains(name) || harmed(object);
        self.all(|name, object| name.kind == Kind::Index && hastened(name, object), changes);
        let again = |name: &ObjectName| differences.created.contains_key(name);
        let computed = |object: &Object| matches!(object, Object::Column(_, it) if it.generated.is_some());
        self.all(|_, object| computed(object), changes);
        self.all(|name, _| name.kind == Kind::Column && again(name), changes);
    }

    /// Tables, routines, sequences and types, each before what it needed.
    fn wholes(&mut self, wanted: impl Fn(&ObjectName) -> bool, changes: &mut Vec<Change>) {
        let differences = self.differences;
        for object in self.order.iter().rev() {
            let name = object.object_name();
            if !differences.dropped.contains_key(&name) || self.gone.contains(&name) || !wanted(&name) {
                continue;
            }
            if let Object::Table(table) = object {
                self.release(&table.name, changes);
            }
            self.push(object, changes);
        }
    }

    /// Drops what of other tables that are to be dropped still references this one.
    fn release(&mut self, name: &Name, changes: &mut Vec<Change>) {
        let from = self.from;
        for table in from.tables.iter().filter(|table| table.name != *name) {
            let keyed = table.foreign_keys.iter().any(|key| key.table == *name);
            if !keyed && table.policies.is_empty() {
                continue;
            }
            let owner = ObjectName {
                kind: Kind::Table,
                schema: table.name.schema.clone(),
                table: String::new(),
                name: table.name.name.clone(),
            };
            if !self.differences.dropped.contains_key(&owner) || self.gone.contains(&owner) {
                continue;
            }
            for key in table.foreign_keys.iter().filter(|key| key.table == *name) {
                let key = Constraint::ForeignKey(key.clone());
                self.push(&Object::Constraint(table.name.clone(), key), changes);
            }
            for policy in &table.policies {
                let policy = Object::Policy(table.name.clone(), policy.clone());
                if needs(&policy).object(name) {
                    self.push(&policy, changes);
                }
            }
        }
    }

    /// What of tables that stay is not needed any more.
    fn parts(&mut self, changes: &mut Vec<Change>) {
        self.all(|name, _| name.kind == Kind::Index, changes);
        self.all(|name, _| name.kind == Kind::Column, changes);
    }

    /// What others stood in.
    fn frames(&mut self, changes: &mut Vec<Change>) {
        self.all(|name, _| name.kind == Kind::Extension, changes);
        self.all(|name, _| name.kind == Kind::Role, changes);
        self.all(|_, _| true, changes);
    }
}

/// Whether an index is of a column that is dropped or altered, so that it goes first.
fn needs_dropped(object: &Object, differences: &Differences) -> bool {
    let Object::Index(table, _) = object else { return false };
    let mentions = needs(object);
    let of_table = |name: &ObjectName| name.kind == Kind::Column && table_of(name) == *table;
    let mut columns = differences
        .dropped
        .keys()
        .chain(differences.altered.keys())
        .filter(|name| of_table(name) && mentions.column(&name.name));
    let called = || {
        differences.dropped.values().any(|object| match object {
            Object::Routine(routine) => mentions.object(&routine.name),
            _ => false,
        })
    };
    columns.next().is_some() || called()
}

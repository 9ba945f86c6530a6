//! The creates and alters, each behind what it needs.

use super::compare::Differences;
use super::flat::table_of;
use crate::catalog::{Catalog, Constraint, Kind, Name, Object, ObjectName, Role, Sequence, Table};
use crate::change::Change;
use crate::ddl;
use crate::depend::{in_order, needs};
use std::collections::{BTreeMap, BTreeSet};

/// What is yet to be done.
pub(super) struct Creation<'a> {
    to: &'a Catalog,
    /// Types, sequences, routines, tables and views, each behind what it needs.
    order: Vec<Object>,
    created: BTreeMap<ObjectName, Object>,
    altered: BTreeMap<ObjectName, (Object, Object)>,
    /// Tables, views and routines that are yet to be created.
    missing: BTreeSet<Name>,
    /// What is left of objects that were made without what they refer to.
    completed: Vec<Change>,
}

impl<'a> Creation<'a> {
    pub(super) fn new(to: &'a Catalog, differences: &Differences) -> Self {
        let missing = differences.created.values().filter_map(|object| match object {
            Object::Table(it) => Some(it.name.clone()),
            Object::View(it) => Some(it.name.clone()),
            Object::Routine(it) => Some(it.name.clone()),
            _ => None,
        });
        Creation {
            to,
            order: in_order(to),
            created: differences.created.clone(),
            altered: differences.altered.clone(),
            missing: missing.collect(),
            completed: Vec::new(),
        }
    }

    /// All that tables are made of; what they have too much can be dropped then, before views have all of their columns.
    pub(super) fn tables(&mut self, changes: &mut Vec<Change>) {
        self.all(changes, |name, _| name.kind == Kind::Schema);
        self.roles(changes);
        self.all(changes, |name, _| name.kind == Kind::Extension);
        let order = std::mem::take(&mut self.order);
        let (readers, tables): (Vec<_>, Vec<_>) = order.into_iter().partition(|object| self.waits(object));
        self.order = readers;
        for object in tables {
            self.whole(&object, changes);
        }
        let is_foreign = |object: &Object| matches!(object, Object::Constraint(_, Constraint::ForeignKey(_)));
        self.all(changes, |name, object| name.kind == Kind::Constraint && !is_foreign(object));
        let views: Vec<Name> = self.views().cloned().collect();
        let of_view = |name: &ObjectName| views.contains(&table_of(name));
        self.all(changes, |name, _| name.kind == Kind::Index && !of_view(name));
        self.all(changes, |name, _| name.kind == Kind::Constraint);
        changes.append(&mut self.completed);
    }

    /// All that reads tables.
    pub(super) fn readers(mut self, changes: &mut Vec<Change>) {
        for object in std::mem::take(&mut self.order) {
            self.whole(&object, changes);
        }
        self.all(changes, |name, _| name.kind == Kind::Index);
        self.all(changes, |name, _| matches!(name.kind, Kind::Trigger | Kind::Policy));
        self.all(changes, |_, _| true);
    }

    /// Whether it is a view, or a routine that takes or gives rows of one that is to be created.
    fn waits(&self, object: &Object) -> bool {
        match object {
            Object::View(_) => true,
            Object::Routine(_) => {
                let mentions = needs(object);
                self.views().any(|view| mentions.object(view))
            }
            _ => false,
        }
    }

    /// The views that are yet to be created.
    fn views(&self) -> impl Iterator<Item = &Name> {
        self.created.values().filter_map(|object| match object {
            Object::View(view) => Some(&view.name),
            _ => None,
        })
    }

    /// All of one sort.
    fn all(&mut self, changes: &mut Vec<Change>, wanted: impl Fn(&ObjectName, &Object) -> bool) {
        let created = self.created.extract_if(.., |name, object| wanted(name, object));
        changes.extend(created.map(|(_, object)| Change::Create(object)));
        let altered = self.altered.extract_if(.., |name, (_, to)| wanted(name, to));
        changes.extend(altered.map(|(_, (from, to))| Change::Alter { from, to }));
    }

    /// A role may be in one that comes later.
    fn roles(&mut self, changes: &mut Vec<Change>) {
        let mut members = Vec::new();
        for object in self.created.values_mut() {
            if let Object::Role(role) = object
                && !role.member_of.is_empty()
            {
                let alone = Role { member_of: Vec::new(), ..role.clone() };
                let from = Object::Role(alone.clone());
                let to = Object::Role(std::mem::replace(role, alone));
                members.push(Change::Alter { from, to });
            }
        }
        self.all(changes, |name, _| name.kind == Kind::Role);
        changes.extend(members);
    }

    /// A type, sequence, routine, table or view of the catalog, if something of it is to be done.
    fn whole(&mut self, object: &Object, changes: &mut Vec<Change>) {
        let name = object.object_name();
        if self.created.remove(&name).is_some() {
            match object {
                Object::Table(table) => self.table(table, changes),
                Object::Sequence(sequence) => self.sequence(sequence, changes),
                other => changes.push(Change::Create(other.clone())),
            }
            self.missing.remove(&Name::new(&name.schema, own_name(&name)));
            return;
        }
        match object {
            Object::Table(table) => self.columns(&table.name, changes),
            Object::View(_) => {}
            _ => {
                if let Some((from, to)) = self.altered.remove(&name) {
                    self.alter(from, to, changes);
                }
            }
        }
    }

    /// A new table, without those of its parts that must wait for others.
    fn table(&mut self, table: &Table, changes: &mut Vec<Change>) {
        let name = &table.name;
        self.missing.remove(name);
        let mut table = ddl::table::without_inherited(table, self.to);
        let mut late = Vec::new();
        keep(&mut table.foreign_keys, &mut late, |key| {
            let waits = self.missing.contains(&key.table) || self.is_unfinished(&key.table);
            waits.then(|| Object::Constraint(name.clone(), Constraint::ForeignKey(key.clone())))
        });
        let waits = |object: Object| {
            let mentions = needs(&object);
            let mut unfinished =
                self.created.keys().chain(self.altered.keys()).filter(|name| name.kind == Kind::Column);
            let waits = self.missing.iter().any(|name| mentions.object(name))
                || unfinished.any(|name| mentions.object(&table_of(name)));
            waits.then_some(object)
        };
        keep(&mut table.indexes, &mut late, |it| waits(Object::Index(name.clone(), it.clone())));
        keep(&mut table.triggers, &mut late, |it| waits(Object::Trigger(name.clone(), it.clone())));
        keep(&mut table.policies, &mut late, |it| waits(Object::Policy(name.clone(), it.clone())));
        self.created.extend(late.into_iter().map(|object| (object.object_name(), object)));
        changes.push(Change::Create(Object::Table(table)));
    }

    /// Whether a table that stays has yet to get what a foreign key may reference.
    fn is_unfinished(&self, table: &Name) -> bool {
        let mut objects = self.created.values().chain(self.altered.values().map(|(_, to)| to));
        objects.any(|object| match object {
            Object::Column(on, _) | Object::Index(on, _) => on == table,
            Object::Constraint(on, Constraint::PrimaryKey(_) | Constraint::Unique(_)) => on == table,
            _ => false,
        })
    }

    /// The columns of a table that stays: those that are computed no more, then what others are computed from.
    fn columns(&mut self, table: &Name, changes: &mut Vec<Change>) {
        let of_table = |name: &ObjectName| name.kind == Kind::Column && table_of(name) == *table;
        let computed =
            |object: &Object| matches!(object, Object::Column(_, column) if column.generated.is_some());
        let freed =
            self.altered.extract_if(.., |name, (from, to)| of_table(name) && computed(from) && !computed(to));
        changes.extend(freed.map(|(_, (from, to))| Change::Alter { from, to }));
        self.all(changes, |name, object| of_table(name) && !computed(object));
        self.all(changes, |name, _| of_table(name));
    }

    /// A new sequence, whose owner may come later.
    fn sequence(&mut self, sequence: &Sequence, changes: &mut Vec<Change>) {
        let free = Object::Sequence(Sequence { owned_by: None, ..sequence.clone() });
        changes.push(Change::Create(free.clone()));
        if sequence.owned_by.is_some() {
            let to = Object::Sequence(sequence.clone());
            self.completed.push(Change::Alter { from: free, to });
        }
    }

    fn alter(&mut self, from: Object, to: Object, changes: &mut Vec<Change>) {
        let (Object::Sequence(old), Object::Sequence(new)) = (&from, &to) else {
            changes.push(Change::Alter { from, to });
            return;
        };
        let meanwhile = Object::Sequence(Sequence { owned_by: old.owned_by.clone(), ..new.clone() });
        if from != meanwhile {
            changes.push(Change::Alter { from, to: meanwhile.clone() });
        }
        if meanwhile != to {
            self.completed.push(Change::Alter { from: meanwhile, to });
        }
    }
}

/// Moves what `late` makes an object of to `objects`.
fn keep<T>(parts: &mut Vec<T>, objects: &mut Vec<Object>, late: impl Fn(&T) -> Option<Object>) {
    parts.retain(|part| {
        let object = late(part);
        let stays = object.is_none();
        objects.extend(object);
        stays
    });
}

/// A routine's name without its arguments.
fn own_name(name: &ObjectName) -> &str {
    match name.kind {
        Kind::Routine => name.name.split_once('(').map_or(&name.name, |(own, _)| own),
        _ => &name.name,
    }
}

//! Changes of one object as one, and what is there behind a change.

use super::Planner;
use crate::catalog::{Catalog, Constraint, Object, ObjectName, Table};
use crate::change::Change;
use std::collections::HashMap;

/// What becomes of one object.
struct Course<'a> {
    before: Option<&'a Object>,
    after: Option<&'a Object>,
    last: usize,
}

/// The changes with those of the same object folded into one, where the last of them was: what is dropped and created again
/// around a change of something that it needs is altered, if it changes at all. The plan knows by itself what to drop for
/// how long.
pub(super) fn folded(from: &Catalog, changes: &[Change]) -> Vec<Change> {
    let mut courses: HashMap<ObjectName, Course<'_>> = HashMap::new();
    for (at, change) in changes.iter().enumerate() {
        let (before, after) = match change {
            Change::Create(object) => (None, Some(object)),
            Change::Drop(object) => (Some(object), None),
            Change::Alter { from, to } => (Some(from), Some(to)),
            Change::Rename { .. } => continue,
        };
        let course = courses.entry(change.object_name()).or_insert(Course { before, after, last: at });
        course.after = after;
        course.last = at;
    }
    let folded = changes.iter().enumerate().filter_map(|(at, change)| {
        if matches!(change, Change::Rename { .. }) {
            return Some(change.clone());
        }
        let course = courses.get(&change.object_name()).filter(|course| course.last == at)?;
        match (course.before, course.after) {
            // A privilege on a view goes and comes with it.
            (None, Some(Object::Grant(grant))) if from.grants.contains(grant) => None,
            (None, Some(object)) => Some(Change::Create(object.clone())),
            (Some(object), None) => Some(Change::Drop(object.clone())),
            (Some(from), Some(to)) if from != to => {
                Some(Change::Alter { from: from.clone(), to: to.clone() })
            }
            _ => None,
        }
    });
    folded.collect()
}

impl Planner<'_> {
    /// Notes what is there now; what is left to the contract is still there.
    pub(super) fn happened(&mut self, change: &Change) {
        let (gone, new) = match change {
            Change::Create(object) => (None, Some(object)),
            Change::Drop(object) => (Some(object), None),
            Change::Alter { from, to } => (Some(from), Some(to)),
            Change::Rename { .. } => return,
        };
        let deferred = self.options.old_code
            && match (gone, new) {
                (Some(Object::Column(table, column)), Some(_)) => self.is_shadowed(table, &column.name),
                (Some(Object::Column(..) | Object::View(_)), None) => true,
                _ => false,
            };
        if deferred {
            return;
        }
        if let Some(object) = gone {
            self.forget(object);
        }
        match new {
            Some(Object::View(view)) => self.from.views.push(view.clone()),
            Some(Object::Column(name, column)) => {
                self.part_of(name, |table| table.columns.push(column.clone()));
            }
            Some(Object::Index(name, index)) => {
                self.part_of(name, |table| table.indexes.push(index.clone()));
            }
            Some(Object::Trigger(name, trigger)) => {
                self.part_of(name, |table| table.triggers.push(trigger.clone()));
            }
            Some(Object::Policy(name, policy)) => {
                self.part_of(name, |table| table.policies.push(policy.clone()));
            }
            Some(Object::Constraint(name, constraint)) => self.part_of(name, |table| match constraint {
                Constraint::PrimaryKey(key) => table.primary_key = Some(key.clone()),
                Constraint::Unique(key) => table.uniques.push(key.clone()),
                Constraint::ForeignKey(key) => table.foreign_keys.push(key.clone()),
                Constraint::Check(check) => table.checks.push(check.clone()),
                Constraint::Exclusion(exclusion) => table.exclusions.push(exclusion.clone()),
            }),
            _ => {}
        }
    }

    fn forget(&mut self, object: &Object) {
        match object {
            Object::View(view) => self.from.views.retain(|other| other.name != view.name),
            Object::Column(name, column) => {
                self.part_of(name, |table| table.columns.retain(|other| other.name != column.name));
            }
            Object::Index(name, index) => {
                self.part_of(name, |table| table.indexes.retain(|other| other.name != index.name));
            }
            Object::Trigger(name, trigger) => {
                self.part_of(name, |table| table.triggers.retain(|other| other.name != trigger.name));
            }
            Object::Policy(name, policy) => {
                self.part_of(name, |table| table.policies.retain(|other| other.name != policy.name));
            }
            Object::Constraint(name, constraint) => self.part_of(name, |table| match constraint {
                Constraint::PrimaryKey(_) => table.primary_key = None,
                Constraint::Unique(key) => table.uniques.retain(|other| other.name != key.name),
                Constraint::ForeignKey(key) => table.foreign_keys.retain(|other| other.name != key.name),
                Constraint::Check(check) => table.checks.retain(|other| other.name != check.name),
                Constraint::Exclusion(it) => table.exclusions.retain(|other| other.name != it.name),
            }),
            _ => {}
        }
    }

    fn part_of(&mut self, name: &crate::catalog::Name, change: impl FnOnce(&mut Table)) {
        if let Some(table) = self.from.tables.iter_mut().find(|table| table.name == *name) {
            change(table);
        }
    }
}

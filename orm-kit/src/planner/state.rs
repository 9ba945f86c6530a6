//! What is there behind a change, and in the end.

use super::Planner;
use crate::catalog::{Catalog, Constraint, Kind, Name, Object, ObjectName, Table};
use crate::change::Change;

impl Planner<'_> {
    /// Notes what is there now; what is left to the contract is still there.
    pub(super) fn happened(&mut self, change: &Change) {
        let (gone, new) = match change {
            Change::Create(object) => (None, Some(object)),
            Change::Drop(object) => (Some(object), None),
            Change::Alter { from, to } => (Some(from), Some(to)),
            Change::Rename { .. } => return,
        };
        let stays = self.options.old_code
            && match (gone, new) {
                (Some(Object::Column(table, column)), Some(_)) => self.is_shadowed(table, &column.name),
                (Some(object), None) => {
                    !matches!(object, Object::Constraint(..) | Object::Index(..) | Object::Policy(..))
                }
                _ => false,
            };
        if stays {
            return;
        }
        if let (Some(Object::Table(_)), Some(Object::Table(to))) = (gone, new) {
            self.part_of(&to.name, |table| become_like(table, to));
            return;
        }
        if let Some(object) = gone {
            self.forget(object);
        }
        if let Some(object) = new {
            self.from.put(object.clone());
        }
    }

    fn forget(&mut self, object: &Object) {
        let from = &mut self.from;
        let name = object.object_name();
        from.grants.retain(|grant| !grant.goes_with(&name));
        match object {
            Object::Schema(it) => from.schemas.retain(|other| other.name != it.name),
            Object::Extension(it) => from.extensions.retain(|other| other.name != it.name),
            Object::Role(it) => from.roles.retain(|other| other.name != it.name),
            Object::Enum(it) => from.enums.retain(|other| other.name != it.name),
            Object::Domain(it) => from.domains.retain(|other| other.name != it.name),
            Object::Composite(it) => from.composites.retain(|other| other.name != it.name),
            Object::Sequence(it) => from.sequences.retain(|other| other.name != it.name),
            Object::Routine(it) => {
                from.routines.retain(|other| other.name != it.name || other.arguments != it.arguments);
            }
            Object::Table(it) => from.tables.retain(|other| other.name != it.name),
            Object::View(it) => from.views.retain(|other| other.name != it.name),
            Object::Grant(it) => from.grants.retain(|other| other != it),
            Object::Column(name, it) => {
                self.part_of(name, |table| table.columns.retain(|other| other.name != it.name));
            }
            Object::Index(name, it) => {
                self.from.change_indexes(name, |indexes| indexes.retain(|other| other.name != it.name));
            }
            Object::Trigger(name, it) => {
                self.part_of(name, |table| table.triggers.retain(|other| other.name != it.name));
            }
            Object::Policy(name, it) => {
                self.part_of(name, |table| table.policies.retain(|other| other.name != it.name));
            }
            Object::Constraint(name, constraint) => self.part_of(name, |table| match constraint {
                Constraint::PrimaryKey(_) => table.primary_key = None,
                Constraint::Unique(key) => table.uniques.retain(|other| other.name != key.name),
                Constraint::ForeignKey(key) => table.foreign_keys.retain(|other| other.name != key.name),
                Constraint::Check(check) => table.checks.retain(|other| other.name != check.name),
                Constraint::Exclusion(it) => table.exclusions.retain(|other| other.name != it.name),
            }),
        }
    }

    /// Changes a table that is there.
    pub(super) fn part_of(&mut self, name: &Name, change: impl FnOnce(&mut Table)) {
        self.from.change_table(name, change);
    }

    /// Notes that there is no way back, if what is gone goes at once.
    pub(super) fn lose(&mut self, what: String) {
        if !self.options.old_code {
            self.lost.get_or_insert(what);
        }
    }

    /// Whether the object is a column beside which the old one still is.
    pub(super) fn is_replaced(&self, name: &ObjectName) -> bool {
        name.kind == Kind::Column && self.is_shadowed(&super::names::table_of(name), &name.name)
    }

    /// What is there before the contract, but for what only it needs.
    pub(super) fn expanded(&self) -> Catalog {
        if !self.options.old_code {
            return self.to.clone();
        }
        let mut catalog = self.from.clone();
        catalog.views.retain(|view| !self.aliases.contains(&view.name));
        catalog.grants.retain(|grant| {
            !matches!(&grant.on, crate::catalog::GrantTarget::Table(name) if self.aliases.contains(name))
        });
        catalog.sort();
        catalog
    }
}

/// Gives a table what is another's own; what belongs to it stays.
fn become_like(table: &mut Table, to: &Table) {
    table.row_security = to.row_security;
    table.partitioned.clone_from(&to.partitioned);
    table.partition.clone_from(&to.partition);
    table.inherits.clone_from(&to.inherits);
    table.unlogged = to.unlogged;
    table.tablespace.clone_from(&to.tablespace);
    table.with.clone_from(&to.with);
    table.comment.clone_from(&to.comment);
}

//! Constraints, proved while rows are written.

use super::contract::index_of;
use super::names::derived;
use super::steps::{Stage, plain};
use super::{Planner, texts};
use crate::catalog::{Constraint, ForeignKey, Name, Object, ObjectName, PrimaryKey, Unique};
use crate::change::Change;
use crate::ddl;
use crate::plan::HazardKind;

impl Planner<'_> {
    pub(super) fn create_constraint(&mut self, table: &Name, constraint: &Constraint) {
        let object = Object::Constraint(table.clone(), constraint.clone());
        match constraint {
            Constraint::PrimaryKey(_) | Constraint::Unique(_) => {
                self.hazard_of_key(object);
                if self.is_partitioned(table) {
                    self.block(table, constraint);
                    return;
                }
                self.build_unique(table, constraint);
                let add = ddl::constraint::add_using_index(table, constraint, constraint.name());
                self.quick(&[table], add.unwrap_or_default());
            }
            Constraint::Check(check) => {
                if check.validated {
                    let message = "it fails if a row does not satisfy it";
                    self.expand.hazard(HazardKind::MayFail, object.object_name(), message);
                }
                self.add_and_validate(table, constraint);
            }
            Constraint::ForeignKey(key) => {
                if key.validated {
                    let message = "it fails if a row references none";
                    self.expand.hazard(HazardKind::MayFail, object.object_name(), message);
                }
                self.add_reference(table, key);
            }
            Constraint::Exclusion(_) => {
                let message = "it fails if two rows exclude each other";
                self.expand.hazard(HazardKind::MayFail, object.object_name(), message);
                self.block(table, constraint);
            }
        }
    }

    /// The unique index that a key is to be made of, by the key's name.
    pub(super) fn build_unique(&mut self, table: &Name, constraint: &Constraint) {
        if let Some(index) = index_of(constraint) {
            self.build_index(table, &index);
        }
    }

    /// A check that counts for new rows at once and for those there when they are read, without a lock.
    pub(super) fn add_and_validate(&mut self, table: &Name, constraint: &Constraint) {
        self.quick(&[table], ddl::constraint::add_not_valid(table, constraint));
        if !matches!(constraint, Constraint::Check(check) if !check.validated) {
            let validate = ddl::constraint::validate(table, constraint.name());
            self.expand.alone(Stage::Objects, plain(validate));
        }
    }

    pub(super) fn drop_constraint(&mut self, table: &Name, constraint: &Constraint) {
        let drop = ddl::constraint::drop(table, constraint.name());
        match constraint {
            Constraint::ForeignKey(key) => self.quick(&[table, &key.table], vec![drop]),
            _ => self.quick(&[table], vec![drop]),
        }
    }

    /// Tables that are left to the contract let go of the keys that are dropped before.
    pub(super) fn release_keys(&mut self) {
        for change in self.changes {
            match change {
                Change::Drop(Object::Constraint(
                    table,
                    Constraint::PrimaryKey(PrimaryKey { columns, .. })
                    | Constraint::Unique(Unique { columns, .. }),
                )) => self.release(table, columns),
                Change::Drop(Object::Index(table, index)) if index.unique => {
                    let columns: Vec<_> = index.keys.iter().filter_map(|key| key.column.clone()).collect();
                    self.release(table, &columns);
                }
                _ => {}
            }
        }
    }

    fn release(&mut self, table: &Name, columns: &[String]) {
        let mut found = Vec::new();
        for other in self.from.tables.iter().filter(|other| self.to.table(&other.name).is_none()) {
            let of_key = |key: &&ForeignKey| {
                key.table == *table
                    && key.targets.len() == columns.len()
                    && key.targets.iter().all(|target| columns.contains(target))
            };
            found.extend(
                other.foreign_keys.iter().filter(of_key).map(|key| (other.name.clone(), key.clone())),
            );
        }
        for (other, key) in found {
            self.quick(&[&other, table], vec![ddl::constraint::drop(&other, &key.name)]);
            self.part_of(&other, |table| table.foreign_keys.retain(|it| it.name != key.name));
        }
    }

    /// A changed constraint is there before the old one goes.
    pub(super) fn alter_constraint(&mut self, table: &Name, from: &Constraint, to: &Constraint) {
        let interim = derived(to.name(), "new");
        let name = Object::Constraint(table.clone(), to.clone()).object_name();
        let drop = ddl::constraint::drop(table, from.name());
        let statements = ddl::constraint::alter(table, from, to);
        if statements.first() != Some(&drop) {
            self.alter_in_place(table, to, statements);
            return;
        }
        match to {
            Constraint::PrimaryKey(_) | Constraint::Unique(_) if !self.is_partitioned(table) => {
                self.hazard_of_key(Object::Constraint(table.clone(), to.clone()));
                self.build_unique(table, &named(to, &interim));
                self.replace_key(table, from, to, &interim);
            }
            Constraint::Check(_) | Constraint::ForeignKey(_) => {
                let message = "it fails if a row does not satisfy it";
                self.expand.hazard(HazardKind::MayFail, name.clone(), message);
                let rename = ddl::rename(&ObjectName { name: interim.clone(), ..name.clone() }, &name);
                let mut statements = vec![drop];
                statements.extend(rename);
                match named(to, &interim) {
                    Constraint::ForeignKey(key) => {
                        self.add_reference(table, &key);
                        let locks = [table, &key.table];
                        self.expand.quick(Stage::References, &locks, texts(statements));
                    }
                    check => {
                        self.add_and_validate(table, &check);
                        self.quick(&[table], statements);
                    }
                }
            }
            Constraint::PrimaryKey(_) | Constraint::Unique(_) | Constraint::Exclusion(_) => {
                let message = "it is built anew while nobody can read or write the table";
                self.expand.hazard(HazardKind::Blocking, name, message);
                self.expand.atomic(Stage::Objects, texts(statements));
            }
        }
    }

    /// Comments, timing, and `validate`, which reads the table.
    fn alter_in_place(&mut self, table: &Name, to: &Constraint, statements: Vec<String>) {
        let validate = ddl::constraint::validate(table, to.name());
        for sql in statements {
            if sql == validate {
                self.expand.alone(Stage::Objects, plain(sql));
            } else {
                self.quick(&[table], vec![sql]);
            }
        }
    }

    /// The new key takes the old one's place; foreign keys to it are taken off and put on again, to be proved behind.
    fn replace_key(&mut self, table: &Name, from: &Constraint, to: &Constraint, index: &str) {
        let columns = match from {
            Constraint::PrimaryKey(key) => &key.columns,
            Constraint::Unique(key) => &key.columns,
            _ => return,
        };
        let mut first = Vec::new();
        let mut last = Vec::new();
        let mut unproved = Vec::new();
        for other in &self.to.tables {
            for key in &other.foreign_keys {
                let same = key.table == *table
                    && key.targets.len() == columns.len()
                    && key.targets.iter().all(|target| columns.contains(target));
                let had = self
                    .from
                    .table(&other.name)
                    .is_some_and(|from| from.foreign_keys.iter().any(|old| old.name == key.name));
                if same && had {
                    first.push(ddl::constraint::drop(&other.name, &key.name));
                    let key = Constraint::ForeignKey(key.clone());
                    last.extend(ddl::constraint::add_not_valid(&other.name, &key));
                    unproved.push(ddl::constraint::validate(&other.name, key.name()));
                }
            }
        }
        first.push(ddl::constraint::drop(table, from.name()));
        first.extend(ddl::constraint::add_using_index(table, to, index).unwrap_or_default());
        first.extend(last);
        self.expand.atomic(Stage::Objects, texts(first));
        for validate in unproved {
            self.expand.alone(Stage::References, plain(validate));
        }
    }

    /// PostgreSQL has no way of making it that lets others work.
    fn block(&mut self, table: &Name, constraint: &Constraint) {
        let object = Object::Constraint(table.clone(), constraint.clone()).object_name();
        let message = "its index is built while nobody can read or write the table";
        self.expand.hazard(HazardKind::Blocking, object, message);
        self.expand.atomic(Stage::Objects, texts(ddl::constraint::add(table, constraint)));
    }
}

/// The constraint by another name.
fn named(constraint: &Constraint, name: &str) -> Constraint {
    let mut constraint = constraint.clone();
    let own = match &mut constraint {
        Constraint::PrimaryKey(key) => &mut key.name,
        Constraint::Unique(key) => &mut key.name,
        Constraint::ForeignKey(key) => &mut key.name,
        Constraint::Check(check) => &mut check.name,
        Constraint::Exclusion(exclusion) => &mut exclusion.name,
    };
    name.clone_into(own);
    constraint
}

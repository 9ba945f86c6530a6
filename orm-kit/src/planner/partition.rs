//! Partitions: made beside their table, then attached, with a lock that nobody minds.

use super::bound::bound;
use super::names::{derived, table as table_name};
use super::steps::{Stage, because, plain};
use super::{Planner, texts};
use crate::catalog::{Check, Constraint, ForeignKey, Index, Name, Partition, Table};
use crate::ddl;
use crate::plan::HazardKind;

impl Planner<'_> {
    /// `create table .. partition of` would lock the whole table.
    pub(super) fn create_partition(&mut self, table: &Table, partition: &Partition) {
        let mut alone = Table { partition: None, foreign_keys: Vec::new(), ..table.clone() };
        if let Some(parent) = self.to.table(&partition.of) {
            // The parent may still have what only old code needs.
            let there = self.from.table(&partition.of).into_iter().flat_map(|parent| &parent.columns);
            for column in parent.columns.iter().chain(there) {
                if alone.column(&column.name).is_none() {
                    alone.columns.push(column.clone());
                }
            }
            for check in &parent.checks {
                if !check.no_inherit && !alone.checks.iter().any(|own| own.name == check.name) {
                    alone.checks.push(check.clone());
                }
            }
        }
        let mut statements = ddl::table::create(&alone);
        statements.extend(ddl::table::create_parts(&alone));
        self.quick(&[], statements);
        self.attach(table, partition);
    }

    /// What is referenced by the partitioned table is locked too, as the partition gets its foreign keys.
    pub(super) fn attach(&mut self, table: &Table, partition: &Partition) {
        let default = self
            .partitions(&partition.of)
            .into_iter()
            .find(|other| other.partition.as_ref().is_some_and(|partition| partition.bound == "default"));
        let bound = self.to.table(&partition.of).and_then(|of| bound(of, &partition.bound));
        let mut proofs = Vec::new();
        if let Some(default) = default {
            match &bound {
                Some(bound) if self.online() => proofs.push((default.name, bound.outside.clone())),
                _ => {
                    let message = format!(
                        "`{}` is read while nobody can read or write it, for rows that belong into the new partition",
                        default.name
                    );
                    self.expand.hazard(HazardKind::Blocking, table_name(&table.name), message);
                }
            }
        }
        if !self.is_new(&table.name) {
            match bound {
                Some(bound) if self.online() => proofs.push((table.name.clone(), bound.inside)),
                _ => {
                    let message = "its rows are read while nobody can read or write it, unless a check proves the bound";
                    self.expand.hazard(HazardKind::Blocking, table_name(&table.name), message);
                }
            }
            if self.online() {
                self.match_parent(&table.name, &partition.of);
            }
        }
        for (of, condition) in &proofs {
            self.prove(of, condition, &table.name);
        }
        let parent = self.to.table(&partition.of);
        let keys = parent.iter().flat_map(|parent| &parent.foreign_keys);
        let locks: Vec<&Name> = std::iter::once(&partition.of)
            .chain(keys.map(|key| &key.table))
            .filter(|name| !self.is_new(name))
            .collect();
        let comment = if self.is_new(&table.name) {
            "as `partition of` in `create table` it would lock all partitions"
        } else {
            ""
        };
        let sql = ddl::table::attach(&table.name, partition);
        self.expand.quick(Stage::Objects, &locks, vec![because(comment, sql)]);
        for (of, _) in &proofs {
            self.quick(&[of], vec![ddl::constraint::drop(of, &proof_name(&table.name))]);
        }
    }

    /// A check that says of the rows of `of` where they are: the partition is attached without a look at them.
    fn prove(&mut self, of: &Name, condition: &str, partition: &Name) {
        let name = proof_name(partition);
        let message = format!("it fails if a row of `{of}` is on the wrong side of the bound");
        self.expand.hazard(HazardKind::MayFail, table_name(partition), message);
        let check = Check {
            name: name.clone(),
            expression: condition.to_owned(),
            no_inherit: false,
            validated: false,
            comment: None,
        };
        let comment = "it proves the bound, so that nothing is read while others wait";
        let add = ddl::constraint::add(of, &Constraint::Check(check));
        self.expand.quick(Stage::Objects, &[of], add.into_iter().map(|sql| because(comment, sql)).collect());
        self.expand.alone(Stage::Objects, plain(ddl::constraint::validate(of, &name)));
    }

    /// Gives a table that becomes a partition what its parent has: what it has not when it is attached, is made then.
    fn match_parent(&mut self, table: &Name, parent: &Name) {
        let (Some(own), Some(parent)) = (self.from.table(table).cloned(), self.to.table(parent)) else {
            return;
        };
        let keys: Vec<_> = parent
            .constraints()
            .filter(|it| matches!(it, Constraint::PrimaryKey(_) | Constraint::Unique(_)))
            .filter(|key| !own.constraints().any(|it| key_columns(&it) == key_columns(key)))
            .collect();
        if let Some(key) = keys.first() {
            let message =
                format!("its index for `{}` is built while nobody can read or write it", key.name());
            self.expand.hazard(HazardKind::Blocking, table_name(table), message);
        }
        let bare = |index: &Index| Index { name: String::new(), comment: None, ..index.clone() };
        let missing = parent.indexes.iter().filter(|it| !own.indexes.iter().any(|own| bare(own) == bare(it)));
        for index in missing {
            let name = self.name_in(table, &parent.name, index);
            let index = Index { name, comment: None, ..index.clone() };
            self.build_index(table, &index);
            // It is the table's own again when that is detached.
            self.part_of(table, |table| table.indexes.push(index));
        }
        let has = |key: &ForeignKey| own.foreign_keys.iter().any(|own| own.columns == key.columns);
        for key in parent.foreign_keys.iter().filter(|key| !has(key)) {
            let key = ForeignKey { comment: None, ..key.clone() };
            let add = ddl::constraint::add_not_valid(table, &Constraint::ForeignKey(key.clone()));
            self.quick(&[table, &key.table], add);
            self.expand.alone(Stage::Objects, plain(ddl::constraint::validate(table, &key.name)));
            self.part_of(table, |table| table.foreign_keys.push(key));
        }
    }

    /// Concurrently, where that is possible.
    pub(super) fn detach(&mut self, table: &Name, partition: &Partition, last: bool) {
        let has_default = self
            .partitions(&partition.of)
            .iter()
            .any(|other| other.partition.as_ref().is_some_and(|partition| partition.bound == "default"));
        let check = self.from.table(&partition.of).and_then(|of| of.partitioned.as_ref()).map(|by| {
            let keys = by.by.split_once('(').map_or("", |(_, keys)| keys.trim_matches(['(', ')', '"']));
            let column = self.from.table(&partition.of).and_then(|of| of.column(keys));
            let column = column.map(|column| format!("_{}", column.name)).unwrap_or_default();
            derived(&format!("{}{column}", table.name), "check")
        });
        let concurrently = self.options.version >= 14 && !has_default;
        let steps = if last && self.options.old_code { &mut self.contract } else { &mut self.expand };
        if concurrently {
            let sql = ddl::table::detach_concurrently(table, &partition.of);
            steps.direct(Stage::Objects, plain(sql));
            if let Some(check) = check.filter(|_| !last) {
                let comment = "`concurrently` leaves the bound behind as a check";
                let drop = ddl::constraint::drop(table, &check);
                steps.quick(Stage::Objects, &[table], vec![because(comment, drop)]);
            }
        } else {
            let sql = ddl::table::detach(table, &partition.of);
            steps.quick(Stage::Objects, &[&partition.of, table], texts(vec![sql]));
        }
    }
}

/// What the check is called that proves where rows are for a new partition.
fn proof_name(partition: &Name) -> String {
    derived(&partition.name, "bound")
}

/// What makes two keys the same.
fn key_columns(constraint: &Constraint) -> Option<(&[String], &[String])> {
    match constraint {
        Constraint::PrimaryKey(key) => Some((&key.columns, &key.include)),
        Constraint::Unique(key) => Some((&key.columns, &key.include)),
        _ => None,
    }
}

//! Partitions: made beside their table, then attached, with a lock that nobody minds.

use super::names::{derived, table as table_name};
use super::steps::{Stage, because, plain};
use super::{Planner, texts};
use crate::catalog::{Name, Partition, Table};
use crate::ddl;
use crate::plan::HazardKind;

impl Planner<'_> {
    /// `create table .. partition of` would lock the whole table.
    pub(super) fn create_partition(&mut self, table: &Table, partition: &Partition) {
        let mut alone = Table { partition: None, foreign_keys: Vec::new(), ..table.clone() };
        if let Some(parent) = self.to.table(&partition.of) {
            for column in &parent.columns {
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
        if let Some(default) = default {
            let message = format!(
                "`{}` is read while nobody can read or write it, for rows that belong into the new partition",
                default.name
            );
            self.expand.hazard(HazardKind::Blocking, table_name(&table.name), message);
        }
        if !self.is_new(&table.name) {
            let message =
                "its rows are read while nobody can read or write it, unless a check proves the bound";
            self.expand.hazard(HazardKind::Blocking, table_name(&table.name), message);
        }
        let parent = self.to.table(&partition.of);
        let keys = parent.iter().flat_map(|parent| &parent.foreign_keys);
        let locks: Vec<&Name> = std::iter::once(&partition.of)
            .chain(keys.map(|key| &key.table))
            .filter(|name| !self.is_new(name))
            .collect();
        let comment = "as `partition of` in `create table` it would lock all partitions";
        let sql = ddl::table::attach(&table.name, partition);
        self.expand.quick(Stage::Objects, &locks, vec![because(comment, sql)]);
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

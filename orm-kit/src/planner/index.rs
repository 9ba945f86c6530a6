//! Indexes, built while rows are written.

use super::Planner;
use super::names::derived;
use super::steps::{Stage, because, plain};
use crate::catalog::{Index, IndexKey, Name, Object, Table};
use crate::ddl;
use crate::plan::HazardKind;

impl Planner<'_> {
    pub(super) fn create_index(&mut self, table: &Name, index: &Index) {
        if index.unique && !self.is_new(table) {
            self.hazard_of_key(Object::Index(table.clone(), index.clone()));
        }
        self.build_index(table, index);
    }

    /// Builds an index without holding up anyone who writes.
    pub(super) fn build_index(&mut self, table: &Name, index: &Index) {
        let partitions = self.partitions(table);
        if self.is_partitioned(table) {
            let sql = ddl::index::create_only(table, index);
            let comment =
                "on the partitioned table alone; those of its partitions follow, each without a lock";
            self.expand.quick(
                Stage::Objects,
                &[table],
                sql.into_iter().map(|sql| because(comment, sql)).collect(),
            );
            for partition in partitions {
                let name = self.name_in(&partition.name, table, index);
                let own = Index { name: name.clone(), comment: None, ..index.clone() };
                self.build_index(&partition.name, &own);
                let whole = Name::new(&table.schema, &index.name);
                let part = Name::new(&partition.name.schema, name);
                let attach = plain(ddl::index::attach(&whole, &part));
                self.expand.quick(Stage::Objects, &[table], vec![attach]);
            }
            return;
        }
        for sql in ddl::index::create_concurrently(table, index) {
            self.expand.direct(Stage::Objects, plain(sql));
        }
    }

    /// What PostgreSQL would call the index of a partition, unless another one is called so.
    pub(super) fn name_in(&self, partition: &Name, parent: &Name, index: &Index) -> String {
        let columns = |index: &Index| -> Vec<String> {
            let key = |key: &IndexKey| key.column.clone().unwrap_or_else(|| "expr".to_owned());
            index.keys.iter().map(key).chain(index.include.iter().cloned()).collect()
        };
        let name = derived(&format!("{}_{}", partition.name, columns(index).join("_")), "idx");
        let all = self.to.table(parent).into_iter().chain(self.from.table(parent)).flat_map(|it| &it.indexes);
        let mut others = all.filter(|other| other.name != index.name);
        let own = self.from.table(partition).is_some_and(|it| it.indexes.iter().any(|own| own.name == name));
        if own || others.any(|other| columns(other) == columns(index)) {
            return derived(&partition.name, &index.name);
        }
        name
    }

    pub(super) fn drop_index(&mut self, table: &Name, index: &Index) {
        self.remove_index(table, &index.name);
    }

    /// A changed index is built before the old one goes.
    pub(super) fn alter_index(&mut self, table: &Name, from: &Index, to: &Index) {
        if let Some(statements) = ddl::index::alter(table, from, to) {
            self.quick(&[table], statements);
            return;
        }
        if to.unique && !from.unique {
            self.hazard_of_key(Object::Index(table.clone(), to.clone()));
        }
        let old = derived(&from.name, "old");
        let rename = ddl::index::rename(&table.schema, &from.name, &old);
        let comment = "it serves until the new one is built";
        self.expand.quick(Stage::Objects, &[table], vec![because(comment, rename)]);
        self.build_index(table, to);
        self.remove_index(table, &old);
    }

    fn remove_index(&mut self, table: &Name, index: &str) {
        if self.is_partitioned(table) {
            self.quick(&[table], vec![ddl::index::drop(&table.schema, index)]);
        } else {
            let sql = ddl::index::drop_concurrently(&table.schema, index);
            self.expand.direct(Stage::Objects, plain(sql));
        }
    }

    /// A unique key fails on rows that are equal.
    pub(super) fn hazard_of_key(&mut self, object: Object) {
        let message = "it fails if two rows are equal in it";
        self.expand.hazard(HazardKind::MayFail, object.object_name(), message);
    }

    pub(super) fn is_partitioned(&self, table: &Name) -> bool {
        let found = self.from.table(table).or_else(|| self.to.table(table));
        found.is_some_and(|table| table.partitioned.is_some())
    }

    /// The partitions that the table has now.
    pub(super) fn partitions(&self, table: &Name) -> Vec<Table> {
        let of = |other: &&Table| other.partition.as_ref().is_some_and(|partition| partition.of == *table);
        self.from.tables.iter().filter(of).cloned().collect()
    }
}

//! Foreign keys between tables that are there.

use super::Planner;
use super::steps::{Stage, because, plain};
use crate::catalog::{Constraint, ForeignKey, Name, Table};
use crate::ddl;

impl Planner<'_> {
    /// A foreign key that counts for new rows at once, and for those there when they are read, without a lock.
    pub(super) fn add_reference(&mut self, table: &Name, key: &ForeignKey) {
        let locks = [table, &key.table];
        let constraint = Constraint::ForeignKey(key.clone());
        if self.is_partitioned(table) && self.options.version < 18 {
            // PostgreSQL takes no `not valid` here, and adopts what the partitions have.
            for partition in self.partitions(table) {
                let own = ForeignKey { comment: None, ..key.clone() };
                self.add_reference(&partition.name, &own);
            }
            let comment = "each partition has it: nothing is read again";
            let add = ddl::constraint::add(table, &constraint);
            self.expand.quick(
                Stage::References,
                &locks,
                add.into_iter().map(|sql| because(comment, sql)).collect(),
            );
            return;
        }
        let comment = if self.has_index(table, &key.columns) {
            String::new()
        } else {
            format!(
                "no index begins with these columns: whoever deletes a row of `{}` reads all of `{table}`",
                key.table
            )
        };
        let mut add: Vec<_> =
            ddl::constraint::add_not_valid(table, &constraint).into_iter().map(plain).collect();
        if let Some(first) = add.first_mut() {
            first.comment = comment;
        }
        self.expand.quick(Stage::References, &locks, add);
        if key.validated {
            self.expand.alone(Stage::References, plain(ddl::constraint::validate(table, &key.name)));
        }
    }

    /// The foreign keys of a new table: it has no rows, so that there is nothing to prove.
    pub(super) fn add_references(&mut self, table: &Table) {
        for key in &table.foreign_keys {
            let mut locks = Vec::new();
            if !self.is_new(&key.table) && key.table != table.name {
                locks.push(&key.table);
            }
            let add = ddl::constraint::add(&table.name, &Constraint::ForeignKey(key.clone()));
            self.expand.quick(Stage::References, &locks, add.into_iter().map(plain).collect());
        }
    }

    /// Whether an index or key begins with these columns, in any order.
    fn has_index(&self, table: &Name, columns: &[String]) -> bool {
        let Some(table) = self.to.table(table) else { return false };
        let physical: Vec<&str> = columns
            .iter()
            .map(|column| {
                let shadow = self.shadows.iter().find(|it| it.table == table.name && it.interim == *column);
                shadow.map_or(column.as_str(), |shadow| &shadow.new.name)
            })
            .collect();
        let begins = |keys: Vec<&str>| {
            keys.len() >= physical.len() && keys.iter().take(physical.len()).all(|key| physical.contains(key))
        };
        let own = |columns: &[String]| begins(columns.iter().map(String::as_str).collect());
        table.primary_key.as_ref().is_some_and(|key| own(&key.columns))
            || table.uniques.iter().any(|key| own(&key.columns))
            || table.indexes.iter().any(|index| {
                index.predicate.is_none()
                    && begins(
                        index.keys.iter().map(|key| key.column.as_deref().unwrap_or_default()).collect(),
                    )
            })
    }
}

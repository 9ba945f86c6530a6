//! Tables: new, gone, renamed, and what of them is their own.

use super::names::{quoted, table as table_name};
use super::steps::{Stage, Steps, because, plain};
use super::{Planner, texts};
use crate::catalog::{Grant, GrantTarget, Name, ObjectName, RowSecurity, Table, View};
use crate::ddl;
use crate::plan::HazardKind;
use std::collections::BTreeMap;

impl Planner<'_> {
    /// A table that nobody uses yet takes no care, but for those that it references.
    pub(super) fn create_table(&mut self, table: &Table) {
        if let Some(partition) = table.partition.as_ref().filter(|partition| !self.is_new(&partition.of)) {
            self.create_partition(table, partition);
            return;
        }
        let alone = Table { foreign_keys: Vec::new(), ..table.clone() };
        let mut statements = ddl::table::create(&alone);
        statements.extend(ddl::table::create_parts(&alone));
        let locks: Vec<&Name> = table.inherits.iter().filter(|parent| !self.is_new(parent)).collect();
        self.expand.quick(Stage::Objects, &locks, texts(statements));
        self.add_references(table);
    }

    /// A table that is dropped locks those that it references: that goes first, by itself.
    pub(super) fn drop_table(&mut self, table: &Table) {
        let name = &table.name;
        let object = table_name(name);
        self.removal().hazard(HazardKind::DataLoss, object.clone(), "its rows are gone");
        let there = self.from.table(name).map(|table| table.foreign_keys.clone()).unwrap_or_default();
        for key in there.iter().filter(|key| key.table != *name) {
            let drop = plain(ddl::constraint::drop(name, &key.name));
            self.removal().quick(Stage::Objects, &[name, &key.table], vec![drop]);
        }
        if let Some(partition) = &table.partition {
            self.detach(name, partition, true);
        }
        self.removal().quick(Stage::Objects, &[name], vec![plain(ddl::table::drop(name))]);
        self.lose(format!("the rows of {object} are gone"));
    }

    pub(super) fn alter_table(&mut self, from: &Table, to: &Table) {
        let name = &to.name;
        if from.partitioned != to.partitioned {
            let message = "PostgreSQL cannot change how a table is partitioned: make another one, copy the rows and rename both";
            self.expand.hazard(HazardKind::MayFail, table_name(name), message);
        }
        if from.partition != to.partition {
            if let Some(partition) = &from.partition {
                self.detach(name, partition, false);
            }
            if let Some(partition) = &to.partition {
                self.attach(to, partition);
            }
        }
        for parent in from.inherits.iter().filter(|parent| !to.inherits.contains(parent)) {
            self.quick(&[name, parent], vec![ddl::table::no_inherit(name, parent)]);
        }
        for parent in to.inherits.iter().filter(|parent| !from.inherits.contains(parent)) {
            self.quick(&[name, parent], vec![ddl::table::inherit(name, parent)]);
        }
        if from.unlogged != to.unlogged {
            self.rewrite(name, ddl::table::set_unlogged(name, to.unlogged));
        }
        if from.tablespace != to.tablespace {
            self.rewrite(name, ddl::table::set_tablespace(name, to.tablespace.as_deref()));
        }
        self.quick(&[name], ddl::table::set_with(name, &from.with, &to.with));
        if from.comment != to.comment {
            self.quick(&[name], vec![ddl::table::set_comment(name, to.comment.as_deref())]);
        }
        if from.row_security != to.row_security {
            let set = ddl::policy::set_row_security(name, from.row_security, to.row_security);
            self.secure(name, set);
        }
    }

    fn rewrite(&mut self, table: &Name, sql: String) {
        let message = "it is written again while nobody can read or write it";
        self.expand.hazard(HazardKind::Blocking, table_name(table), message);
        self.expand.alone(Stage::Objects, plain(sql));
    }

    /// Old code finds the table under a view of its old name.
    pub(super) fn rename_table(&mut self, from: &ObjectName, to: &ObjectName) {
        let (old, new) = (Name::new(&from.schema, &from.name), Name::new(&to.schema, &to.name));
        if !self.online() {
            self.quick(&[&new], ddl::rename(from, to));
            return;
        }
        let mut with = BTreeMap::new();
        if self.options.version >= 15 {
            with.insert("security_invoker".to_owned(), "true".to_owned());
        } else if self.to.table(&new).is_some_and(|table| table.row_security != RowSecurity::Disabled) {
            let message = "under its old name it is read with the rights of the view's owner: its policies do not count there";
            self.expand.hazard(HazardKind::Authorization, to.clone(), message);
        }
        let view = View {
            name: old.clone(),
            materialized: false,
            query: format!("select * from {}", quoted(&new)),
            columns: Vec::new(),
            with,
            indexes: Vec::new(),
            comment: None,
        };
        let mut statements = texts(ddl::rename(from, to));
        let mut create = ddl::view::create(&view).into_iter();
        let comment = "old code reads and writes it under its old name";
        statements.extend(create.next().map(|sql| because(comment, sql)));
        let on = GrantTarget::Table(new.clone());
        let grants = self.to.grants.iter().filter(|grant| grant.on == on);
        let on = GrantTarget::Table(old);
        let grants: Vec<_> = grants.map(|grant| Grant { on: on.clone(), ..grant.clone() }).collect();
        statements.extend(grants.iter().map(|grant| plain(ddl::grant::grant(grant))));
        // A change of a column takes it out of its way as it does any view.
        self.from.grants.extend(grants);
        self.from.views.push(view.clone());
        self.expand.atomic(Stage::Objects, statements);
        self.drop_later(&view);
        let mut undo = Steps::default();
        undo.quick(Stage::Objects, &[&view.name], vec![plain(ddl::view::drop(&view))]);
        self.undo.push(undo);
        self.aliases.push(view.name);
    }
}

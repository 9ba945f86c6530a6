//! What is known of the database at a place of a script: the snapshot before it, and what the script has done so far.

use super::read::{Act, Action, ConstraintKind, Is, Named, NewColumn, NewConstraint, NewTable};
use crate::catalog::{
    Catalog, Check, Column, Domain, Enum, ForeignKey, Index, IndexKey, Name, Partition, Partitioned, Table,
    View, type_name,
};
use crate::planner;
use crate::script::Cursor;
use std::collections::{BTreeMap, BTreeSet};

/// What is there. A table that nobody knows anything of is in nobody's way either: it is taken to have rows and users.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    pub(super) catalog: Catalog,
    /// Tables that the script has made, so that nobody uses them yet.
    fresh: BTreeSet<Name>,
    /// Indexes that the script has made, with their tables.
    built: BTreeMap<Name, Name>,
    /// The time zone is said to be UTC.
    pub(super) is_utc: bool,
}

impl Known {
    pub(super) fn new(catalog: Catalog) -> Self {
        Known { catalog, ..Known::default() }
    }

    /// Somebody may be using the table.
    pub(super) fn is_live(&self, table: &Named) -> bool {
        self.is_used(&table.full())
    }

    /// Somebody may be using the table of this name.
    pub(super) fn is_used(&self, table: &Name) -> bool {
        !self.fresh.contains(table) && table.schema != "pg_temp"
    }

    pub(super) fn table(&self, table: &Named) -> Option<&Table> {
        self.catalog.table(&table.full())
    }

    pub(super) fn view(&self, name: &Named) -> Option<&View> {
        let name = name.full();
        self.catalog.views.iter().find(|view| view.name == name)
    }

    pub(super) fn column(&self, table: &Named, column: &str) -> Option<&Column> {
        self.table(table)?.column(column)
    }

    pub(super) fn is_partitioned(&self, table: &Named) -> bool {
        self.table(table).is_some_and(|table| table.partitioned.is_some())
    }

    pub(super) fn partitions(&self, table: &Named) -> impl Iterator<Item = &Table> {
        let name = table.full();
        let is_of = move |partition: &Partition| partition.of == name;
        self.catalog.tables.iter().filter(move |table| table.partition.as_ref().is_some_and(&is_of))
    }

    /// The table of an index that no constraint owns.
    pub(super) fn table_of_index(&self, index: &Named) -> Option<&Table> {
        let name = index.full();
        let has = |table: &&Table| {
            table.name.schema == name.schema && table.indexes.iter().any(|index| index.name == name.name)
        };
        self.catalog.tables.iter().find(has)
    }

    /// The index is on a table that nobody uses, or not on a table at all.
    pub(super) fn is_index_free(&self, index: &Named) -> bool {
        let name = index.full();
        let of_view = self.catalog.views.iter().any(|view| {
            view.name.schema == name.schema && view.indexes.iter().any(|index| index.name == name.name)
        });
        let of_fresh = self.built.get(&name).is_some_and(|table| self.fresh.contains(table));
        of_view || of_fresh
    }

    pub(super) fn domain(&self, ty: &str) -> Option<&Domain> {
        planner::domain(&self.catalog, &type_name(ty, "public"))
            .or_else(|| planner::domain(&self.catalog, ty))
    }

    /// No row has NULL there, and the server knows it: by the column itself, or by a check that it has read all rows for.
    pub(super) fn is_proved_not_null(&self, table: &Named, column: &str) -> bool {
        let Some(found) = self.table(table) else { return false };
        let mut checks = found.checks.iter().filter(|check| check.validated);
        found.column(column).is_some_and(|column| !column.nullable)
            || checks.any(|check| says_not_null(&check.expression, column))
    }

    /// An index or key of the table begins with these columns, in any order.
    pub(super) fn has_index(&self, table: &Name, columns: &[String]) -> bool {
        let Some(table) = self.catalog.table(table) else { return false };
        let begins = |keys: Vec<&str>| {
            keys.len() >= columns.len()
                && keys.iter().take(columns.len()).all(|key| columns.iter().any(|column| column == key))
        };
        let own = |columns: &[String]| begins(columns.iter().map(String::as_str).collect());
        let whole = |index: &&Index| index.predicate.is_none();
        table.primary_key.as_ref().is_some_and(|key| own(&key.columns))
            || table.uniques.iter().any(|key| own(&key.columns))
            || table.indexes.iter().filter(whole).any(|index| {
                begins(index.keys.iter().map(|key| key.column.as_deref().unwrap_or_default()).collect())
            })
    }

    /// Goes past a statement.
    pub(super) fn apply(&mut self, act: &Act) {
        match act {
            Act::CreateTable(table) => self.create_table(table),
            Act::CreateIndex(index) => {
                if let Some(name) = &index.name {
                    let schema = index.table.full().schema;
                    self.built.insert(Name::new(schema, name.name.as_str()), index.table.full());
                    let keys = index.keys.iter().map(|key| index_key(key.clone())).collect();
                    let made = made_index(&name.name, keys, index.unique, index.partial);
                    self.table_mut(&index.table).indexes.push(made);
                }
            }
            Act::CreateView { name, materialized, .. } => {
                if *materialized {
                    self.fresh.insert(name.full());
                }
                self.catalog.views.retain(|view| view.name != name.full());
                self.catalog.views.push(made_view(name.full(), *materialized));
            }
            Act::CreateDomain { name, checked } => {
                self.catalog.domains.push(made_domain(name.full(), *checked));
            }
            Act::CreateEnum(name) => {
                let labels = Vec::new();
                self.catalog.enums.push(Enum { name: name.full(), labels, comment: None });
            }
            Act::AlterTable { table, actions } => {
                actions.iter().for_each(|action| self.alter(table, action));
            }
            Act::AlterView { name, action: Action::Rename(to) } => self.rename_table(name, &to.name),
            Act::RenameIndex { from, to } => {
                let (from, schema) = (from.full(), from.full().schema);
                for table in self.catalog.tables.iter_mut().filter(|table| table.name.schema == schema) {
                    for index in table.indexes.iter_mut().filter(|index| index.name == from.name) {
                        index.name.clone_from(&to.name);
                    }
                }
                if let Some(table) = self.built.remove(&from) {
                    self.built.insert(Name::new(schema, to.name.as_str()), table);
                }
            }
            Act::Drop { what, names, on: Some(table), .. } => {
                let gone = |name: &str| names.iter().any(|gone| gone.name == name);
                let here = self.table_mut(table);
                match *what {
                    "policy" => here.policies.retain(|policy| !gone(&policy.name)),
                    "trigger" => here.triggers.retain(|trigger| !gone(&trigger.name)),
                    _ => {}
                }
            }
            Act::Drop { what, names, .. } => names.iter().for_each(|name| self.drop_(what, name)),
            Act::Set { name, value } if name == "timezone" => {
                let value = value.trim_matches('\'').to_ascii_uppercase();
                self.is_utc = matches!(value.as_str(), "UTC" | "GMT" | "ETC/UTC" | "0");
            }
            _ => {}
        }
    }

    /// A transaction ends, and with it what was set for it.
    pub(super) fn end(&mut self) {
        self.is_utc = false;
    }

    fn create_table(&mut self, new: &NewTable) {
        let mut table = Table::new(new.name.full());
        table.columns = new.columns.iter().map(made_column).collect();
        table.partitioned = new.is_partitioned.then(|| Partitioned { by: String::new() });
        table.partition = new
            .partition_of
            .as_ref()
            .map(|(of, bound)| Partition { of: of.full(), bound: bound.to_ascii_lowercase() });
        self.fresh.insert(table.name.clone());
        self.catalog.tables.retain(|other| other.name != table.name);
        self.catalog.tables.push(table);
        for constraint in &new.constraints {
            self.constrain(&new.name, constraint);
        }
        for column in &new.columns {
            self.declare(&new.name, column);
        }
    }

    /// The table, with nothing known of it if it is new to us.
    fn table_mut(&mut self, table: &Named) -> &mut Table {
        let name = table.full();
        let at = self.catalog.tables.iter().position(|table| table.name == name);
        let at = at.unwrap_or_else(|| {
            self.catalog.tables.push(Table::new(name));
            self.catalog.tables.len() - 1
        });
        #[allow(clippy::indexing_slicing, reason = "it is the place where it was found, or the last")]
        &mut self.catalog.tables[at]
    }

    /// What is said in a column's own clauses of the table.
    fn declare(&mut self, table: &Named, column: &NewColumn) {
        for clause in &column.clauses {
            let name = |suffix: &str| format!("{}_{}_{suffix}", table.name, column.name.name);
            let here = self.table_mut(table);
            match &clause.is {
                Is::Check(condition) => here.checks.push(made_check(name("check"), condition, true)),
                Is::References(target, _) => {
                    let columns = vec![column.name.name.clone()];
                    here.foreign_keys.push(made_key(name("fkey"), columns, target.full(), true));
                }
                Is::Unique | Is::PrimaryKey => {
                    let keys = vec![index_key(Some(column.name.name.clone()))];
                    here.indexes.push(made_index(&name("key"), keys, true, false));
                }
                _ => {}
            }
        }
    }

    fn constrain(&mut self, table: &Named, new: &NewConstraint) {
        let name = new.name.as_ref().map(|name| name.name.clone()).unwrap_or_default();
        let columns: Vec<String> = new.columns.iter().map(|column| column.name.clone()).collect();
        let here = self.table_mut(table);
        match &new.kind {
            ConstraintKind::Check(condition) => {
                here.checks.push(made_check(name, condition, !new.not_valid));
            }
            ConstraintKind::ForeignKey(target, _) => {
                here.foreign_keys.push(made_key(name, columns, target.full(), !new.not_valid));
            }
            ConstraintKind::PrimaryKey | ConstraintKind::Unique if !columns.is_empty() => {
                let keys = columns.into_iter().map(|column| index_key(Some(column))).collect();
                here.indexes.push(made_index(&name, keys, true, false));
            }
            ConstraintKind::NotNull => {
                let said = new.columns.first().map(|column| format!("{} is not null", column.written));
                here.checks.push(made_check(name, &said.unwrap_or_default(), !new.not_valid));
            }
            _ => {}
        }
    }

    fn alter(&mut self, table: &Named, action: &Action) {
        match action {
            Action::AddColumn(column) => {
                self.table_mut(table).columns.push(made_column(column));
                self.declare(table, column);
            }
            Action::AddConstraint(constraint) => self.constrain(table, constraint),
            Action::DropColumn(column) => {
                let here = self.table_mut(table);
                here.columns.retain(|other| other.name != column.name);
                here.foreign_keys.retain(|key| !key.columns.contains(&column.name));
            }
            Action::DropConstraint(name) => {
                let here = self.table_mut(table);
                here.checks.retain(|check| check.name != name.name);
                here.foreign_keys.retain(|key| key.name != name.name);
                here.uniques.retain(|key| key.name != name.name);
                here.indexes.retain(|index| index.name != name.name);
                if here.primary_key.as_ref().is_some_and(|key| key.name == name.name) {
                    here.primary_key = None;
                }
            }
            Action::Validate(name) => {
                let here = self.table_mut(table);
                here.checks
                    .iter_mut()
                    .filter(|check| check.name == name.name)
                    .for_each(|check| check.validated = true);
                let keys = here.foreign_keys.iter_mut().filter(|key| key.name == name.name);
                keys.for_each(|key| key.validated = true);
            }
            Action::SetNotNull(column) => self.nullable(table, &column.name, false),
            Action::DropNotNull(column) => self.nullable(table, &column.name, true),
            Action::SetType { column, ty, .. } => {
                let ty = type_name(ty, "public");
                let here = self.table_mut(table);
                let columns = here.columns.iter_mut().filter(|other| other.name == column.name);
                columns.for_each(|column| column.ty.clone_from(&ty));
            }
            Action::RenameColumn(from, to) => {
                let here = self.table_mut(table);
                let columns = here.columns.iter_mut().filter(|column| column.name == from.name);
                columns.for_each(|column| column.name.clone_from(&to.name));
            }
            Action::RenameConstraint(from, to) => {
                let here = self.table_mut(table);
                let checks = here.checks.iter_mut().map(|check| &mut check.name);
                let keys = here.foreign_keys.iter_mut().map(|key| &mut key.name);
                let uniques = here.uniques.iter_mut().map(|key| &mut key.name);
                for name in checks.chain(keys).chain(uniques) {
                    if *name == from.name {
                        name.clone_from(&to.name);
                    }
                }
            }
            Action::Rename(to) => self.rename_table(table, &to.name),
            Action::Attach { partition, bound } => {
                let bound = bound.to_ascii_lowercase();
                self.table_mut(partition).partition = Some(Partition { of: table.full(), bound });
            }
            Action::Detach { partition, .. } => self.table_mut(partition).partition = None,
            _ => {}
        }
    }

    fn nullable(&mut self, table: &Named, column: &str, nullable: bool) {
        let columns = self.table_mut(table).columns.iter_mut().filter(|other| other.name == column);
        columns.for_each(|column| column.nullable = nullable);
    }

    fn rename_table(&mut self, from: &Named, to: &str) {
        let (from, to) = (from.full(), Name::new(from.full().schema, to));
        if self.fresh.remove(&from) {
            self.fresh.insert(to.clone());
        }
        self.built.values_mut().filter(|table| **table == from).for_each(|table| *table = to.clone());
        for table in &mut self.catalog.tables {
            for name in table.foreign_keys.iter_mut().map(|key| &mut key.table) {
                if *name == from {
                    name.clone_from(&to);
                }
            }
            if table.name == from {
                table.name.clone_from(&to);
            }
        }
        let views = self.catalog.views.iter_mut().filter(|view| view.name == from);
        views.for_each(|view| view.name.clone_from(&to));
    }

    fn drop_(&mut self, what: &str, name: &Named) {
        let full = name.full();
        match what {
            "table" => self.catalog.tables.retain(|table| table.name != full),
            "view" | "materialized view" => self.catalog.views.retain(|view| view.name != full),
            "domain" => self.catalog.domains.retain(|domain| domain.name != full),
            "index" => {
                let here = self.catalog.tables.iter_mut().filter(|table| table.name.schema == full.schema);
                here.for_each(|table| table.indexes.retain(|index| index.name != full.name));
            }
            _ => {}
        }
    }
}

/// A condition that is this and nothing else.
fn says_not_null(condition: &str, column: &str) -> bool {
    let mut cursor = Cursor::new(condition);
    while let Some(inside) = cursor.clone().inside() {
        let mut behind = cursor.clone();
        behind.parentheses();
        if !behind.is_at_end() {
            return false;
        }
        cursor = inside;
    }
    let name = Named::read(&mut cursor);
    name.is_some_and(|name| name.name == column) && cursor.eat("is not null") && cursor.is_at_end()
}

fn made_column(new: &NewColumn) -> Column {
    Column {
        nullable: !new.is_not_null(),
        default: new.default().map(str::to_owned),
        ..Column::new(new.name.name.as_str(), type_name(new.value_type(), "public"))
    }
}

fn made_check(name: String, condition: &str, validated: bool) -> Check {
    Check { name, expression: condition.to_owned(), no_inherit: false, validated, comment: None }
}

fn made_key(name: String, columns: Vec<String>, table: Name, validated: bool) -> ForeignKey {
    ForeignKey {
        name,
        columns,
        table,
        targets: Vec::new(),
        on_delete: crate::catalog::Action::default(),
        on_update: crate::catalog::Action::default(),
        matching: crate::catalog::Match::default(),
        timing: crate::catalog::Timing::default(),
        validated,
        comment: None,
    }
}

fn index_key(column: Option<String>) -> IndexKey {
    IndexKey { column, expression: None, collation: None, opclass: None, descending: false, nulls: None }
}

fn made_index(name: &str, keys: Vec<IndexKey>, unique: bool, partial: bool) -> Index {
    Index {
        name: name.to_owned(),
        unique,
        nulls_not_distinct: false,
        method: "btree".to_owned(),
        keys,
        include: Vec::new(),
        predicate: partial.then(String::new),
        with: BTreeMap::new(),
        tablespace: None,
        comment: None,
    }
}

fn made_view(name: Name, materialized: bool) -> View {
    View {
        name,
        materialized,
        query: String::new(),
        columns: Vec::new(),
        with: BTreeMap::new(),
        indexes: Vec::new(),
        comment: None,
    }
}

fn made_domain(name: Name, not_null: bool) -> Domain {
    Domain {
        name,
        base: String::new(),
        not_null,
        default: None,
        collation: None,
        checks: Vec::new(),
        comment: None,
    }
}

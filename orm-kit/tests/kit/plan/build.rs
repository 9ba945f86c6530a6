//! Catalogs in few words.

use orm_kit::catalog::{
    Action, Catalog, Check, Column, ForeignKey, Grant, GrantTarget, Index, IndexKey, Match, Name, Object,
    ObjectName, Policy, PolicyCommand, PrimaryKey, Table, Timing, Unique, View,
};
use std::collections::BTreeMap;

pub(super) fn name(name: &str) -> Name {
    Name::new("public", name)
}

/// `email text null`, `age integer = 0`.
pub(super) fn column(text: &str) -> Column {
    let (text, default) = match text.split_once(" = ") {
        Some((text, default)) => (text, Some(default.to_owned())),
        None => (text, None),
    };
    let (text, nullable) = match text.strip_suffix(" null") {
        Some(text) => (text, true),
        None => (text, false),
    };
    let (name, ty) = text.split_once(' ').unwrap();
    Column { nullable, default, ..Column::new(name, ty) }
}

/// A table whose primary key is its first column.
pub(super) fn table(of: &str, columns: &[&str]) -> Table {
    let mut table = Table::new(name(of));
    table.columns = columns.iter().map(|text| column(text)).collect();
    let first = table.columns.first().unwrap().name.clone();
    table.primary_key = Some(PrimaryKey {
        name: format!("{of}_pkey"),
        columns: vec![first],
        include: Vec::new(),
        timing: Timing::NotDeferrable,
        comment: None,
    });
    table
}

pub(super) fn index(of: &str, columns: &[&str]) -> Index {
    let keys = columns.iter().map(|column| IndexKey {
        column: Some((*column).to_owned()),
        expression: None,
        collation: None,
        opclass: None,
        descending: false,
        nulls: None,
    });
    Index {
        name: of.to_owned(),
        unique: false,
        nulls_not_distinct: false,
        method: "btree".to_owned(),
        keys: keys.collect(),
        include: Vec::new(),
        predicate: None,
        with: BTreeMap::new(),
        tablespace: None,
        comment: None,
    }
}

pub(super) fn check(of: &str, expression: &str) -> Check {
    Check {
        name: of.to_owned(),
        expression: expression.to_owned(),
        no_inherit: false,
        validated: true,
        comment: None,
    }
}

pub(super) fn unique(of: &str, columns: &[&str]) -> Unique {
    Unique {
        name: of.to_owned(),
        columns: columns.iter().map(|column| (*column).to_owned()).collect(),
        include: Vec::new(),
        nulls_not_distinct: false,
        timing: Timing::NotDeferrable,
        comment: None,
    }
}

pub(super) fn reference(of: &str, column: &str, table: &str, target: &str) -> ForeignKey {
    ForeignKey {
        name: of.to_owned(),
        columns: vec![column.to_owned()],
        table: name(table),
        targets: vec![target.to_owned()],
        on_delete: Action::NoAction,
        on_update: Action::NoAction,
        matching: Match::Simple,
        timing: Timing::NotDeferrable,
        validated: true,
        comment: None,
    }
}

pub(super) fn policy(of: &str, using: &str) -> Policy {
    Policy {
        name: of.to_owned(),
        permissive: true,
        command: PolicyCommand::All,
        to: vec!["public".to_owned()],
        using: Some(using.to_owned()),
        with_check: None,
        comment: None,
    }
}

pub(super) fn view(of: &str, query: &str) -> View {
    View {
        name: name(of),
        materialized: false,
        query: query.to_owned(),
        columns: Vec::new(),
        with: BTreeMap::new(),
        indexes: Vec::new(),
        comment: None,
    }
}

/// A privilege of everyone on a table or view.
pub(super) fn grant(privilege: &str, on: &str) -> Grant {
    Grant {
        on: GrantTarget::Table(name(on)),
        privilege: privilege.to_owned(),
        columns: Vec::new(),
        to: "public".to_owned(),
        grantable: false,
    }
}

pub(super) fn catalog(tables: &[Table]) -> Catalog {
    let mut catalog = Catalog { tables: tables.to_vec(), ..Catalog::default() };
    catalog.sort();
    catalog
}

/// The table with something else about it.
pub(super) fn with(table: &Table, change: impl FnOnce(&mut Table)) -> Table {
    let mut table = table.clone();
    change(&mut table);
    table
}

/// What a column is called.
pub(super) fn column_name(table: &str, column: &str) -> ObjectName {
    Object::Column(name(table), Column::new(column, "text")).object_name()
}

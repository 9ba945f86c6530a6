//! A compiled table, its columns, keys, checks and indexes.

use super::{DEFAULT_SCHEMA, name, owned, text};
use crate::catalog::{
    Action, Check, Column, ForeignKey, Generated, Identity, Index, IndexKey, Match, Nulls, PrimaryKey,
    SequenceOptions, Table, Timing, Unique, type_name,
};
use orm_core::meta::{
    ActionMeta, CheckMeta, ColumnMeta, DefaultMeta, ForeignKeyMeta, IdentityMeta, IndexKeyMeta, IndexMeta,
    IndexTargetMeta, KeyMeta, NullsMeta, TableMeta,
};
use orm_core::sql::quote_literal;
use std::collections::BTreeMap;

pub(super) fn table(meta: &TableMeta) -> Table {
    let TableMeta { name: own, comment, columns, primary_key, uniques, indexes, foreign_keys, checks } = meta;
    Table {
        columns: columns.iter().map(column).collect(),
        primary_key: primary_key.as_ref().map(|key| PrimaryKey {
            name: key.name.to_owned(),
            columns: owned(key.columns),
            include: Vec::new(),
            timing: Timing::default(),
            comment: None,
        }),
        uniques: uniques.iter().map(unique).collect(),
        foreign_keys: foreign_keys.iter().map(foreign_key).collect(),
        checks: checks.iter().map(check).collect(),
        indexes: indexes.iter().map(index).collect(),
        comment: text(*comment),
        ..Table::new(name(own.schema, own.name))
    }
}

fn column(meta: &ColumnMeta) -> Column {
    let ColumnMeta {
        name,
        ty: _,
        sql_type: _,
        nullable,
        default: value,
        on_update: _,
        identity,
        generated,
        comment,
    } = meta;
    Column {
        nullable: *nullable,
        default: value.as_ref().map(default),
        identity: identity.map(|identity| Identity {
            always: identity == IdentityMeta::Always,
            options: SequenceOptions::default(),
        }),
        generated: generated.map(|expression| Generated { expression: expression.to_owned(), stored: true }),
        comment: text(*comment),
        ..Column::new(*name, type_name(meta.type_name(), DEFAULT_SCHEMA))
    }
}

fn default(value: &DefaultMeta) -> String {
    match value {
        DefaultMeta::Number(text) | DefaultMeta::Expression(text) => text.to_string(),
        DefaultMeta::Bool(value) => value.to_string(),
        DefaultMeta::Text(text) | DefaultMeta::Json(text) | DefaultMeta::Label(text) => quote_literal(text),
    }
}

fn unique(KeyMeta { name, columns }: &KeyMeta) -> Unique {
    Unique {
        name: (*name).to_owned(),
        columns: owned(columns),
        include: Vec::new(),
        nulls_not_distinct: false,
        timing: Timing::default(),
        comment: None,
    }
}

fn foreign_key(meta: &ForeignKeyMeta) -> ForeignKey {
    let ForeignKeyMeta { name: own, columns, table, targets, on_delete, on_update } = meta;
    ForeignKey {
        name: (*own).to_owned(),
        columns: owned(columns),
        table: name(table.schema, table.name),
        targets: owned(targets),
        on_delete: action(*on_delete),
        on_update: action(*on_update),
        matching: Match::default(),
        timing: Timing::default(),
        validated: true,
        comment: None,
    }
}

fn action(meta: Option<ActionMeta>) -> Action {
    match meta {
        None | Some(ActionMeta::NoAction) => Action::NoAction,
        Some(ActionMeta::Restrict) => Action::Restrict,
        Some(ActionMeta::Cascade) => Action::Cascade,
        Some(ActionMeta::SetNull) => Action::SetNull,
        Some(ActionMeta::SetDefault) => Action::SetDefault,
    }
}

fn check(CheckMeta { name, expression }: &CheckMeta) -> Check {
    Check {
        name: (*name).to_owned(),
        expression: (*expression).to_owned(),
        no_inherit: false,
        validated: true,
        comment: None,
    }
}

fn index(meta: &IndexMeta) -> Index {
    let IndexMeta { name, unique, method, keys, include, predicate, with } = meta;
    Index {
        name: (*name).to_owned(),
        unique: *unique,
        nulls_not_distinct: false,
        method: method.unwrap_or("btree").to_owned(),
        keys: keys.iter().map(index_key).collect(),
        include: owned(include),
        predicate: text(*predicate),
        with: with.map(parameters).unwrap_or_default(),
        tablespace: None,
        comment: None,
    }
}

fn index_key(IndexKeyMeta { target, descending, nulls }: &IndexKeyMeta) -> IndexKey {
    let (column, expression) = match target {
        IndexTargetMeta::Column(name) => (Some((*name).to_owned()), None),
        IndexTargetMeta::Expression(expression) => (None, Some((*expression).to_owned())),
    };
    let nulls = nulls.map(|nulls| match nulls {
        NullsMeta::First => Nulls::First,
        NullsMeta::Last => Nulls::Last,
    });
    // What stands there anyway is not said.
    let usual = if *descending { Nulls::First } else { Nulls::Last };
    IndexKey {
        column,
        expression,
        collation: None,
        opclass: None,
        descending: *descending,
        nulls: nulls.filter(|nulls| *nulls != usual),
    }
}

/// `fillfactor = 70, fastupdate = off` by name.
fn parameters(text: &str) -> BTreeMap<String, String> {
    let parameter = |part: &str| {
        let (name, value) = part.split_once('=').unwrap_or((part, "true"));
        (name.trim().to_lowercase(), value.trim().trim_matches('\'').to_owned())
    };
    text.split(',').filter(|part| !part.trim().is_empty()).map(parameter).collect()
}

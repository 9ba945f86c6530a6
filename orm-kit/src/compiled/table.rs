//! A compiled table, its columns, keys, checks and indexes.

use super::object::sequence_options;
use super::{DEFAULT_SCHEMA, name, owned, text};
use crate::catalog::{
    Action, Check, Column, ForeignKey, Generated, Identity, Index, IndexKey, Match, Name, Nulls, PrimaryKey,
    Table, Timing, Unique, type_name,
};
use orm_core::meta::{
    ActionMeta, CheckMeta, CollationMeta, ColumnMeta, DefaultMeta, ForeignKeyMeta, GeneratedMeta,
    IdentityMeta, IndexKeyMeta, IndexMeta, IndexTargetMeta, KeyMeta, NullsMeta, TableMeta, TimingMeta,
};
use orm_core::sql::quote_literal;
use std::collections::BTreeMap;

pub(super) fn table(meta: &TableMeta) -> Table {
    let TableMeta {
        name: own,
        renamed_from: _,
        comment,
        columns,
        primary_key,
        uniques,
        indexes,
        foreign_keys,
        checks,
    } = meta;
    Table {
        columns: columns.iter().map(column).collect(),
        primary_key: primary_key.as_ref().map(self::primary_key),
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
        collation: collate,
        storage,
        compression,
        renamed_from: _,
        comment,
    } = meta;
    Column {
        nullable: *nullable,
        default: value.as_ref().map(default),
        identity: identity.as_ref().map(|IdentityMeta { always, options }| Identity {
            always: *always,
            options: sequence_options(options),
        }),
        generated: generated.map(|GeneratedMeta { expression, stored }| Generated {
            expression: expression.to_owned(),
            stored,
        }),
        collation: collate.as_ref().map(collation),
        storage: text(*storage),
        compression: text(*compression),
        comment: text(*comment),
        ..Column::new(*name, type_name(meta.type_name(), DEFAULT_SCHEMA))
    }
}

pub(super) fn default(value: &DefaultMeta) -> String {
    match value {
        DefaultMeta::Number(text) | DefaultMeta::Expression(text) => text.to_string(),
        DefaultMeta::Bool(value) => value.to_string(),
        DefaultMeta::Text(text) | DefaultMeta::Json(text) | DefaultMeta::Label(text) => quote_literal(text),
    }
}

fn primary_key(meta: &KeyMeta) -> PrimaryKey {
    let KeyMeta { name, columns, include, nulls_not_distinct: _, timing: when } = meta;
    PrimaryKey {
        name: (*name).to_owned(),
        columns: owned(columns),
        include: owned(include),
        timing: timing(*when),
        comment: None,
    }
}

fn unique(meta: &KeyMeta) -> Unique {
    let KeyMeta { name, columns, include, nulls_not_distinct, timing: when } = meta;
    Unique {
        name: (*name).to_owned(),
        columns: owned(columns),
        include: owned(include),
        nulls_not_distinct: *nulls_not_distinct,
        timing: timing(*when),
        comment: None,
    }
}

fn timing(meta: TimingMeta) -> Timing {
    match meta {
        TimingMeta::NotDeferrable => Timing::NotDeferrable,
        TimingMeta::Deferrable => Timing::Immediate,
        TimingMeta::InitiallyDeferred => Timing::Deferred,
    }
}

pub(super) fn collation(CollationMeta { schema, name }: &CollationMeta) -> Name {
    Name::new(schema.unwrap_or("pg_catalog"), *name)
}

fn foreign_key(meta: &ForeignKeyMeta) -> ForeignKey {
    let ForeignKeyMeta { name: own, columns, table, targets, on_delete, on_update, match_full, timing: when } =
        meta;
    ForeignKey {
        name: (*own).to_owned(),
        columns: owned(columns),
        table: name(table.schema, table.name),
        targets: owned(targets),
        on_delete: action(*on_delete),
        on_update: action(*on_update),
        matching: if *match_full { Match::Full } else { Match::Simple },
        timing: timing(*when),
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

fn check(CheckMeta { name, expression, no_inherit }: &CheckMeta) -> Check {
    Check {
        name: (*name).to_owned(),
        expression: (*expression).to_owned(),
        no_inherit: *no_inherit,
        validated: true,
        comment: None,
    }
}

pub(super) fn index(meta: &IndexMeta) -> Index {
    let IndexMeta { name, unique, nulls_not_distinct, method, keys, include, predicate, with, tablespace } =
        meta;
    Index {
        name: (*name).to_owned(),
        unique: *unique,
        nulls_not_distinct: *nulls_not_distinct,
        method: method.unwrap_or("btree").to_owned(),
        keys: keys.iter().map(index_key).collect(),
        include: owned(include),
        predicate: text(*predicate),
        with: with.map(parameters).unwrap_or_default(),
        tablespace: text(*tablespace),
        comment: None,
    }
}

fn index_key(meta: &IndexKeyMeta) -> IndexKey {
    let IndexKeyMeta { target, collation: collate, opclass, descending, nulls } = meta;
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
        collation: collate.as_ref().map(collation),
        opclass: text(*opclass),
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

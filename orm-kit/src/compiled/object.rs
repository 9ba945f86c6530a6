//! What a schema declares beside its structs.

use super::{DEFAULT_SCHEMA, name, owned, text};
use crate::catalog::{
    Catalog, Column, Exclusion, ExclusionElement, Extension, Grant, GrantTarget, Partition, Partitioned,
    Policy, PolicyCommand, Role, Routine, RowSecurity, Sequence, SequenceOptions, Table, Timing, Trigger,
    View, type_name,
};
use orm_core::meta::object::{
    ExclusionMeta, ExtensionMeta, GrantMeta, GrantTargetMeta, PartitionMeta, PolicyCommandMeta, PolicyMeta,
    RoleMeta, RoutineMeta, SequenceMeta, SequenceOptionsMeta, StorageMeta, TriggerMeta, ViewMeta,
};
use orm_core::meta::{ObjectMeta, TableName};
use orm_core::sql::quote_ident;
use std::collections::BTreeMap;

/// Objects of their own; their schema, if they name one.
pub(super) fn declare(object: &ObjectMeta, catalog: &mut Catalog) -> Option<&'static str> {
    match object {
        ObjectMeta::Extension(ExtensionMeta { name, schema, version }) => {
            catalog.extensions.push(Extension {
                name: (*name).to_owned(),
                schema: text(*schema),
                version: text(*version),
            });
            *schema
        }
        ObjectMeta::Role(meta) => {
            catalog.roles.push(role(meta));
            None
        }
        ObjectMeta::Sequence(meta) => {
            catalog.sequences.push(sequence(meta));
            meta.schema
        }
        ObjectMeta::Routine(meta) => {
            catalog.routines.push(routine(meta));
            meta.schema
        }
        ObjectMeta::View(meta) => {
            catalog.views.push(view(meta));
            meta.name.schema
        }
        ObjectMeta::Grant(meta) => {
            catalog.grants.extend(grants(meta));
            None
        }
        _ => None,
    }
}

/// What belongs to a table, or is said of it.
pub(super) fn describe(object: &ObjectMeta, catalog: &mut Catalog) {
    match object {
        ObjectMeta::Trigger(meta) => with_table(catalog, meta.table, |table| {
            table.triggers.push(trigger(meta));
        }),
        ObjectMeta::Policy(meta) => with_table(catalog, meta.table, |table| {
            table.policies.push(policy(meta));
        }),
        ObjectMeta::RowSecurity(meta) => with_table(catalog, meta.table, |table| {
            table.row_security = if meta.forced { RowSecurity::Forced } else { RowSecurity::Enabled };
        }),
        ObjectMeta::Partitioned(meta) => with_table(catalog, meta.table, |table| {
            table.partitioned = Some(Partitioned { by: meta.by.to_owned() });
        }),
        ObjectMeta::Storage(meta) => with_table(catalog, meta.table, |table| store(meta, table)),
        ObjectMeta::Exclusion(meta) => with_table(catalog, meta.table, |table| {
            table.exclusions.push(exclusion(meta));
        }),
        ObjectMeta::Partition(meta) => partition(meta, catalog),
        _ => {}
    }
}

fn with_table(
    catalog: &mut Catalog,
    TableName { schema, name: own }: TableName,
    say: impl FnOnce(&mut Table),
) {
    let name = name(schema, own);
    // A table that is not listed is somebody else's to make.
    if let Some(table) = catalog.tables.iter_mut().find(|table| table.name == name) {
        say(table);
    }
}

fn role(meta: &RoleMeta) -> Role {
    let RoleMeta { name, login, inherit, create_db, create_role, bypass_rls, member_of } = meta;
    Role {
        name: (*name).to_owned(),
        login: *login,
        inherit: *inherit,
        create_db: *create_db,
        create_role: *create_role,
        bypass_rls: *bypass_rls,
        member_of: owned(member_of),
    }
}

fn sequence(meta: &SequenceMeta) -> Sequence {
    let SequenceMeta { schema, name: own, ty, options, owned_by, comment } = meta;
    Sequence {
        name: name(*schema, own),
        ty: type_name(ty, DEFAULT_SCHEMA),
        options: sequence_options(options),
        owned_by: owned_by.map(|(table, column)| (name(table.schema, table.name), column.to_owned())),
        comment: text(*comment),
    }
}

pub(super) fn sequence_options(meta: &SequenceOptionsMeta) -> SequenceOptions {
    let SequenceOptionsMeta { increment, min, max, start, cache, cycle } = *meta;
    SequenceOptions { increment, min, max, start, cache, cycle }
}

fn routine(meta: &RoutineMeta) -> Routine {
    let RoutineMeta { schema, signature, procedure, definition } = meta;
    let (own, arguments) = split_signature(signature);
    Routine {
        name: name(*schema, own),
        arguments,
        procedure: *procedure,
        definition: statement(definition),
        comment: None,
    }
}

/// `clamp(integer, integer)` as its name and the types of its arguments.
fn split_signature(signature: &str) -> (&str, String) {
    let (own, arguments) = signature.split_once('(').unwrap_or((signature, ""));
    (own.trim(), arguments.trim().trim_end_matches(')').to_owned())
}

fn view(meta: &ViewMeta) -> View {
    let ViewMeta { name: TableName { schema, name: own }, materialized, query, rows, with, indexes, comment } =
        meta;
    let columns = rows.iter().flat_map(|rows| rows.columns).map(|column| column.name.to_owned());
    View {
        name: name(*schema, own),
        materialized: *materialized,
        query: statement(query),
        columns: columns.collect(),
        with: parameters(with),
        indexes: indexes.iter().map(super::table::index).collect(),
        comment: text(*comment),
    }
}

fn parameters(with: &[(&str, &str)]) -> BTreeMap<String, String> {
    with.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// One for each of its privileges.
fn grants(meta: &GrantMeta) -> Vec<Grant> {
    let GrantMeta { privileges, on, columns, to, grantable } = meta;
    let Some(on) = on else { return Vec::new() };
    let on = match on {
        GrantTargetMeta::Schema(schema) => GrantTarget::Schema((*schema).to_owned()),
        GrantTargetMeta::Table(table) => GrantTarget::Table(name(table.schema, table.name)),
        GrantTargetMeta::Sequence(sequence) => GrantTarget::Sequence(name(sequence.schema, sequence.name)),
        GrantTargetMeta::Routine(schema, signature) => {
            let (own, arguments) = split_signature(signature);
            GrantTarget::Routine(name(*schema, own), arguments)
        }
        GrantTargetMeta::Type(ty) => GrantTarget::Type(name(ty.schema, ty.name)),
    };
    let grant = |privilege: &str| Grant {
        on: on.clone(),
        privilege: privilege.trim().to_lowercase(),
        columns: owned(columns),
        to: (*to).to_owned(),
        grantable: *grantable,
    };
    privileges.split(',').map(grant).collect()
}

fn trigger(TriggerMeta { name, table: _, definition }: &TriggerMeta) -> Trigger {
    Trigger { name: (*name).to_owned(), definition: statement(definition), comment: None }
}

/// A statement without the semicolon that may stand behind it.
fn statement(text: &str) -> String {
    text.trim().trim_end_matches(';').trim_end().to_owned()
}

fn policy(meta: &PolicyMeta) -> Policy {
    let PolicyMeta { name, table: _, permissive, command, to, using, with_check } = meta;
    Policy {
        name: (*name).to_owned(),
        permissive: *permissive,
        command: match command {
            PolicyCommandMeta::All => PolicyCommand::All,
            PolicyCommandMeta::Select => PolicyCommand::Select,
            PolicyCommandMeta::Insert => PolicyCommand::Insert,
            PolicyCommandMeta::Update => PolicyCommand::Update,
            PolicyCommandMeta::Delete => PolicyCommand::Delete,
        },
        to: if to.is_empty() { vec!["public".to_owned()] } else { owned(to) },
        using: text(*using),
        with_check: text(*with_check),
        comment: None,
    }
}

fn store(meta: &StorageMeta, table: &mut Table) {
    let StorageMeta { table: _, unlogged, tablespace, with } = meta;
    table.unlogged = *unlogged;
    table.tablespace = text(*tablespace);
    table.with = parameters(with);
}

fn exclusion(meta: &ExclusionMeta) -> Exclusion {
    let ExclusionMeta { name, table: _, method, elements, predicate } = meta;
    let element = |(key, operator): &(&str, &str)| ExclusionElement {
        key: if key.starts_with('(') { (*key).to_owned() } else { quote_ident(key) },
        opclass: None,
        nulls: None,
        operator: (*operator).to_owned(),
    };
    Exclusion {
        name: (*name).to_owned(),
        method: (*method).to_owned(),
        elements: elements.iter().map(element).collect(),
        predicate: text(*predicate),
        timing: Timing::default(),
        comment: None,
    }
}

/// A partition has the columns of its table, without their comments; its keys and indexes come with it.
fn partition(meta: &PartitionMeta, catalog: &mut Catalog) {
    let PartitionMeta { name: TableName { schema, name: own }, of, bound } = meta;
    let of = name(of.schema, of.name);
    let columns = catalog.table(&of).map(|table| table.columns.as_slice()).unwrap_or_default();
    let columns = columns.iter().map(|column| Column { comment: None, ..column.clone() }).collect();
    catalog.tables.push(Table {
        columns,
        partition: Some(Partition { of, bound: (*bound).to_owned() }),
        ..Table::new(name(*schema, own))
    });
}

//! What is declared beside the structs, as SQL.

use super::{create_comment, create_index, idents, join, push, qualified, table_name};
use crate::meta::object::{
    ExclusionMeta, ExtensionMeta, GrantMeta, GrantTargetMeta, PartitionMeta, PartitionedMeta,
    PolicyCommandMeta, PolicyMeta, RoleMeta, RoutineMeta, RowSecurityMeta, SequenceMeta, SequenceOptionsMeta,
    StorageMeta, TriggerMeta, ViewMeta,
};
use crate::meta::{ObjectMeta, Schema, TableName};
use crate::sql::{quote_ident, quote_literal};

/// Extensions and roles.
pub(super) fn create_before_types(schema: &Schema, sql: &mut String) {
    for object in schema.objects() {
        match object {
            ObjectMeta::Extension(meta) => extension(meta, sql),
            ObjectMeta::Role(meta) => role(meta, sql),
            _ => {}
        }
    }
}

/// Sequences and routines, which defaults and checks may call.
pub(super) fn create_before_tables(schema: &Schema, sql: &mut String) {
    for object in schema.objects() {
        if let ObjectMeta::Sequence(meta) = object {
            sequence(meta, sql);
        }
    }
    let mut routines = schema.objects().iter().filter_map(|object| match object {
        ObjectMeta::Routine(RoutineMeta { definition, .. }) => Some(definition),
        _ => None,
    });
    let Some(first) = routines.next() else { return };
    // Their bodies may name tables, which are still to come.
    push(sql, format_args!("set check_function_bodies = off;"));
    for definition in std::iter::once(first).chain(routines) {
        script(definition, sql);
    }
    push(sql, format_args!("reset check_function_bodies;"));
}

/// A statement of a person's own.
fn script(statement: &str, sql: &mut String) {
    push(sql, format_args!("{};", statement.trim().trim_end_matches(';').trim_end()));
}

/// Partitions, before the indexes of what they are partitions of.
pub(super) fn create_partitions(schema: &Schema, sql: &mut String) {
    for object in schema.objects() {
        if let ObjectMeta::Partition(PartitionMeta { name, of, bound }) = object {
            push(
                sql,
                format_args!("create table {} partition of {} {bound};", table_name(*name), table_name(*of)),
            );
        }
    }
}

/// Exclusions and views, then triggers, policies and privileges.
pub(super) fn create_behind_tables(schema: &Schema, sql: &mut String) {
    for object in schema.objects() {
        match object {
            ObjectMeta::Sequence(SequenceMeta { schema, name, owned_by: Some((table, column)), .. }) => push(
                sql,
                format_args!(
                    "alter sequence {} owned by {}.{};",
                    qualified(*schema, name),
                    table_name(*table),
                    quote_ident(column)
                ),
            ),
            ObjectMeta::Exclusion(meta) => exclusion(meta, sql),
            ObjectMeta::View(meta) => view(meta, sql),
            _ => {}
        }
    }
    for object in schema.objects() {
        match object {
            ObjectMeta::Trigger(TriggerMeta { definition, .. }) => script(definition, sql),
            ObjectMeta::Policy(meta) => policy(meta, sql),
            ObjectMeta::RowSecurity(meta) => row_security(meta, sql),
            _ => {}
        }
    }
    for object in schema.objects() {
        if let ObjectMeta::Grant(meta) = object {
            grant(meta, sql);
        }
    }
}

/// What is said of a table outside its struct.
pub(super) struct TableWords {
    pub(super) unlogged: &'static str,
    pub(super) behind: String,
}

pub(super) fn table_words(schema: &Schema, name: TableName) -> TableWords {
    let (mut unlogged, mut partition_by, mut storage) = ("", String::new(), String::new());
    for object in schema.objects() {
        match object {
            ObjectMeta::Partitioned(PartitionedMeta { table, by }) if *table == name => {
                partition_by = format!(" partition by {by}");
            }
            ObjectMeta::Storage(StorageMeta { table, unlogged: lost, tablespace, with })
                if *table == name =>
            {
                if *lost {
                    unlogged = "unlogged ";
                }
                storage = options(with);
                if let Some(tablespace) = tablespace {
                    storage += &format!(" tablespace {}", quote_ident(tablespace));
                }
            }
            _ => {}
        }
    }
    TableWords { unlogged, behind: partition_by + &storage }
}

/// ` with (fillfactor = '70')`, or nothing.
fn options(with: &[(&str, &str)]) -> String {
    if with.is_empty() {
        return String::new();
    }
    let options = with.iter().map(|(name, value)| format!("{name} = {}", quote_literal(value)));
    format!(" with ({})", join(options))
}

fn extension(ExtensionMeta { name, schema, version }: &ExtensionMeta, sql: &mut String) {
    let schema = schema.map(|schema| format!(" schema {}", quote_ident(schema))).unwrap_or_default();
    let version = version.map(|version| format!(" version {}", quote_literal(version))).unwrap_or_default();
    push(sql, format_args!("create extension if not exists {}{schema}{version};", quote_ident(name)));
}

fn role(meta: &RoleMeta, sql: &mut String) {
    let RoleMeta { name, login, inherit, create_db, create_role, bypass_rls, member_of } = meta;
    let mut words = String::new();
    for (is, word) in [
        (*login, " login"),
        (!*inherit, " noinherit"),
        (*create_db, " createdb"),
        (*create_role, " createrole"),
        (*bypass_rls, " bypassrls"),
    ] {
        if is {
            words += word;
        }
    }
    if !member_of.is_empty() {
        words += &format!(" in role {}", idents(member_of));
    }
    // A role is the whole cluster's: another database may have made it.
    push(
        sql,
        format_args!(
            "do $$ begin if not exists (select from pg_roles where rolname = {}) then create role {}{words}; end if; end $$;",
            quote_literal(name),
            quote_ident(name),
        ),
    );
}

fn sequence(meta: &SequenceMeta, sql: &mut String) {
    let SequenceMeta { schema, name, ty, options, owned_by: _, comment } = meta;
    let name = qualified(*schema, name);
    push(sql, format_args!("create sequence {name} as {ty}{};", sequence_options(options)));
    create_comment("sequence", &name, *comment, sql);
}

pub(super) fn sequence_options(options: &SequenceOptionsMeta) -> String {
    let SequenceOptionsMeta { increment, min, max, start, cache, cycle } = options;
    let mut words = String::new();
    for (value, word) in
        [(increment, "increment"), (min, "minvalue"), (max, "maxvalue"), (start, "start"), (cache, "cache")]
    {
        if let Some(value) = value {
            words += &format!(" {word} {value}");
        }
    }
    if *cycle {
        words += " cycle";
    }
    words
}

fn exclusion(meta: &ExclusionMeta, sql: &mut String) {
    let ExclusionMeta { name, table, method, elements, predicate } = meta;
    let element = |(key, operator): &(&str, &str)| {
        let key = if key.starts_with('(') { (*key).to_owned() } else { quote_ident(key) };
        format!("{key} with {operator}")
    };
    let predicate = predicate.map(|condition| format!(" where ({condition})")).unwrap_or_default();
    push(
        sql,
        format_args!(
            "alter table {} add constraint {} exclude using {} ({}){predicate};",
            table_name(*table),
            quote_ident(name),
            quote_ident(method),
            join(elements.iter().map(element)),
        ),
    );
}

fn view(meta: &ViewMeta, sql: &mut String) {
    let ViewMeta { name: own, materialized, query, rows, with, indexes, comment } = meta;
    let kind = if *materialized { "materialized view" } else { "view" };
    let name = table_name(*own);
    let columns = rows.map(|rows| {
        let names: Vec<&str> = rows.columns.iter().map(|column| column.name).collect();
        format!(" ({})", idents(&names))
    });
    let columns = columns.unwrap_or_default();
    push(sql, format_args!("create {kind} {name}{columns}{} as {query};", options(with)));
    create_comment(kind, &name, *comment, sql);
    indexes.iter().for_each(|index| create_index(*own, index, sql));
}

fn policy(meta: &PolicyMeta, sql: &mut String) {
    let PolicyMeta { name, table, permissive, command, to, using, with_check } = meta;
    let restrictive = if *permissive { "" } else { " as restrictive" };
    let command = match command {
        PolicyCommandMeta::All => "",
        PolicyCommandMeta::Select => " for select",
        PolicyCommandMeta::Insert => " for insert",
        PolicyCommandMeta::Update => " for update",
        PolicyCommandMeta::Delete => " for delete",
    };
    let to = if to.is_empty() { String::new() } else { format!(" to {}", idents(to)) };
    let using = using.map(|condition| format!(" using ({condition})")).unwrap_or_default();
    let with_check = with_check.map(|condition| format!(" with check ({condition})")).unwrap_or_default();
    push(
        sql,
        format_args!(
            "create policy {} on {}{restrictive}{command}{to}{using}{with_check};",
            quote_ident(name),
            table_name(*table),
        ),
    );
}

fn row_security(RowSecurityMeta { table, forced }: &RowSecurityMeta, sql: &mut String) {
    let table = table_name(*table);
    push(sql, format_args!("alter table {table} enable row level security;"));
    if *forced {
        push(sql, format_args!("alter table {table} force row level security;"));
    }
}

fn grant(meta: &GrantMeta, sql: &mut String) {
    let GrantMeta { privileges, on, columns, to, grantable } = meta;
    let Some(on) = on else { return };
    let on = match on {
        GrantTargetMeta::Schema(name) => format!("schema {}", quote_ident(name)),
        GrantTargetMeta::Table(name) => table_name(*name),
        GrantTargetMeta::Sequence(name) => format!("sequence {}", table_name(*name)),
        GrantTargetMeta::Routine(schema, signature) => {
            let schema = schema.map(|schema| quote_ident(schema) + ".").unwrap_or_default();
            format!("routine {schema}{signature}")
        }
        GrantTargetMeta::Type(name) => format!("type {}", table_name(*name)),
    };
    let columns = if columns.is_empty() { String::new() } else { format!(" ({})", idents(columns)) };
    let privileges = join(privileges.split(',').map(|privilege| format!("{}{columns}", privilege.trim())));
    let to = if *to == "public" { "public".to_owned() } else { quote_ident(to) };
    let option = if *grantable { " with grant option" } else { "" };
    push(sql, format_args!("grant {privileges} on {on} to {to}{option};"));
}

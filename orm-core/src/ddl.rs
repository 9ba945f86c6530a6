//! The schema as SQL: what makes it in an empty database.

mod object;
mod order;

use crate::meta::{
    ActionMeta, CheckMeta, CollationMeta, ColumnMeta, CompositeMeta, DefaultMeta, DomainMeta, EnumMeta,
    ForeignKeyMeta, GeneratedMeta, IdentityMeta, IndexKeyMeta, IndexMeta, IndexTargetMeta, KeyMeta,
    NullsMeta, ObjectMeta, Schema, TableMeta, TableName, TimingMeta,
};
use crate::sql::{quote_ident, quote_literal};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Every object in an order that runs: a type before the tables that use it, a table before its keys' ends.
pub(crate) fn create_schema(schema: &Schema) -> String {
    let mut sql = String::new();
    for name in schema_names(schema) {
        push(&mut sql, format_args!("create schema if not exists {};", quote_ident(name)));
    }
    object::create_before_types(schema, &mut sql);
    for object in order::types_in_order(schema.objects()) {
        match object {
            ObjectMeta::Enum(meta) => create_enum(meta, &mut sql),
            ObjectMeta::Domain(meta) => create_domain(meta, &mut sql),
            ObjectMeta::Composite(meta) => create_composite(meta, &mut sql),
            _ => {}
        }
    }
    object::create_before_tables(schema, &mut sql);
    for table in schema.tables() {
        create_table(schema, table, &mut sql);
    }
    object::create_partitions(schema, &mut sql);
    for table in schema.tables() {
        for index in table.indexes {
            create_index(table.name, index, &mut sql);
        }
    }
    for table in schema.tables() {
        for key in table.foreign_keys {
            create_foreign_key(table, key, &mut sql);
        }
    }
    object::create_behind_tables(schema, &mut sql);
    sql
}

fn push(sql: &mut String, statement: std::fmt::Arguments<'_>) {
    // Writing to a `String` does not fail.
    let _ = writeln!(sql, "{statement}");
}

fn schema_names(schema: &Schema) -> BTreeSet<&'static str> {
    let name = |object: &ObjectMeta| match object {
        ObjectMeta::Table(meta) => meta.name.schema,
        ObjectMeta::Enum(meta) => meta.schema,
        ObjectMeta::Domain(meta) => meta.schema,
        ObjectMeta::Composite(meta) => meta.schema,
        ObjectMeta::Extension(meta) => meta.schema,
        ObjectMeta::Sequence(meta) => meta.schema,
        ObjectMeta::Routine(meta) => meta.schema,
        ObjectMeta::View(meta) => meta.name.schema,
        ObjectMeta::Partition(meta) => meta.name.schema,
        _ => None,
    };
    schema.objects().iter().filter_map(name).collect()
}

fn qualified(schema: Option<&str>, name: &str) -> String {
    match schema {
        Some(schema) => format!("{}.{}", quote_ident(schema), quote_ident(name)),
        None => quote_ident(name),
    }
}

fn table_name(name: TableName) -> String {
    qualified(name.schema, name.name)
}

fn create_enum(meta: &EnumMeta, sql: &mut String) {
    let EnumMeta { schema, name, labels, renamed_from: _, renamed_labels: _, comment } = meta;
    let name = qualified(*schema, name);
    let labels = join(labels.iter().map(|label| quote_literal(label)));
    push(sql, format_args!("create type {name} as enum ({labels});"));
    create_comment("type", &name, *comment, sql);
}

fn create_domain(meta: &DomainMeta, sql: &mut String) {
    let DomainMeta {
        schema,
        name,
        base,
        sql_type,
        checks,
        not_null,
        default: value,
        collation,
        renamed_from: _,
        comment,
    } = meta;
    let name = qualified(*schema, name);
    let base = sql_type.unwrap_or(base.name);
    let collation = collate(collation.as_ref());
    let default = value.as_ref().map(|value| format!(" default {}", default(value))).unwrap_or_default();
    let not_null = if *not_null { " not null" } else { "" };
    let checks: String = checks.iter().map(|it| format!(" {}", check(it))).collect();
    push(sql, format_args!("create domain {name} as {base}{collation}{default}{not_null}{checks};"));
    create_comment("domain", &name, *comment, sql);
}

fn create_composite(meta: &CompositeMeta, sql: &mut String) {
    let CompositeMeta { schema, name, fields, renamed_from: _, comment } = meta;
    let name = qualified(*schema, name);
    let lines = fields.iter().map(|field| format!("{} {}", quote_ident(field.name), field.type_name()));
    push(sql, format_args!("create type {name} as ({});", join(lines)));
    create_comment("type", &name, *comment, sql);
    for field in *fields {
        create_comment("column", &format!("{name}.{}", quote_ident(field.name)), field.comment, sql);
    }
}

fn create_table(schema: &Schema, table: &TableMeta, sql: &mut String) {
    let TableMeta {
        name,
        renamed_from: _,
        comment,
        columns,
        primary_key,
        uniques,
        indexes: _,
        foreign_keys: _,
        checks,
    } = table;
    let object::TableWords { unlogged, behind } = object::table_words(schema, *name);
    let name = table_name(*name);
    let lines = columns
        .iter()
        .map(column)
        .chain(primary_key.iter().map(|key| constraint(key, "primary key")))
        .chain(uniques.iter().map(|key| constraint(key, "unique")))
        .chain(checks.iter().map(check))
        .collect::<Vec<_>>();
    push(sql, format_args!("create {unlogged}table {name} (\n    {}\n){behind};", lines.join(",\n    ")));
    create_comment("table", &name, *comment, sql);
    for column in *columns {
        if let Some(storage) = column.storage {
            // Not a word of `create table` before PostgreSQL 16.
            let column = quote_ident(column.name);
            push(sql, format_args!("alter table {name} alter column {column} set storage {storage};"));
        }
        create_comment("column", &format!("{name}.{}", quote_ident(column.name)), column.comment, sql);
    }
}

fn column(column: &ColumnMeta) -> String {
    let ColumnMeta {
        name,
        ty: _,
        sql_type: _,
        nullable,
        default: value,
        on_update: _,
        identity,
        generated,
        collation,
        storage: _,
        compression,
        renamed_from: _,
        comment: _,
    } = column;
    let mut line = format!("{} {}", quote_ident(name), column.type_name());
    if let Some(method) = compression {
        line += &format!(" compression {method}");
    }
    line += &collate(collation.as_ref());
    if let Some(GeneratedMeta { expression, stored }) = generated {
        let kept = if *stored { "stored" } else { "virtual" };
        line += &format!(" generated always as ({expression}) {kept}");
    }
    if !nullable {
        line += " not null";
    }
    if let Some(IdentityMeta { always, options }) = identity {
        let when = if *always { "always" } else { "by default" };
        line += &format!(" generated {when} as identity");
        let options = object::sequence_options(options);
        if !options.is_empty() {
            line += &format!(" ({})", options.trim_start());
        }
    }
    if let Some(value) = value {
        line += &format!(" default {}", default(value));
    }
    line
}

fn default(value: &DefaultMeta) -> String {
    match value {
        // Without parentheses the grammar takes no more than operators of symbols.
        DefaultMeta::Expression(text) if text.contains(char::is_whitespace) => format!("({text})"),
        DefaultMeta::Number(text) | DefaultMeta::Expression(text) => text.to_string(),
        DefaultMeta::Bool(value) => value.to_string(),
        DefaultMeta::Text(text) | DefaultMeta::Json(text) | DefaultMeta::Label(text) => quote_literal(text),
    }
}

fn constraint(key: &KeyMeta, kind: &str) -> String {
    let KeyMeta { name, columns, include, nulls_not_distinct, timing } = key;
    let nulls = if *nulls_not_distinct { " nulls not distinct" } else { "" };
    format!(
        "constraint {} {kind}{nulls} ({}){}{}",
        quote_ident(name),
        idents(columns),
        including(include),
        timing_words(*timing),
    )
}

/// ` include ("a")`, or nothing.
fn including(columns: &[&str]) -> String {
    if columns.is_empty() { String::new() } else { format!(" include ({})", idents(columns)) }
}

fn timing_words(timing: TimingMeta) -> &'static str {
    match timing {
        TimingMeta::NotDeferrable => "",
        TimingMeta::Deferrable => " deferrable",
        TimingMeta::InitiallyDeferred => " deferrable initially deferred",
    }
}

/// ` collate "pg_catalog"."C"`, or nothing.
fn collate(collation: Option<&CollationMeta>) -> String {
    let words = |CollationMeta { schema, name }: &CollationMeta| {
        format!(" collate {}", qualified(Some(schema.unwrap_or("pg_catalog")), name))
    };
    collation.map(words).unwrap_or_default()
}

fn check(check: &CheckMeta) -> String {
    let CheckMeta { name, expression, no_inherit } = check;
    let no_inherit = if *no_inherit { " no inherit" } else { "" };
    format!("constraint {} check ({expression}){no_inherit}", quote_ident(name))
}

fn create_index(table: TableName, index: &IndexMeta, sql: &mut String) {
    let IndexMeta { name, unique, nulls_not_distinct, method, keys, include, predicate, with, tablespace } =
        index;
    let unique = if *unique { "unique " } else { "" };
    let method = method.map(|method| format!(" using {}", quote_ident(method))).unwrap_or_default();
    let include = including(include);
    let nulls = if *nulls_not_distinct { " nulls not distinct" } else { "" };
    let tablespace = tablespace.map(|name| format!(" tablespace {}", quote_ident(name))).unwrap_or_default();
    let with = with.map(|with| format!(" with ({with})")).unwrap_or_default();
    let predicate = predicate.map(|predicate| format!(" where {predicate}")).unwrap_or_default();
    push(
        sql,
        format_args!(
            "create {unique}index {} on {}{method} ({}){include}{nulls}{with}{tablespace}{predicate};",
            quote_ident(name),
            table_name(table),
            join(keys.iter().map(index_key)),
        ),
    );
}

fn index_key(key: &IndexKeyMeta) -> String {
    let IndexKeyMeta { target, collation, opclass, descending, nulls } = key;
    let collation = collate(collation.as_ref());
    let opclass = opclass.map(|opclass| format!(" {opclass}")).unwrap_or_default();
    let target = match target {
        IndexTargetMeta::Column(name) => quote_ident(name),
        IndexTargetMeta::Expression(expression) => format!("({expression})"),
    };
    let direction = if *descending { " desc" } else { "" };
    let nulls = match nulls {
        Some(NullsMeta::First) => " nulls first",
        Some(NullsMeta::Last) => " nulls last",
        None => "",
    };
    format!("{target}{collation}{opclass}{direction}{nulls}")
}

fn create_foreign_key(table: &TableMeta, key: &ForeignKeyMeta, sql: &mut String) {
    let ForeignKeyMeta { name, columns, table: target, targets, on_delete, on_update, match_full, timing } =
        key;
    let match_full = if *match_full { " match full" } else { "" };
    let timing = timing_words(*timing);
    let on_delete =
        on_delete.map(|action| format!(" on delete {}", action_words(action))).unwrap_or_default();
    let on_update =
        on_update.map(|action| format!(" on update {}", action_words(action))).unwrap_or_default();
    push(
        sql,
        format_args!(
            "alter table {} add constraint {} foreign key ({}) references {} ({}){match_full}{on_delete}{on_update}{timing};",
            table_name(table.name),
            quote_ident(name),
            idents(columns),
            table_name(*target),
            idents(targets),
        ),
    );
}

fn action_words(action: ActionMeta) -> &'static str {
    match action {
        ActionMeta::NoAction => "no action",
        ActionMeta::Restrict => "restrict",
        ActionMeta::Cascade => "cascade",
        ActionMeta::SetNull => "set null",
        ActionMeta::SetDefault => "set default",
    }
}

fn create_comment(kind: &str, name: &str, comment: Option<&str>, sql: &mut String) {
    if let Some(comment) = comment {
        push(sql, format_args!("comment on {kind} {name} is {};", quote_literal(comment)));
    }
}

fn idents(names: &[&str]) -> String {
    join(names.iter().map(|name| quote_ident(name)))
}

fn join(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(", ")
}

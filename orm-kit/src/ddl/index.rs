//! Indexes of tables and materialized views.

use super::comment;
use super::constraint::{include_words, nulls_words};
use super::words::{alter_with, collate, join, optional, qualified, tablespace, with};
use crate::catalog::{Index, IndexKey, Name};
use orm_core::sql::quote_ident;

/// `create index`, and its comment.
pub fn create(table: &Name, index: &Index) -> Vec<String> {
    create_as(table, index, "")
}

/// `create index concurrently`, and its comment; not in a transaction, not on a partitioned table.
pub fn create_concurrently(table: &Name, index: &Index) -> Vec<String> {
    create_as(table, index, "concurrently ")
}

/// `create index .. on only`: of a partitioned table without its partitions, not valid before theirs are attached.
pub fn create_only(table: &Name, index: &Index) -> Vec<String> {
    let mut statements = vec![statement(index, "", &format!("only {}", qualified(table)))];
    statements.extend(create_comment(table, index));
    statements
}

/// `alter index .. attach partition`: both indexes are in a schema of their own.
pub fn attach(index: &Name, partition: &Name) -> String {
    format!("alter index {} attach partition {}", qualified(index), qualified(partition))
}

/// `drop index`.
pub fn drop(schema: &str, name: &str) -> String {
    format!("drop index {}", in_schema(schema, name))
}

/// `drop index concurrently`; not in a transaction, not on a partitioned table.
pub fn drop_concurrently(schema: &str, name: &str) -> String {
    format!("drop index concurrently {}", in_schema(schema, name))
}

/// `drop index concurrently if exists`: what an earlier attempt to build it left.
pub fn drop_concurrently_if_exists(schema: &str, name: &str) -> String {
    format!("drop index concurrently if exists {}", in_schema(schema, name))
}

/// `alter index .. rename to`.
pub fn rename(schema: &str, from: &str, to: &str) -> String {
    format!("alter index {} rename to {}", in_schema(schema, from), quote_ident(to))
}

/// What makes `to` from `from`, or `None` if it takes another index.
pub fn alter(table: &Name, from: &Index, to: &Index) -> Option<Vec<String>> {
    let Index {
        name,
        unique,
        nulls_not_distinct,
        method,
        keys,
        include,
        predicate,
        with,
        tablespace,
        comment,
    } = to;
    let built_alike = from.unique == *unique
        && from.nulls_not_distinct == *nulls_not_distinct
        && from.method == *method
        && from.keys == *keys
        && from.include == *include
        && from.predicate == *predicate;
    // `alter index .. set tablespace` rewrites it as well, and nobody can read meanwhile.
    if !built_alike || from.tablespace != *tablespace {
        return None;
    }
    let quoted = in_schema(&table.schema, name);
    let mut statements = alter_with(&format!("alter index {quoted}"), &from.with, with);
    let what = format!("index {quoted}");
    statements.extend(comment::alter(&what, from.comment.as_ref(), comment.as_ref()));
    Some(statements)
}

fn create_as(table: &Name, index: &Index, concurrently: &str) -> Vec<String> {
    let mut statements = vec![statement(index, concurrently, &qualified(table))];
    statements.extend(create_comment(table, index));
    statements
}

fn create_comment(table: &Name, index: &Index) -> Option<String> {
    comment::create(&format!("index {}", in_schema(&table.schema, &index.name)), index.comment.as_ref())
}

fn statement(index: &Index, concurrently: &str, table: &str) -> String {
    let Index {
        name,
        unique,
        nulls_not_distinct,
        method,
        keys,
        include,
        predicate,
        with: parameters,
        tablespace: place,
        comment: _,
    } = index;
    let unique = if *unique { "unique " } else { "" };
    let nulls = if *nulls_not_distinct { " nulls not distinct" } else { "" };
    format!(
        "create {unique}index {concurrently}{} on {table} using {} ({}){}{nulls}{}{}{}",
        quote_ident(name),
        quote_ident(method),
        join(keys.iter().map(key)),
        include_words(include),
        with(parameters),
        tablespace(place.as_ref()),
        optional(predicate.as_ref().map(|predicate| format!("where ({predicate})"))),
    )
}

fn key(key: &IndexKey) -> String {
    let IndexKey { column, expression, collation, opclass, descending, nulls } = key;
    let column = column.as_ref().map(|column| quote_ident(column));
    let expression = expression.as_ref().map(|expression| format!("({expression})"));
    let descending = if *descending { " desc" } else { "" };
    format!(
        "{}{}{}{}{descending}{}",
        column.unwrap_or_default(),
        expression.unwrap_or_default(),
        collate(collation.as_ref()),
        optional(opclass.as_ref()),
        nulls_words(*nulls),
    )
}

fn in_schema(schema: &str, name: &str) -> String {
    qualified(&Name::new(schema, name))
}

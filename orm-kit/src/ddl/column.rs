//! Columns of tables.

use super::comment;
use super::sequence::{changed_options, options};
use super::words::{collate, default, qualified};
use crate::catalog::{Column, Generated, Identity, Name};
use orm_core::sql::quote_ident;

/// `alter table .. add column`, and what takes statements of its own: storage, compression and the comment.
pub fn add(table: &Name, column: &Column) -> Vec<String> {
    let mut statements = vec![format!("alter table {} add column {}", qualified(table), definition(column))];
    statements.extend(details(table, column));
    statements
}

/// `alter table .. drop column`.
pub fn drop(table: &Name, name: &str) -> String {
    format!("alter table {} drop column {}", qualified(table), quote_ident(name))
}

/// `alter column .. set default`, or `drop default`.
pub fn set_default(table: &Name, name: &str, value: Option<&str>) -> String {
    match value {
        Some(value) => alter_column(table, name, &format!("set default {}", default(value))),
        None => alter_column(table, name, "drop default"),
    }
}

/// `alter column .. set not null`.
pub fn set_not_null(table: &Name, name: &str) -> String {
    alter_column(table, name, "set not null")
}

/// `alter column .. drop not null`.
pub fn drop_not_null(table: &Name, name: &str) -> String {
    alter_column(table, name, "drop not null")
}

/// `alter column .. set data type`, with the column's own collation and with `using` if there is no assignment cast.
///
/// ```
/// use orm_kit::{catalog::{Column, Name}, ddl::column::set_type};
///
/// let workers = Name::new("public", "workers");
/// let age = Column::new("age", "integer");
/// assert_eq!(
///     set_type(&workers, &age, Some(r#""age"::integer"#)),
///     r#"alter table "public"."workers" alter column "age" set data type integer using "age"::integer"#,
/// );
/// ```
pub fn set_type(table: &Name, column: &Column, using: Option<&str>) -> String {
    let using = using.map(|using| format!(" using {using}")).unwrap_or_default();
    let collation = collate(column.collation.as_ref());
    alter_column(table, &column.name, &format!("set data type {}{collation}{using}", column.ty))
}

/// The cast of a column to `ty` by way of text, which every type has.
pub fn cast_by_text(name: &str, ty: &str) -> String {
    let text = format!("{}::text", quote_ident(name));
    if ty == "text" { text } else { format!("{text}::{ty}") }
}

/// `alter column .. add generated .. as identity`; the column must be `not null` and have no default.
pub fn add_identity(table: &Name, name: &str, identity: &Identity) -> String {
    alter_column(table, name, &format!("add{}", identity_words(identity)))
}

/// `alter column .. drop identity`.
pub fn drop_identity(table: &Name, name: &str) -> String {
    alter_column(table, name, "drop identity")
}

/// `alter column .. set generated ..` with what else of the identity differs, or `None` if nothing does.
pub fn set_identity(table: &Name, name: &str, from: &Identity, to: &Identity) -> Option<String> {
    let Identity { always, options } = to;
    let mut words = Vec::new();
    if from.always != *always {
        words.push(format!("set generated {}", if *always { "always" } else { "by default" }));
    }
    words.extend(changed_options(&from.options, options).into_iter().map(|word| format!("set {word}")));
    (!words.is_empty()).then(|| alter_column(table, name, &words.join(" ")))
}

/// `alter column .. drop expression`: it is generated no more and keeps its values.
pub fn drop_expression(table: &Name, name: &str) -> String {
    alter_column(table, name, "drop expression")
}

/// `alter column .. set storage`: the column's, or that of its type, for which there is no word before PostgreSQL 16.
pub fn set_storage(table: &Name, column: &Column) -> String {
    let storage = column.storage.as_deref().unwrap_or_else(|| storage_of_type(&column.ty));
    alter_column(table, &column.name, &format!("set storage {storage}"))
}

/// `alter column .. set compression`.
pub fn set_compression(table: &Name, name: &str, compression: Option<&str>) -> String {
    alter_column(table, name, &format!("set compression {}", compression.unwrap_or("default")))
}

/// `comment on column`.
pub fn set_comment(table: &Name, name: &str, comment: Option<&str>) -> String {
    comment::comment_on(&what(table, name), comment)
}

/// What makes `to` from `from`, or `None` if it takes another column: it is computed by another expression now.
///
/// A type is cast by way of text.
pub fn alter(table: &Name, from: &Column, to: &Column) -> Option<Vec<String>> {
    let Column { name, ty, nullable, default, identity, generated, collation, storage, compression, comment } =
        to;
    if generated.is_some() && from.generated != *generated {
        return None;
    }
    let retyped = from.ty != *ty || from.collation != *collation;
    let mut statements = Vec::new();
    if from.generated.is_some() && generated.is_none() {
        statements.push(drop_expression(table, name));
    }
    if from.identity.is_some() && identity.is_none() {
        statements.push(drop_identity(table, name));
    }
    // A default is of the old type, and cast to the new one only by assignment.
    let drops_default = from.default.is_some() && (default.is_none() || retyped);
    if drops_default {
        statements.push(set_default(table, name, None));
    }
    if retyped {
        let using = generated.is_none().then(|| cast_by_text(name, ty));
        statements.push(set_type(table, to, using.as_deref()));
    }
    if default.is_some() && (drops_default || from.default != *default) {
        statements.push(set_default(table, name, default.as_deref()));
    }
    if from.nullable && !nullable {
        statements.push(set_not_null(table, name));
    }
    if !from.nullable && *nullable {
        statements.push(drop_not_null(table, name));
    }
    match (&from.identity, identity) {
        (Some(from), Some(to)) => statements.extend(set_identity(table, name, from, to)),
        (None, Some(to)) => statements.push(add_identity(table, name, to)),
        (_, None) => {}
    }
    // A change of type leaves the storage of the new one.
    if if retyped { storage.is_some() } else { from.storage != *storage } {
        statements.push(set_storage(table, to));
    }
    if from.compression != *compression {
        statements.push(set_compression(table, name, compression.as_deref()));
    }
    statements.extend(comment::alter(&what(table, name), from.comment.as_ref(), comment.as_ref()));
    Some(statements)
}

/// `"email" text not null`: a column in a table that is being made.
pub(super) fn definition(column: &Column) -> String {
    let Column {
        name,
        ty,
        nullable,
        default: value,
        identity,
        generated,
        collation,
        storage: _,
        compression: _,
        comment: _,
    } = column;
    let mut words = format!("{} {ty}{}", quote_ident(name), collate(collation.as_ref()));
    if let Some(Generated { expression, stored }) = generated {
        let kept = if *stored { "stored" } else { "virtual" };
        words += &format!(" generated always as ({expression}) {kept}");
    }
    if !nullable {
        words += " not null";
    }
    if let Some(identity) = identity {
        words += &identity_words(identity);
    }
    if let Some(value) = value {
        words += &format!(" default {}", default(value));
    }
    words
}

/// What of a new column takes statements of its own.
pub(super) fn details(table: &Name, column: &Column) -> Vec<String> {
    let Column { name, storage, compression, comment, .. } = column;
    let storage = storage.is_some().then(|| set_storage(table, column));
    let compression =
        compression.as_deref().map(|compression| set_compression(table, name, Some(compression)));
    let comment = comment::create(&what(table, name), comment.as_ref());
    storage.into_iter().chain(compression).chain(comment).collect()
}

/// `pg_type.typstorage` of built-in types; types of users are as a rule as long as they like.
fn storage_of_type(ty: &str) -> &'static str {
    let word = ty.split(['(', ' ']).next().unwrap_or_default();
    match word {
        _ if ty.ends_with(']') => "extended",
        "bigint" | "boolean" | "box" | "circle" | "date" | "double" | "integer" | "interval" | "line"
        | "lseg" | "macaddr" | "macaddr8" | "money" | "name" | "oid" | "pg_lsn" | "point" | "real"
        | "smallint" | "time" | "timestamp" | "tsquery" | "uuid" => "plain",
        "cidr" | "inet" | "numeric" => "main",
        _ => "extended",
    }
}

fn identity_words(identity: &Identity) -> String {
    let Identity { always, options: counts } = identity;
    let when = if *always { "always" } else { "by default" };
    let words = options(counts).join(" ");
    let words = if words.is_empty() { words } else { format!(" ({words})") };
    format!(" generated {when} as identity{words}")
}

fn alter_column(table: &Name, name: &str, words: &str) -> String {
    format!("alter table {} alter column {} {words}", qualified(table), quote_ident(name))
}

fn what(table: &Name, name: &str) -> String {
    format!("column {}.{}", qualified(table), quote_ident(name))
}

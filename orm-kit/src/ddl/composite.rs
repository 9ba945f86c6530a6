//! Composite types.

use super::comment;
use super::words::{collate, join, qualified};
use crate::catalog::{Composite, Field, Name};
use orm_core::sql::quote_ident;

/// `create type .. as (..)`.
pub fn create(ty: &Composite) -> Vec<String> {
    let Composite { name, fields, comment } = ty;
    let quoted = qualified(name);
    let mut statements = vec![format!("create type {quoted} as ({})", join(fields.iter().map(field_words)))];
    statements.extend(comment::create(&format!("type {quoted}"), comment.as_ref()));
    for field in fields {
        statements.extend(comment::create(&field_name(name, &field.name), field.comment.as_ref()));
    }
    statements
}

/// `drop type`.
pub fn drop(name: &Name) -> String {
    format!("drop type {}", qualified(name))
}

/// `alter type .. add attribute`, behind all others, and its comment.
pub fn add_field(name: &Name, field: &Field) -> Vec<String> {
    let mut statements = vec![format!("alter type {} add attribute {}", qualified(name), field_words(field))];
    statements.extend(comment::create(&field_name(name, &field.name), field.comment.as_ref()));
    statements
}

/// `alter type .. drop attribute`.
pub fn drop_field(name: &Name, field: &str) -> String {
    format!("alter type {} drop attribute {}", qualified(name), quote_ident(field))
}

/// `alter type .. rename attribute`.
pub fn rename_field(name: &Name, from: &str, to: &str) -> String {
    format!("alter type {} rename attribute {} to {}", qualified(name), quote_ident(from), quote_ident(to))
}

/// What makes `to` from `from`, or `None` if it takes another type: a field has another type or another place.
pub fn alter(from: &Composite, to: &Composite) -> Option<Vec<String>> {
    let Composite { name, fields, comment } = to;
    let mut statements = Vec::new();
    let mut kept = Vec::new();
    for field in &from.fields {
        match fields.iter().find(|other| other.name == field.name) {
            Some(other) if other.ty == field.ty && other.collation == field.collation => kept.push(field),
            Some(_) => return None,
            None => statements.push(drop_field(name, &field.name)),
        }
    }
    // What is added is added behind the rest.
    if !kept.iter().zip(fields).all(|(field, other)| field.name == other.name) {
        return None;
    }
    for (field, other) in kept.iter().zip(fields) {
        let what = field_name(name, &field.name);
        statements.extend(comment::alter(&what, field.comment.as_ref(), other.comment.as_ref()));
    }
    statements.extend(fields.iter().skip(kept.len()).flat_map(|field| add_field(name, field)));
    let what = format!("type {}", qualified(name));
    statements.extend(comment::alter(&what, from.comment.as_ref(), comment.as_ref()));
    Some(statements)
}

fn field_words(field: &Field) -> String {
    let Field { name, ty, collation, comment: _ } = field;
    format!("{} {ty}{}", quote_ident(name), collate(collation.as_ref()))
}

fn field_name(ty: &Name, field: &str) -> String {
    format!("column {}.{}", qualified(ty), quote_ident(field))
}

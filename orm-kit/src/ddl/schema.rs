//! Schemas.

use super::comment;
use crate::catalog::Schema;
use orm_core::sql::quote_ident;

/// `create schema`; it may be there, as whoever may make schemas is often not who migrates.
pub fn create(schema: &Schema) -> Vec<String> {
    let Schema { name, comment } = schema;
    let name = quote_ident(name);
    let mut statements = vec![format!("create schema if not exists {name}")];
    statements.extend(comment::create(&format!("schema {name}"), comment.as_ref()));
    statements
}

/// `drop schema`; it fails if the schema is not empty.
pub fn drop(name: &str) -> String {
    format!("drop schema {}", quote_ident(name))
}

/// What makes `to` from `from`.
pub fn alter(from: &Schema, to: &Schema) -> Vec<String> {
    let Schema { name, comment } = to;
    let what = format!("schema {}", quote_ident(name));
    comment::alter(&what, from.comment.as_ref(), comment.as_ref()).into_iter().collect()
}

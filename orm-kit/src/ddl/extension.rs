//! Extensions.

use crate::catalog::Extension;
use orm_core::sql::{quote_ident, quote_literal};

/// `create extension`; it may be there, as whoever may make extensions is often not who migrates.
pub fn create(extension: &Extension) -> Vec<String> {
    let Extension { name, schema, version } = extension;
    let mut statement = format!("create extension if not exists {}", quote_ident(name));
    if let Some(schema) = schema {
        statement += &format!(" schema {}", quote_ident(schema));
    }
    if let Some(version) = version {
        statement += &format!(" version {}", quote_literal(version));
    }
    vec![statement]
}

/// `drop extension`.
pub fn drop(name: &str) -> String {
    format!("drop extension {}", quote_ident(name))
}

/// What makes `to` from `from`; a schema or version that is no longer asked for stays as it is.
pub fn alter(from: &Extension, to: &Extension) -> Vec<String> {
    let Extension { name, schema, version } = to;
    let name = quote_ident(name);
    let mut statements = Vec::new();
    if let Some(schema) = schema.as_ref().filter(|_| from.schema != *schema) {
        statements.push(format!("alter extension {name} set schema {}", quote_ident(schema)));
    }
    if let Some(version) = version.as_ref().filter(|_| from.version != *version) {
        statements.push(format!("alter extension {name} update to {}", quote_literal(version)));
    }
    statements
}

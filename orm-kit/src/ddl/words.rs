//! The small pieces that statements are made of.

use crate::catalog::Name;
use orm_core::sql::{quote_ident, quote_literal};
use std::collections::BTreeMap;

/// `"public"."workers"`.
pub(super) fn qualified(name: &Name) -> String {
    let Name { schema, name } = name;
    format!("{}.{}", quote_ident(schema), quote_ident(name))
}

/// `"a", "b"`.
pub(super) fn idents(names: &[String]) -> String {
    join(names.iter().map(|name| quote_ident(name)))
}

pub(super) fn join(items: impl IntoIterator<Item = String>) -> String {
    items.into_iter().collect::<Vec<_>>().join(", ")
}

/// Text behind a space, or nothing.
pub(super) fn optional(text: Option<impl std::fmt::Display>) -> String {
    text.map(|text| format!(" {text}")).unwrap_or_default()
}

/// A role as `to` takes it: `public` is no name but a word for everyone.
pub(super) fn role(name: &str) -> String {
    if name == "public" { name.to_owned() } else { quote_ident(name) }
}

pub(super) fn roles(names: &[String]) -> String {
    join(names.iter().map(|name| role(name)))
}

/// `fillfactor = 70, toast.autovacuum_enabled = false`.
pub(super) fn parameters(with: &BTreeMap<String, String>) -> String {
    join(with.iter().map(|(name, value)| format!("{} = {}", parameter(name), parameter_value(value))))
}

/// The names of storage parameters: words of the grammar rather than of the schema, with a dot before those of a toast table.
pub(super) fn parameter(name: &str) -> String {
    let plain = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_';
    let part = |part: &str| {
        let is_word = part.starts_with(|char: char| char.is_ascii_lowercase() || char == '_');
        if is_word && part.chars().all(plain) { part.to_owned() } else { quote_ident(part) }
    };
    name.split('.').map(part).collect::<Vec<_>>().join(".")
}

fn parameter_value(value: &str) -> String {
    let number = !value.is_empty() && value.chars().all(|char| char.is_ascii_digit());
    if number || matches!(value, "true" | "false" | "on" | "off") {
        value.to_owned()
    } else {
        quote_literal(value)
    }
}

/// ` with (fillfactor = 70)`, or nothing.
pub(super) fn with(with: &BTreeMap<String, String>) -> String {
    if with.is_empty() { String::new() } else { format!(" with ({})", parameters(with)) }
}

/// ` tablespace "fast"`, or nothing.
pub(super) fn tablespace(name: Option<&String>) -> String {
    optional(name.map(|name| format!("tablespace {}", quote_ident(name))))
}

/// ` collate "pg_catalog"."C"`, or nothing.
pub(super) fn collate(collation: Option<&Name>) -> String {
    optional(collation.map(|name| format!("collate {}", qualified(name))))
}

/// A default where the grammar takes no more than operators of symbols: parentheses around what has spaces in it.
pub(super) fn default(expression: &str) -> String {
    if expression.contains(char::is_whitespace) { format!("({expression})") } else { expression.to_owned() }
}

/// What makes storage parameters `to` from `from`, each with the words before it: first what is set, then what is reset.
pub(super) fn alter_with(
    before: &str,
    from: &BTreeMap<String, String>,
    to: &BTreeMap<String, String>,
) -> Vec<String> {
    let changed: BTreeMap<_, _> = to
        .iter()
        .filter(|(name, value)| from.get(*name) != Some(value))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let gone = from.keys().filter(|name| !to.contains_key(*name)).map(|name| parameter(name));
    let gone = join(gone);
    let mut statements = Vec::new();
    if !changed.is_empty() {
        statements.push(format!("{before} set ({})", parameters(&changed)));
    }
    if !gone.is_empty() {
        statements.push(format!("{before} reset ({gone})"));
    }
    statements
}

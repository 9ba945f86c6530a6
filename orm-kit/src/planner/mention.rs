//! What an SQL text mentions, and the text with a name changed.
//!
//! A name that means something else counts as mentioned: what is called free of a column is.

use crate::catalog::Name;
use crate::depend::{Mentions, TokenKind, replace_names, tokens};

/// Whether `sql` has a column `name` in it, quoted or not.
pub(super) fn mentions(sql: &str, name: &str) -> bool {
    Mentions::of(sql).column(name)
}

/// `sql` with `to` wherever `from` is mentioned.
pub(super) fn replaced(sql: &str, from: &str, to: &str) -> String {
    replace_names(sql, &|(schema, name)| (name == from).then(|| Name::new(schema.unwrap_or_default(), to)))
}

/// The functions that `sql` calls, and other words before parentheses, as written.
pub(super) fn calls(sql: &str) -> Vec<&str> {
    let solid: Vec<_> = tokens(sql).into_iter().filter(|token| token.kind != TokenKind::Blank).collect();
    let next = solid.iter().skip(1);
    let called = solid.iter().zip(next).filter(|(token, next)| token.name().is_some() && next.text == "(");
    called.map(|(token, _)| token.text).collect()
}

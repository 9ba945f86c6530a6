//! Enum types.

use super::comment;
use super::words::{join, qualified};
use crate::catalog::{Enum, Name};
use orm_core::sql::quote_literal;

/// Where a new label stands among those that are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place<'a> {
    /// Behind all others.
    Last,
    /// Before this one.
    Before(&'a str),
    /// Behind this one.
    After(&'a str),
}

/// `create type .. as enum`.
pub fn create(ty: &Enum) -> Vec<String> {
    let Enum { name, labels, comment } = ty;
    let name = qualified(name);
    let labels = join(labels.iter().map(|label| quote_literal(label)));
    let mut statements = vec![format!("create type {name} as enum ({labels})")];
    statements.extend(comment::create(&format!("type {name}"), comment.as_ref()));
    statements
}

/// `drop type`.
pub fn drop(name: &Name) -> String {
    format!("drop type {}", qualified(name))
}

/// `alter type .. add value`; the label cannot be used in the same transaction.
///
/// ```
/// use orm_kit::{catalog::Name, ddl::enum_type::{Place, add_value}};
///
/// let status = Name::new("public", "status");
/// assert_eq!(
///     add_value(&status, "paused", Place::Before("done")),
///     r#"alter type "public"."status" add value if not exists 'paused' before 'done'"#,
/// );
/// ```
pub fn add_value(name: &Name, label: &str, place: Place<'_>) -> String {
    let place = match place {
        Place::Last => String::new(),
        Place::Before(other) => format!(" before {}", quote_literal(other)),
        Place::After(other) => format!(" after {}", quote_literal(other)),
    };
    format!("alter type {} add value if not exists {}{place}", qualified(name), quote_literal(label))
}

/// `alter type .. rename value`.
pub fn rename_value(name: &Name, from: &str, to: &str) -> String {
    format!("alter type {} rename value {} to {}", qualified(name), quote_literal(from), quote_literal(to))
}

/// The statements that add what labels `to` has and `from` has not, or `None` if that is not all that differs: a label
/// is gone, or they are in another order.
pub fn add_values(name: &Name, from: &[String], to: &[String]) -> Option<Vec<String>> {
    let kept = to.iter().filter(|label| from.contains(label));
    if !kept.eq(from) {
        return None;
    }
    let mut statements = Vec::new();
    let mut before: Option<&String> = None;
    for (at, label) in to.iter().enumerate() {
        if !from.contains(label) {
            let next = to.iter().skip(at + 1).find(|label| from.contains(label));
            let place = match (before, next) {
                (_, None) => Place::Last,
                (Some(before), _) => Place::After(before),
                (None, Some(next)) => Place::Before(next),
            };
            statements.push(add_value(name, label, place));
        }
        before = Some(label);
    }
    Some(statements)
}

/// What makes comment `to` from `from`.
pub fn alter_comment(from: &Enum, to: &Enum) -> Option<String> {
    let what = format!("type {}", qualified(&to.name));
    comment::alter(&what, from.comment.as_ref(), to.comment.as_ref())
}

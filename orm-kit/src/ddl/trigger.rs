//! Triggers.

use super::comment;
use super::words::qualified;
use crate::catalog::{Name, Trigger};
use orm_core::sql::quote_ident;

/// The statement that makes it, as it was declared.
pub fn create(table: &Name, trigger: &Trigger) -> Vec<String> {
    let Trigger { name, definition, comment } = trigger;
    let mut statements = vec![definition.clone()];
    statements.extend(comment::create(&comment::part("trigger", table, name), comment.as_ref()));
    statements
}

/// `drop trigger`.
pub fn drop(table: &Name, name: &str) -> String {
    format!("drop trigger {} on {}", quote_ident(name), qualified(table))
}

/// What makes `to` from `from`: another trigger, if more than its comment differs.
pub fn alter(table: &Name, from: &Trigger, to: &Trigger) -> Vec<String> {
    if from.definition == to.definition {
        let what = comment::part("trigger", table, &to.name);
        return comment::alter(&what, from.comment.as_ref(), to.comment.as_ref()).into_iter().collect();
    }
    let mut statements = vec![drop(table, &from.name)];
    statements.extend(create(table, to));
    statements
}

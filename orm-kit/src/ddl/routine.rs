//! Functions and procedures.

use super::comment;
use super::words::qualified;
use crate::catalog::Routine;

/// The statement that makes it, as it was declared.
pub fn create(routine: &Routine) -> Vec<String> {
    let Routine { name: _, arguments: _, procedure: _, definition, comment } = routine;
    let mut statements = vec![definition.clone()];
    statements.extend(comment::create(&what(routine), comment.as_ref()));
    statements
}

/// `drop function`, or `drop procedure`.
pub fn drop(routine: &Routine) -> String {
    format!("drop {}", what(routine))
}

/// What makes `to` from `from`; PostgreSQL refuses it if the result or the arguments' names differ.
pub fn alter(from: &Routine, to: &Routine) -> Vec<String> {
    let mut statements = Vec::new();
    if from.definition != to.definition {
        statements.push(to.definition.clone());
    }
    statements.extend(comment::alter(&what(to), from.comment.as_ref(), to.comment.as_ref()));
    statements
}

/// `function "public"."total"(integer)`.
fn what(routine: &Routine) -> String {
    let Routine { name, arguments, procedure, definition: _, comment: _ } = routine;
    let kind = if *procedure { "procedure" } else { "function" };
    format!("{kind} {}({arguments})", qualified(name))
}

//! Views and materialized views.

use super::words::{alter_with, idents, qualified, with};
use super::{comment, index};
use crate::catalog::View;

/// `create view`, or `create materialized view`, and its comment; its indexes are in [`create_indexes`].
pub fn create(view: &View) -> Vec<String> {
    let mut statements = vec![statement(view, "create")];
    statements.extend(comment::create(&what(view), view.comment.as_ref()));
    statements
}

/// The indexes of a new materialized view.
pub fn create_indexes(view: &View) -> Vec<String> {
    view.indexes.iter().flat_map(|index| index::create(&view.name, index)).collect()
}

/// `create or replace view`: PostgreSQL refuses it if a column is gone or has another type, and for a materialized view.
pub fn replace(view: &View) -> String {
    statement(view, "create or replace")
}

/// `drop view`, or `drop materialized view`.
pub fn drop(view: &View) -> String {
    format!("drop {}", what(view))
}

/// What makes `to` from `from` if their selects are the same, as far as it is the view's own: its indexes change by
/// themselves.
pub fn alter(from: &View, to: &View) -> Vec<String> {
    let mut statements = alter_with(&format!("alter {}", what(to)), &from.with, &to.with);
    statements.extend(comment::alter(&what(to), from.comment.as_ref(), to.comment.as_ref()));
    statements
}

fn statement(view: &View, verb: &str) -> String {
    let View { name, materialized, query, columns, with: parameters, indexes: _, comment: _ } = view;
    let materialized = if *materialized { "materialized " } else { "" };
    let columns = if columns.is_empty() { String::new() } else { format!(" ({})", idents(columns)) };
    format!("{verb} {materialized}view {}{columns}{} as {query}", qualified(name), with(parameters))
}

fn what(view: &View) -> String {
    format!("{} {}", if view.materialized { "materialized view" } else { "view" }, qualified(&view.name))
}

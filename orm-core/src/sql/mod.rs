//! SQL text: fragments known at compile time, and the one writer that joins them.
//!
//! A statement is a tree of [`Node`]s known by its type alone ([`Sql::NODE`]). The same `const fn` writes the tree
//! into a constant when the program is compiled ([`Text::TEXT`]) and, for a statement whose conditions are settled
//! only at run time, into a `String` ([`render`]).

mod node;
mod patch;
mod quote;
mod repeat;
mod text;
mod unnest;
mod write;

pub use node::{Level, Node, SetList};
pub use quote::{quote_ident, quote_literal};
pub(crate) use repeat::has_params;
pub use text::{Sql, Text, render};
pub use unnest::RowColumn;
pub(crate) use write::equal;
pub use write::{Cursor, write};

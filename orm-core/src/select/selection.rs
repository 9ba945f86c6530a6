//! What a query selects.

use crate::args::{Args, Bind};
use crate::copied::copied;
use crate::expr::{Kinded, Plain};
use crate::sql::{Node, Sql};
use crate::table::{Source, Table};
use std::marker::PhantomData;

/// What `select` and `returning` take: a table, an expression, or a tuple of up to 16 of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be selected",
    label = "expected a table, a column, an expression, or a tuple of at most 16 of them",
    note = "put columns in a tuple: `select((Worker.id, Worker.email))`"
)]
pub trait IntoSelection {
    /// The selection.
    type Selection;
    /// The FROM clause that follows from it: a whole table's own, else none yet.
    type From;

    /// The selection, and the FROM clause that follows from it.
    fn into_selection(self) -> (Self::Selection, Self::From);
}

/// Every column of a table.
#[derive(Debug)]
pub struct AllOf<S>(PhantomData<S>);

copied!([S] AllOf<S>);

impl<S> AllOf<S> {
    /// The one value of the type.
    pub const NEW: Self = AllOf(PhantomData);
}

impl<S: Source> Sql for AllOf<S> {
    const NODE: &'static Node = if S::IS_TABLE {
        &Node::Text(<S::Table as Table>::LIST)
    } else {
        &Node::Columns(S::ALIAS, <S::Table as Table>::COLUMNS)
    };
}

impl<S> Kinded for AllOf<S> {
    type Kind = Plain;
}

impl<S> Bind for AllOf<S> {
    const IS_EMPTY: bool = true;

    fn bind(&self, _: &mut Args) {}
}

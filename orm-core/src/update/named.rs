//! Which rows an update or a delete means.

use crate::args::{Args, Bind, Present};
use crate::condition::{Conditions, Then, where_clause};
use crate::error::EncodeError;
use crate::sql::{Node, render};

/// No condition, on purpose.
#[derive(Debug, Clone, Copy)]
pub struct AllRows;

/// An update or delete says which rows it means.
#[diagnostic::on_unimplemented(
    message = "the statement does not say which rows of `{T}` it means",
    label = "no condition",
    note = "add `.filter(..)` or `.find(..)`, or say `.all_rows()` if every row is meant"
)]
pub trait NamesRows<T>: Bind {
    /// The WHERE clause.
    const NODE: &'static Node;

    /// Encodes the parameters, and refuses a statement all of whose conditions are absent or hold for every row.
    fn bind_rows(&self, args: &mut Args);
}

impl<T> NamesRows<T> for AllRows {
    const NODE: &'static Node = &Node::Text("");

    fn bind_rows(&self, _: &mut Args) {}
}

impl<T, P, E> NamesRows<T> for Then<P, E>
where
    Self: Conditions,
{
    const NODE: &'static Node = where_clause::<Self>();

    fn bind_rows(&self, args: &mut Args) {
        if Self::ARE_OPTIONAL && !self.any_present() {
            args.fail(EncodeError::no_rows_named());
        } else if self.hold_always() {
            args.fail(EncodeError::every_row(render(where_clause::<Self>(), Present::NONE)));
        }
        self.bind(args);
    }
}

impl Bind for AllRows {
    const IS_EMPTY: bool = true;

    fn bind(&self, _: &mut Args) {}
}

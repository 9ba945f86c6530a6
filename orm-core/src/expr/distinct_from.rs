//! `is distinct from`: comparison for which NULL is a value like any other.

use super::param::beside;
use super::{Expr, Within, expression};
use crate::args::{Args, Bind};
use crate::sql::{Level, Node, Sql};
use crate::value::NotNull;

/// `left is distinct from right` or `left is not distinct from right`.
#[derive(Debug, Clone, Copy)]
pub struct DistinctFrom<L, R, const NOT: bool>(pub(super) L, pub(super) R);

impl<L: Sql, R: Sql, const NOT: bool> Sql for DistinctFrom<L, R, NOT> {
    const NODE: &'static Node = &Node::Operator(
        Level::Is,
        &[
            beside::<L, R>(),
            &Node::Text(if NOT { " is not distinct from " } else { " is distinct from " }),
            beside::<R, L>(),
        ],
    );
}

impl<L: Bind, R: Bind, const NOT: bool> Bind for DistinctFrom<L, R, NOT> {
    const IS_EMPTY: bool = L::IS_EMPTY && R::IS_EMPTY;

    fn bind(&self, args: &mut Args) {
        self.0.bind(args);
        self.1.bind(args);
    }
}

impl<L: Expr, R: Expr, const NOT: bool> Expr for DistinctFrom<L, R, NOT> {
    type Base = bool;
}

impl<L: Within<F, I>, R: Within<F, J>, const NOT: bool, F, I, J> Within<F, (I, J)>
    for DistinctFrom<L, R, NOT>
{
    type Null = NotNull;
}

expression!([L: Expr, R: Expr, const NOT: bool] DistinctFrom<L, R, NOT>; L, R);

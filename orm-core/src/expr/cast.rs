//! `cast(.. as ..)`.

use super::{Expr, Within, expression};
use crate::args::{Args, Bind};
use crate::copied::copied;
use crate::sql::{Node, Sql};
use crate::value::BaseValue;
use std::marker::PhantomData;

/// `cast(expression as To)`; see [`Operators::cast`](super::Operators::cast).
#[derive(Debug)]
pub struct Cast<E, To>(E, PhantomData<To>);

copied!([E, To] Cast<E, To> { 0, 1 }, E);

impl<E, To> Cast<E, To> {
    pub(super) fn new(expression: E) -> Self {
        Cast(expression, PhantomData)
    }
}

impl<E: Sql, To: BaseValue> Sql for Cast<E, To> {
    const NODE: &'static Node = &Node::Cat(&[
        &Node::Text("cast("),
        E::NODE,
        &Node::Text(" as "),
        &Node::Text(To::TYPE.name),
        &Node::Text(")"),
    ]);
}

impl<E: Bind, To> Bind for Cast<E, To> {
    const IS_EMPTY: bool = E::IS_EMPTY;

    fn bind(&self, args: &mut Args) {
        self.0.bind(args);
    }
}

impl<E: Expr, To: BaseValue> Expr for Cast<E, To> {
    type Base = To;
}

impl<E: Within<F, I>, To, F, I> Within<F, (I,)> for Cast<E, To> {
    type Null = E::Null;
}

expression!([E: Expr, To: BaseValue] Cast<E, To>; E);

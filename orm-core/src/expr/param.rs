//! A parameter.

use super::{Expr, Kinded, Plain, Within};
use crate::args::{Args, Bind};
use crate::copied::copied;
use crate::sql::{Node, Sql};
use crate::value::array::split_array;
use crate::value::{BaseValue, Input, Null};
use bytes::BytesMut;
use postgres_types::Kind;
use std::marker::PhantomData;

/// A value `V` that is sent as an SQL `T`.
#[derive(Debug)]
pub struct Param<V, T>(pub(crate) V, pub(crate) PhantomData<T>);

copied!([V, T] Param<V, T> { 0, 1 }, V);

impl<V, T: BaseValue> Sql for Param<V, T> {
    const NODE: &'static Node = if T::TYPE.cast.is_empty() {
        &Node::Param(T::TYPE.param)
    } else {
        &Node::Cat(&[&Node::Param(T::TYPE.param), &Node::Text(T::TYPE.cast)])
    };
    const IS_PARAM: bool = true;
}

impl<V: Input<T>, T: BaseValue> Bind for Param<V, T> {
    fn bind(&self, args: &mut Args) {
        args.push::<T, V>(&self.0);
    }
}

impl<V: Input<T>, T: BaseValue> Expr for Param<V, T> {
    type Base = T;

    fn is_empty_list(&self) -> bool {
        let mut array = BytesMut::new();
        matches!(T::TYPE.param.kind(), Kind::Array(_))
            && matches!(self.0.write(&mut array), Ok(Null::No))
            && split_array(&array).0 == 0
    }
}

impl<V, T> Kinded for Param<V, T> {
    type Kind = Plain;
}

impl<F, V: Input<T>, T: BaseValue> Within<F, ()> for Param<V, T> {
    type Null = V::Null;
}

/// The node of `E` as it stands beside something whose parameters need the cast of `Beside`.
pub(crate) const fn beside<E: Sql, Beside: Sql>() -> &'static Node {
    if E::IS_PARAM && !Beside::CAST.is_empty() {
        const { &Node::Cat(&[E::NODE, &Node::Text(Beside::CAST)]) }
    } else {
        E::NODE
    }
}

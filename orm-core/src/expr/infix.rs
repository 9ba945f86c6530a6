//! Operators between two operands whose result is no condition: arithmetic, `->`, `||`.

use super::{Expr, NullRule, Within, expression, param::beside};
use crate::args::{Args, Bind};
use crate::copied::copied;
use crate::sql::{Level, Node, Sql};
use crate::value::BaseValue;
use std::marker::PhantomData;

/// An operator.
pub trait Operation: 'static {
    /// With its blanks.
    const TEXT: &'static str;
    /// How tightly it binds.
    const LEVEL: Level;
    /// When it is NULL: a [`NullRule`].
    type Rule;
    /// Whether both operands are of one type, so that a parameter takes the cast of the other side.
    const ALIKE: bool = true;
}

/// `left O right`, of the type `Value`.
#[derive(Debug)]
pub struct Infix<O, L, R, Value>(L, R, PhantomData<(O, Value)>);

copied!([O, L, R, Value] Infix<O, L, R, Value> { 0, 1, 2 }, L, R);

impl<O, L, R, Value> Infix<O, L, R, Value> {
    pub(super) fn new(left: L, right: R) -> Self {
        Infix(left, right, PhantomData)
    }
}

impl<O: Operation, L: Sql, R: Sql, Value> Sql for Infix<O, L, R, Value> {
    const NODE: &'static Node = if O::ALIKE {
        &Node::Operator(O::LEVEL, &[beside::<L, R>(), &Node::Text(O::TEXT), beside::<R, L>()])
    } else {
        &Node::Operator(O::LEVEL, &[L::NODE, &Node::Text(O::TEXT), R::NODE])
    };
}

impl<O, L: Bind, R: Bind, Value> Bind for Infix<O, L, R, Value> {
    fn bind(&self, args: &mut Args) {
        self.0.bind(args);
        self.1.bind(args);
    }
}

impl<O: Operation, L: Expr, R: Expr, Value: BaseValue> Expr for Infix<O, L, R, Value> {
    type Base = Value;
}

impl<O: Operation, L: Within<F, I>, R: Within<F, J>, Value, F, I, J> Within<F, (I, J)>
    for Infix<O, L, R, Value>
where
    O::Rule: NullRule<(L::Null, R::Null)>,
{
    type Null = <O::Rule as NullRule<(L::Null, R::Null)>>::Null;
}

expression!([O: Operation, L: Expr, R: Expr, Value: BaseValue] Infix<O, L, R, Value>; L, R);

macro_rules! operations {
    ($($(#[$doc:meta])* $name:ident $text:literal $level:ident $rule:ident $($alike:literal)?;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub enum $name {}

        impl $crate::expr::infix::Operation for $name {
            const TEXT: &'static str = $text;
            const LEVEL: $crate::sql::Level = $crate::sql::Level::$level;
            type Rule = $crate::expr::$rule;
            $(const ALIKE: bool = $alike;)?
        }
    )*};
}

pub(super) use operations;

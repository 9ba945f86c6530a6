//! Operators between two operands whose result is no condition: arithmetic, `->`, `||`.

use super::{Expr, NullRule, Within, expression, param::beside};
use crate::args::{Args, Bind};
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
}

/// The operator `O` between an SQL `Self` and an SQL `R` has a result.
pub trait Yields<O, R> {
    /// Its type.
    type Base: BaseValue;
    /// Whether both operands are of one type, so that a parameter takes the cast of the other side.
    const ALIKE: bool = false;
}

/// `left O right`.
#[derive(Debug, Clone, Copy)]
pub struct Infix<O, L, R>(L, R, PhantomData<O>);

impl<O, L, R> Infix<O, L, R> {
    pub(super) fn new(left: L, right: R) -> Self {
        Infix(left, right, PhantomData)
    }
}

impl<O: Operation, L: Expr<Base: Yields<O, R::Base>>, R: Expr> Sql for Infix<O, L, R> {
    const NODE: &'static Node = if <L::Base as Yields<O, R::Base>>::ALIKE {
        &Node::Operator(O::LEVEL, &[beside::<L, R>(), &Node::Text(O::TEXT), beside::<R, L>()])
    } else {
        &Node::Operator(O::LEVEL, &[L::NODE, &Node::Text(O::TEXT), R::NODE])
    };
}

impl<O, L: Bind, R: Bind> Bind for Infix<O, L, R> {
    fn bind(&self, args: &mut Args) {
        self.0.bind(args);
        self.1.bind(args);
    }
}

impl<O: Operation, L: Expr<Base: Yields<O, R::Base>>, R: Expr> Expr for Infix<O, L, R> {
    type Base = <L::Base as Yields<O, R::Base>>::Base;
}

impl<O: Operation, L: Within<F, I>, R: Within<F, J>, F, I, J> Within<F, (I, J)> for Infix<O, L, R>
where
    O::Rule: NullRule<(L::Null, R::Null)>,
{
    type Null = <O::Rule as NullRule<(L::Null, R::Null)>>::Null;
}

expression!([O: Operation, L: Expr<Base: Yields<O, R::Base>>, R: Expr] Infix<O, L, R>; L, R);

macro_rules! operations {
    ($($(#[$doc:meta])* $name:ident $text:literal $level:ident $rule:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub enum $name {}

        impl $crate::expr::infix::Operation for $name {
            const TEXT: &'static str = $text;
            const LEVEL: $crate::sql::Level = $crate::sql::Level::$level;
            type Rule = $crate::expr::$rule;
        }
    )*};
}

pub(super) use operations;

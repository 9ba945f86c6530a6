//! `+`, `-`, `*`, `/` and `%` on every expression of a number, as Rust's own operators.

use super::infix::{Infix, Operation, operations};
use super::{Expr, IntoExpr, Within, expression};
use crate::args::{Args, Bind};
use crate::sql::{Level, Node, Sql};
use crate::value::BaseValue;

/// A type that can be calculated with.
///
/// ```
/// # use mizzle::prelude::*;
/// # #[derive(Table)]
/// # #[orm(table = "workers")]
/// # struct Worker { #[orm(primary_key, identity)] id: i64, email: Option<String>, name: String, #[orm(default = 100)] score: i32 }
/// # #[derive(Table)]
/// # #[orm(table = "tasks")]
/// # struct Task { #[orm(primary_key, identity)] id: i64, worker_id: i64, title: String }
/// let doubled = select((Worker.name, (Worker.score + 1) * 2, -Worker.score)).from(Worker);
/// ```
#[diagnostic::on_unimplemented(message = "an SQL `{Self}` cannot be calculated with", label = "not a number")]
pub trait Number: BaseValue {}

operations! {
    /// `+`
    Plus " + " Add Strict;
    /// `-`
    Minus " - " Add Strict;
    /// `*`
    Times " * " Multiply Strict;
    /// `/`; of integers it truncates towards zero
    Divided " / " Multiply Strict;
    /// `%`
    Modulo " % " Multiply Strict;
}

/// One of the operators of arithmetic.
pub trait Calculation: Operation {}

impl Calculation for Plus {}
impl Calculation for Minus {}
impl Calculation for Times {}
impl Calculation for Divided {}
impl Calculation for Modulo {}

/// The operator `O` takes an `R` beside the expression `B`, which is an SQL `Self`.
#[diagnostic::on_unimplemented(
    message = "`{R}` cannot be calculated with beside `{B}`, which is an SQL `{Self}`",
    label = "no operator of PostgreSQL's takes these"
)]
pub trait Calculate<O, R, B> {
    /// The operator as it is written.
    type Operation: Operation;
    /// The right operand.
    type Right: Expr;
    /// The type of the result.
    type Value: BaseValue;

    /// The right operand.
    fn right(right: R) -> Self::Right;
}

macro_rules! numbers {
    ($($(#[$cfg:meta])* $ty:ty,)*) => {$(
        $(#[$cfg])*
        impl Number for $ty {}

        $(#[$cfg])*
        impl<O: Calculation, R: IntoExpr<$ty, B>, B> Calculate<O, R, B> for $ty {
            type Operation = O;
            type Right = R::Expr;
            type Value = $ty;

            fn right(right: R) -> R::Expr {
                right.into_expr()
            }
        }
    )*};
}

numbers! {
    i16,
    i32,
    i64,
    f32,
    f64,
    #[cfg(feature = "rust_decimal")]
    rust_decimal::Decimal,
}

/// `-expression`
#[derive(Debug, Clone, Copy)]
pub struct Negative<E>(E);

impl<E> Negative<E> {
    pub(crate) fn new(expression: E) -> Self {
        Negative(expression)
    }
}

impl<E: Sql> Sql for Negative<E> {
    const NODE: &'static Node = &Node::Operator(Level::Sign, &[&Node::Text("-"), E::NODE]);
}

impl<E: Bind> Bind for Negative<E> {
    const IS_EMPTY: bool = E::IS_EMPTY;

    fn bind(&self, args: &mut Args) {
        self.0.bind(args);
    }
}

impl<E: Expr> Expr for Negative<E> {
    type Base = E::Base;
}

impl<E: Within<F, I>, F, I> Within<F, (I,)> for Negative<E> {
    type Null = E::Null;
}

expression!([E: Expr] Negative<E>; E);

/// `L O R`, where `R` is what was written.
pub type Calculated<O, L, R> = Infix<
    <<L as Expr>::Base as Calculate<O, R, L>>::Operation,
    L,
    <<L as Expr>::Base as Calculate<O, R, L>>::Right,
    <<L as Expr>::Base as Calculate<O, R, L>>::Value,
>;

pub(crate) fn calculated<O, L: Expr<Base: Calculate<O, R, L>>, R>(left: L, right: R) -> Calculated<O, L, R> {
    Infix::new(left, <L::Base as Calculate<O, R, L>>::right(right))
}

/// Rust's operators for an expression; the standard library's traits cannot be implemented for all of them at once.
macro_rules! calculates {
    ([$($generics:tt)*] $ty:ty) => {
        $crate::expr::calculates!(@ [$($generics)*] $ty, Plus Add add);
        $crate::expr::calculates!(@ [$($generics)*] $ty, Minus Sub sub);
        $crate::expr::calculates!(@ [$($generics)*] $ty, Times Mul mul);
        $crate::expr::calculates!(@ [$($generics)*] $ty, Divided Div div);
        $crate::expr::calculates!(@ [$($generics)*] $ty, Modulo Rem rem);

        impl<$($generics)*> std::ops::Neg for $ty
        where
            <Self as $crate::expr::Expr>::Base: $crate::expr::Number,
        {
            type Output = $crate::expr::Negative<Self>;

            fn neg(self) -> Self::Output {
                $crate::expr::Negative::new(self)
            }
        }
    };
    (@ [$($generics:tt)*] $ty:ty, $operation:ident $trait:ident $method:ident) => {
        impl<Right, $($generics)*> std::ops::$trait<Right> for $ty
        where
            <Self as $crate::expr::Expr>::Base:
                $crate::expr::Calculate<$crate::expr::arithmetic::$operation, Right, Self>,
        {
            type Output = $crate::expr::arithmetic::Calculated<$crate::expr::arithmetic::$operation, Self, Right>;

            fn $method(self, right: Right) -> Self::Output {
                $crate::expr::arithmetic::calculated(self, right)
            }
        }
    };
}

pub(crate) use calculates;

calculates!([C: crate::table::Column, S: crate::table::Source] crate::table::Col<C, S>);
calculates!([O: Operation, L: Expr, R: Expr, Value: BaseValue] Infix<O, L, R, Value>);
calculates!([E: Expr] Negative<E>);
calculates!([N: super::Function<A>, A: super::Arguments] super::Call<N, A>);
calculates!([E: Expr, T: BaseValue] super::Cast<E, T>);
calculates!([V: super::case_when::Branches<Base: BaseValue>, N: crate::value::Nullability] super::case_when::Ended<V, N>);
calculates!([A: super::AggregateFunction<E>, E: Sql + Bind, D: super::aggregate::Quantifier, P: Sql + Bind, W: Sql + Bind] super::Aggregate<A, E, D, P, W>);
calculates!([Q: Sql + Bind, V: BaseValue] super::Scalar<Q, V>);

//! `+`, `-`, `*`, `/` and `%` on columns and what is made of them, as Rust's own operators.

use super::{Expr, IntoExpr, Within, expression, param::beside};
use crate::args::{Args, Bind};
use crate::sql::{Level, Node, Sql};
use crate::table::{Col, Column, Source};
use crate::value::{BaseValue, Nullability};
use std::marker::PhantomData;

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
/// let doubled = select((Worker.name, (Worker.score + 1) * 2)).from(Worker);
/// ```
#[diagnostic::on_unimplemented(message = "an SQL `{Self}` cannot be calculated with", label = "not a number")]
pub trait Number: BaseValue {}

impl Number for i16 {}
impl Number for i32 {}
impl Number for i64 {}
impl Number for f32 {}
impl Number for f64 {}
#[cfg(feature = "rust_decimal")]
impl Number for rust_decimal::Decimal {}

/// An arithmetic operator.
pub trait Operation: 'static {
    /// With its blanks.
    const TEXT: &'static str;
    /// How tightly it binds.
    const LEVEL: Level;
}

/// `left O right`, of the type of its operands.
#[derive(Debug, Clone, Copy)]
pub struct Arithmetic<O, L, R>(L, R, PhantomData<O>);

impl<O: Operation, L: Sql, R: Sql> Sql for Arithmetic<O, L, R> {
    const NODE: &'static Node =
        &Node::Operator(O::LEVEL, &[beside::<L, R>(), &Node::Text(O::TEXT), beside::<R, L>()]);
}

impl<O, L: Bind, R: Bind> Bind for Arithmetic<O, L, R> {
    fn bind(&self, args: &mut Args) {
        self.0.bind(args);
        self.1.bind(args);
    }
}

impl<O: Operation, L: Expr, R: Expr> Expr for Arithmetic<O, L, R> {
    type Base = L::Base;
}

impl<O, L: Within<F, I>, R: Within<F, J>, F, I, J> Within<F, (I, J)> for Arithmetic<O, L, R> {
    type Null = <L::Null as Nullability>::Or<R::Null>;
}

expression!([O: Operation, L: Expr, R: Expr] Arithmetic<O, L, R>; L, R);

macro_rules! operations {
    ($($(#[$doc:meta])* $name:ident $trait:ident $method:ident $text:literal $level:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub enum $name {}

        impl Operation for $name {
            const TEXT: &'static str = $text;
            const LEVEL: Level = Level::$level;
        }

        impl<C: Column, S: Source, R> std::ops::$trait<R> for Col<C, S>
        where
            <Self as Expr>::Base: Number,
            R: IntoExpr<<Self as Expr>::Base, Self>,
        {
            type Output = Arithmetic<$name, Self, R::Expr>;

            fn $method(self, right: R) -> Self::Output {
                Arithmetic(self, right.into_expr(), PhantomData)
            }
        }

        impl<O: Operation, A: Expr, B: Expr, R> std::ops::$trait<R> for Arithmetic<O, A, B>
        where
            A::Base: Number,
            R: IntoExpr<A::Base, Self>,
        {
            type Output = Arithmetic<$name, Self, R::Expr>;

            fn $method(self, right: R) -> Self::Output {
                Arithmetic(self, right.into_expr(), PhantomData)
            }
        }
    )*};
}

operations! {
    /// `+`
    Plus Add add " + " Add;
    /// `-`
    Minus Sub sub " - " Add;
    /// `*`
    Times Mul mul " * " Multiply;
    /// `/`; of integers it truncates towards zero
    Divided Div div " / " Multiply;
    /// `%`
    Modulo Rem rem " % " Multiply;
}

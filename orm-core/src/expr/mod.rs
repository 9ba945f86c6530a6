//! Expressions: what stands in conditions, selections and assignments.

mod aggregate;
pub mod arithmetic;
pub mod array;
pub mod case_when;
mod cast;
pub mod compare;
pub mod conditional;
mod convert;
pub mod datetime;
pub mod distinct_from;
mod function;
pub mod infix;
#[cfg(feature = "serde_json")]
pub mod json;
mod kind;
mod logic;
pub mod math;
mod null;
mod order;
mod param;
pub mod range;
mod subquery;
pub mod text;
pub mod unit;

pub use aggregate::{
    Aggregate, AggregateFunction, Average, Sum, array_agg, array_agg_nullable, avg, bool_and, bool_or, count,
    count_of, max, min, string_agg, sum,
};
pub(crate) use arithmetic::calculates;
pub use arithmetic::{Calculate, Negative, Number};
pub use array::{ArrayOperators, ArrayValue, array_append, array_length, array_remove, cardinality};
pub use case_when::case;
pub use cast::Cast;
pub use compare::{Compare, Eq, Operators};
pub use conditional::{coalesce, greatest, least, nullif};
pub use convert::{Absent, Given, IntoAssigned, IntoExpr, MayAssign, Maybe, NeverNull, SameType};
#[cfg(feature = "chrono")]
pub use datetime::{age, current_date, now};
pub use datetime::{date_trunc, extract};
pub use distinct_from::DistinctFrom;
pub use function::{Arguments, ArgumentsWithin, Call, Function, IntoArguments};
pub use infix::Infix;
#[cfg(feature = "serde_json")]
pub use json::{JsonOperators, JsonValue, jsonb_path_exists, jsonb_set};
pub use kind::{Aggregated, Kind, Kinded, Once, Orders, Plain};
pub use logic::{And, Boolean, Junction, Negation, Or};
pub use math::{abs, ceil, floor, round};
pub use null::{Always, Merging, Never, Null, NullOf, NullRule, Nulls, Strict, null};
pub use order::{Ascending, Descending, Direction, IntoOrder, NullsOrdered, OrderKey, Ordered};
pub use param::Param;
pub use range::{RangeOperators, RangeValue};
pub use subquery::{
    Exists, IntoList, Scalar, SelectsOne, Subquery, ValuesOf, count_rows, exists, not_exists, scalar,
};
pub use text::{TextInput, TextOperators, TextValue, concat, length, lower, replace, substring, trim, upper};

use crate::args::Bind;
use crate::sql::Sql;
use crate::value::{BaseValue, Nullability};

/// An SQL expression.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an SQL expression",
    label = "expected a column or an expression made of columns"
)]
pub trait Expr: Sql + Bind + Kinded {
    /// The Rust type of its value, without NULL.
    type Base: BaseValue;

    /// Whether it is `truth` for every row, because a list in it is empty. What else makes a condition true for every row
    /// is in its text, where it can be read.
    #[doc(hidden)]
    fn is_always(&self, _truth: bool) -> bool {
        false
    }

    /// Whether it is a parameter that is a list without elements.
    #[doc(hidden)]
    fn is_empty_list(&self) -> bool {
        false
    }
}

/// The expression may stand in a query whose FROM clause is `F`; `I` is inferred.
#[diagnostic::on_unimplemented(
    message = "this expression does not fit the query",
    label = "names a column that the query has not, or one that has many values in a group of its rows"
)]
pub trait Within<F, I> {
    /// Whether it may be NULL there.
    type Null: Nullability;
}

/// What every expression is besides an [`Expr`]: an operand, a condition and a selection. With its operands named, also
/// of their kind, and a possible key of a GROUP BY clause.
macro_rules! expression {
    ([$($generics:tt)*] $ty:ty; $($operand:ident),*) => {
        impl<$($generics)*> $crate::expr::Kinded for $ty {
            type Kind = $crate::expr::expression!(@kind $($operand)*);
        }

        impl<Scope, G, I, J, $($generics)*> $crate::expr::Within<$crate::group::Grouped<Scope, G>, $crate::group::AsKey<(I, J)>> for $ty
        where
            G: $crate::group::HasKey<$ty, I>,
            $ty: $crate::expr::Within<Scope, J>,
        {
            type Null = <$ty as $crate::expr::Within<Scope, J>>::Null;
        }

        $crate::expr::expression!([$($generics)*] $ty);
    };
    (@kind) => { $crate::expr::Plain };
    (@kind $one:ident) => { <$one as $crate::expr::Kinded>::Kind };
    (@kind $first:ident $($rest:ident)+) => {
        <<$first as $crate::expr::Kinded>::Kind as $crate::expr::Kind>::With<$crate::expr::expression!(@kind $($rest)+)>
    };
    ([$($generics:tt)*] $ty:ty) => {
        impl<T, B, $($generics)*> $crate::expr::IntoExpr<T, B> for $ty
        where
            <Self as $crate::expr::Expr>::Base: $crate::expr::SameType<T, B, Self>,
        {
            type Expr = Self;

            fn into_expr(self) -> Self {
                self
            }
        }

        impl<$($generics)*> $crate::expr::datetime::Operand for $ty {
            type Base = <Self as $crate::expr::Expr>::Base;
            type Expr = Self;

            fn into_operand(self) -> Self {
                self
            }
        }

        impl<$($generics)*> $crate::condition::Present for $ty {
            fn holds_always(&self) -> bool {
                $crate::expr::Expr::is_always(self, true)
            }
        }

        impl<$($generics)*> $crate::expr::OrderKey for $ty {
            type This = Self;
        }

        impl<$($generics)*> $crate::condition::Condition for $ty
        where
            <Self as $crate::expr::Expr>::Base: $crate::expr::Boolean,
        {
            type This = Self;
        }

        impl<$($generics)*> $crate::select::IntoSelection for $ty {
            type Selection = Self;
            type From = $crate::from::NoFrom;

            fn into_selection(self) -> (Self, $crate::from::NoFrom) {
                (self, $crate::from::NoFrom)
            }
        }

        impl<F, I, $($generics)*> $crate::select::Project<F, I> for $ty
        where
            Self: $crate::expr::Within<F, I>,
        {
            type Output = <<Self as $crate::expr::Within<F, I>>::Null as $crate::value::Nullability>::Wrap<
                <Self as $crate::expr::Expr>::Base,
            >;
            const SHAPE: &'static $crate::row::Shape =
                &$crate::row::Shape::One(<<Self as $crate::expr::Expr>::Base as $crate::value::BaseValue>::TYPE);

            const READ: $crate::row::Read<Self::Output> = $crate::row::next;
        }
    };
}

pub(crate) use expression;

//! What may stand where an expression is wanted: expressions, and values as parameters.

use super::null::{Null, NullOf};
use super::{Expr, Param};
#[cfg(feature = "rust_decimal")]
use crate::value::AsDecimal;
use crate::value::{BaseValue, Element, Input, NotNull, Nullable};
use std::borrow::Cow;
use std::marker::PhantomData;

/// What may stand where an SQL `T` is wanted: a value, a reference to one, `&str` for text, a list for an array, or
/// an expression. `B` is what it stands beside, for the sake of the message.
#[diagnostic::on_unimplemented(
    message = "expected an SQL `{T}` for `{B}`, found `{Self}`",
    label = "expected a value or an expression of type `{T}`"
)]
pub trait IntoExpr<T, B> {
    /// The expression.
    type Expr: Expr;

    /// The expression.
    fn into_expr(self) -> Self::Expr;
}

/// `Self` and `T` are one type; so an expression `E` of it may stand beside `B`.
#[diagnostic::on_unimplemented(
    message = "expected an SQL `{T}` for `{B}`, found `{E}`, which is an SQL `{Self}`",
    label = "an SQL `{Self}`, where `{T}` is expected"
)]
pub trait SameType<T, B, E>: BaseValue {}

impl<T: BaseValue, B, E> SameType<T, B, E> for T {}

impl<T: BaseValue, B> IntoExpr<T, B> for T {
    type Expr = Param<T, T>;

    fn into_expr(self) -> Self::Expr {
        Param(self, PhantomData)
    }
}

impl<'a, T: BaseValue, B> IntoExpr<T, B> for &'a T {
    type Expr = Param<&'a T, T>;

    fn into_expr(self) -> Self::Expr {
        Param(self, PhantomData)
    }
}

macro_rules! values {
    ($([$($generics:tt)*] $ty:ty => $base:ty;)*) => {$(
        impl<$($generics)* B> IntoExpr<$base, B> for $ty {
            type Expr = Param<$ty, $base>;

            fn into_expr(self) -> Self::Expr {
                Param(self, PhantomData)
            }
        }
    )*};
}

values! {
    ['a,] &'a str => String;
    ['a,] Cow<'a, str> => String;
    ['a,] &'a [u8] => Vec<u8>;
    ['a, T: Element,] &'a [T] => Vec<T>;
    [T: Element, const N: usize,] [T; N] => Vec<T>;
    ['a, T: Element, const N: usize,] &'a [T; N] => Vec<T>;
    ['a,] &'a [&'a str] => Vec<String>;
    ['a,] Vec<&'a str> => Vec<String>;
    ['a, const N: usize,] [&'a str; N] => Vec<String>;
}

/// Beside an expression only: elsewhere it is the integer that says which type is wanted.
#[cfg(feature = "rust_decimal")]
macro_rules! decimals {
    ($($ty:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<B: Expr> IntoExpr<rust_decimal::Decimal, B> for $ty {
            type Expr = Param<AsDecimal<$ty>, rust_decimal::Decimal>;

            fn into_expr(self) -> Self::Expr {
                Param(AsDecimal(self), PhantomData)
            }
        }
    )*};
}

#[cfg(feature = "rust_decimal")]
decimals!(i32, i64);

#[cfg(feature = "chrono")]
values! {
    [] chrono::TimeDelta => crate::value::Interval;
}

/// What the value of an `Option` would have to be for the `Option` to stand where an SQL `T` is wanted, beside `B`; no
/// value is. So the message is of `Option`s, and of nothing else that is wrong there.
#[diagnostic::on_unimplemented(
    message = "expected an SQL `{T}` for `{B}`, found `Option<{Self}>`",
    label = "of an `Option`, which may be NULL, and nothing equals NULL in SQL",
    note = "`.is_null()` asks for NULL, `.is_not_distinct_from(option)` for a value or NULL; `option.map(|value| column.eq(value))` is a condition that is left out when it is `None`"
)]
pub trait NeverNull<T, B>: Sized {
    /// The expression.
    type Expr: Expr;

    /// The expression.
    fn expr_of(option: Option<Self>) -> Self::Expr;
}

impl<T, B, V: NeverNull<T, B>> IntoExpr<T, B> for Option<V> {
    type Expr = V::Expr;

    fn into_expr(self) -> Self::Expr {
        V::expr_of(self)
    }
}

/// What may be assigned to a column of the base type `T`: what [`IntoExpr`] takes, an `Option` of a value, and
/// [`null()`](crate::expr::null).
/// `M` is inferred.
#[diagnostic::on_unimplemented(
    message = "expected an SQL `{T}` for `{B}`, found `{Self}`",
    label = "expected a value or an expression of type `{T}`"
)]
pub trait IntoAssigned<T, B, M> {
    /// The expression.
    type Expr: Expr;

    /// The expression.
    fn into_assigned(self) -> Self::Expr;
}

/// How [`IntoAssigned`] takes an expression or a value.
pub enum Given {}

/// How [`IntoAssigned`] takes an `Option`.
pub enum Maybe {}

impl<T, B, E: IntoExpr<T, B>> IntoAssigned<T, B, Given> for E {
    type Expr = E::Expr;

    fn into_assigned(self) -> Self::Expr {
        self.into_expr()
    }
}

impl<T: BaseValue, B, V: Input<T>> IntoAssigned<T, B, Maybe> for Option<V> {
    type Expr = Param<Option<V>, T>;

    fn into_assigned(self) -> Self::Expr {
        Param(self, PhantomData)
    }
}

impl<'a, T: BaseValue, B, V: Input<T>> IntoAssigned<T, B, Maybe> for &'a Option<V> {
    type Expr = Param<&'a Option<V>, T>;

    fn into_assigned(self) -> Self::Expr {
        Param(self, PhantomData)
    }
}

/// How [`IntoAssigned`] takes NULL.
pub enum Absent {}

impl<T: BaseValue, B> IntoAssigned<T, B, Absent> for Null {
    type Expr = NullOf<T>;

    fn into_assigned(self) -> Self::Expr {
        NullOf(PhantomData)
    }
}

/// A value of this nullability may be assigned to the column `C` of the nullability `N`.
#[diagnostic::on_unimplemented(
    message = "a value that may be NULL cannot be assigned to the column `{C}`, which is NOT NULL",
    label = "this may be NULL, `{C}` may not",
    note = "unwrap the `Option` first, or declare the field as an `Option`"
)]
pub trait MayAssign<N, C> {}

impl<N, C> MayAssign<N, C> for NotNull {}
impl<C> MayAssign<Nullable, C> for Nullable {}

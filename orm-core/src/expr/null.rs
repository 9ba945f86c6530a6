//! NULL, and when a function or an operator is NULL, told from its operands.

use super::{Expr, Kinded, Plain, Within};
use crate::args::{Args, Bind};
use crate::copied::copied;
use crate::sql::{Node, Sql};
use crate::value::{BaseValue, NotNull, Nullability, Nullable};
use std::marker::PhantomData;

/// `null`, for any column that may be NULL: where a `None` would have to say of what.
///
/// ```
/// # use mizzle::prelude::*;
/// # #[derive(Table)]
/// # #[orm(table = "workers")]
/// # struct Worker { #[orm(primary_key, identity)] id: i64, email: Option<String>, name: String, #[orm(default = 100)] score: i32 }
/// let forget = update(Worker).set(Worker.email, null()).find(1);
/// ```
pub fn null() -> Null {
    Null
}

/// NULL of any type: [`null`].
#[derive(Debug, Clone, Copy)]
pub struct Null;

/// NULL of the type `T`.
#[derive(Debug)]
pub struct NullOf<T>(pub(super) PhantomData<T>);

copied!([T] NullOf<T>);

impl<T> Sql for NullOf<T> {
    const NODE: &'static Node = &Node::Text("null");
}

impl<T> Bind for NullOf<T> {
    const IS_EMPTY: bool = true;

    fn bind(&self, _: &mut Args) {}
}

impl<T: BaseValue> Expr for NullOf<T> {
    type Base = T;
}

impl<T> Kinded for NullOf<T> {
    type Kind = Plain;
}

impl<F, T> Within<F, ()> for NullOf<T> {
    type Null = Nullable;
}

/// The nullabilities of some operands, as a tuple.
pub trait Nulls {
    /// Nullable if any is.
    type Any: Nullability;
    /// Nullable if all are.
    type All: Nullability;
}

/// How the nullability of a result follows from those of the operands.
pub trait NullRule<N> {
    /// Whether the result may be NULL.
    type Null: Nullability;
}

/// NULL if any operand is, as of most functions; with `N` nullable, always possible.
pub struct Strict<N = NotNull>(PhantomData<N>);

/// NULL only if all operands are: `coalesce`.
pub enum Merging {}

/// May be NULL whatever the operands are: `nullif`, `->`.
pub type Always = Strict<Nullable>;

/// Never NULL, whatever the operands are: `concat`.
pub enum Never {}

impl<N: Nulls, Own: Nullability> NullRule<N> for Strict<Own> {
    type Null = Own::Or<N::Any>;
}

impl<N: Nulls> NullRule<N> for Merging {
    type Null = N::All;
}

impl<N> NullRule<N> for Never {
    type Null = NotNull;
}

macro_rules! nulls {
    ($($($N:ident)*;)*) => {$(
        impl<$($N: Nullability),*> Nulls for ($($N,)*) {
            type Any = nulls!(@fold NotNull, Or, $($N)*);
            type All = nulls!(@fold Nullable, And, $($N)*);
        }
    )*};
    (@fold $start:ident, $how:ident,) => { $start };
    (@fold $start:ident, $how:ident, $first:ident $($rest:ident)*) => {
        <$first as Nullability>::$how<nulls!(@fold $start, $how, $($rest)*)>
    };
}

nulls! {
    ;
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E G;
    A B C D E G H;
    A B C D E G H J;
}

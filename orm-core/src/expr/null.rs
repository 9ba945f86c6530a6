//! When a function or an operator is NULL, told from its operands.

use crate::value::{NotNull, Nullability, Nullable};
use std::marker::PhantomData;

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

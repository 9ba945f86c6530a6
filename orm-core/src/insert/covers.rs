//! An insert sets every column that must be set.

use super::Set;
use crate::from::{Here, There};

/// The assignments set the column `C` of `T`; `I` is inferred.
#[diagnostic::on_unimplemented(
    message = "the insert into `{T}` misses the required column `{C}`",
    label = "`{C}` is NOT NULL and has no default",
    note = "add a `.set({T}.column, value)` for it"
)]
pub trait Sets<T, C, I> {}

impl<P, T, C, E> Sets<T, C, Here> for Set<P, C, E> {}
impl<P: Sets<T, C, I>, T, C, D, E, I> Sets<T, C, There<I>> for Set<P, D, E> {}

/// The assignments set all columns of `R`, tuples of at most 16 in one tuple: flat, so that tables of many required
/// columns stay within the compiler's recursion limit.
pub trait Covers<T, R, I> {}

/// The assignments set all columns of one of those tuples.
pub trait CoversGroup<T, R, I> {}

macro_rules! covers {
    ($trait:ident $each:ident; $($C:ident $I:ident)*) => {
        impl<L, T, $($C, $I),*> $trait<T, ($($C,)*), ($($I,)*)> for L where $(L: $each<T, $C, $I>),* {}
    };
}

macro_rules! all_covers {
    ([$($done:tt)*]) => { all_covers!(@ $($done)*); };
    ([$($done:tt)*] [$($next:tt)*] $($rest:tt)*) => {
        all_covers!(@ $($done)*);
        all_covers!([$($done)* $($next)*] $($rest)*);
    };
    (@ $($done:tt)*) => {
        covers!(Covers CoversGroup; $($done)*);
        covers!(CoversGroup Sets; $($done)*);
    };
}

all_covers! {
    [] [A IA] [B IB] [C IC] [D ID] [E IE] [F IF] [G IG] [H IH] [J IJ] [K IK] [M IM] [N IN] [O IO] [P IP] [Q IQ] [R IR]
}

//! An insert sets every column that must be set.

use super::Set;
use crate::from::{Here, There};

/// All that was asked of the assignments so far holds.
pub enum Holds {}

/// The assignments `L` set the column `C`; `I` and `H`, which is [`Holds`], are inferred. As long as this is not
/// known to hold, nothing is asked of `H`: so of several missing columns the first one is complained of.
#[diagnostic::on_unimplemented(
    message = "the insert misses the required column `{C}`",
    label = "`{C}` is NOT NULL and has no default",
    note = "add a `.set(column, value)` for each such column"
)]
pub trait Sets<L, C, I, H> {}

impl<P, C, E> Sets<Set<P, C, E>, C, Here, Holds> for Holds {}
impl<P, C, D, E, I, H> Sets<Set<P, D, E>, C, There<I>, H> for Holds where Holds: Sets<P, C, I, H> {}

/// The assignments set all columns of `R`, tuples of at most 16 in one tuple: flat, so that tables of many required
/// columns stay within the compiler's recursion limit.
pub trait Covers<R, I> {}

/// The assignments set all columns of one of those tuples.
pub trait CoversGroup<R, I> {}

macro_rules! covers {
    ($($C:ident $I:ident $before:ident $after:ident)*) => {
        impl<L, $($C, $I),*> Covers<($($C,)*), ($($I,)*)> for L where $(L: CoversGroup<$C, $I>),* {}

        impl<L, $($C, $I, $after),*> CoversGroup<($($C,)*), ($(($I, $after),)*)> for L
        where
            $($before: Sets<L, $C, $I, $after>),*
        {
        }
    };
}

macro_rules! all_covers {
    ([$($done:tt)*]) => { covers!($($done)*); };
    ([$($done:tt)*] [$($next:tt)*] $($rest:tt)*) => {
        covers!($($done)*);
        all_covers!([$($done)* $($next)*] $($rest)*);
    };
}

all_covers! {
    [] [A IA Holds HA] [B IB HA HB] [C IC HB HC] [D ID HC HD] [E IE HD HE] [F IF HE HF] [G IG HF HG] [H IH HG HH]
    [J IJ HH HJ] [K IK HJ HK] [M IM HK HM] [N IN HM HN] [O IO HN HO] [P IP HO HP] [Q IQ HP HQ] [R IR HQ HR]
}

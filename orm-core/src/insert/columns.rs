//! Lists of the target's columns: what an upsert overwrites, what an insert from a query fills, what a key has.

use super::{Assignments, Excluded, Set, UniqueKey};
use crate::condition::Nothing;
use crate::table::{CanSet, Col, Column, IsTarget, Source};
use std::marker::PhantomData;

/// A column, or a tuple of up to 16 of them, for a statement that writes to `T`. Whether they are columns of `T` is said
/// by [`SettableList`] and [`KeyList`], where the list is given, and not again by what is made of it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of columns of `{T}`",
    label = "expected a column of `{T}`, or a tuple of at most 16 of them"
)]
pub trait ColumnList<T> {
    /// The columns as types, in a tuple.
    type Columns;
    /// Their names, as in the catalog.
    const NAMES: &'static [&'static str];
    /// The assignment to each of its value in the row that was to be inserted.
    type FromExcluded: Assignments;
    /// Those assignments.
    const FROM_EXCLUDED: Self::FromExcluded;
}

/// Columns of `T` that statements may set.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of columns of `{T}`",
    label = "expected a column of `{T}`, or a tuple of at most 16 of them"
)]
pub trait SettableList<T>: ColumnList<T> {}

/// The columns of a unique key of `T`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of columns of `{T}`",
    label = "expected a column of `{T}`, or a tuple of at most 16 of them"
)]
pub trait KeyList<T>: ColumnList<T> {}

impl<T: Source, C: Column, S> ColumnList<T> for Col<C, S> {
    type Columns = (C,);
    const NAMES: &'static [&'static str] = &[C::NAME.raw];
    type FromExcluded = Set<Nothing, C, Col<C, Excluded<T>>>;
    const FROM_EXCLUDED: Self::FromExcluded = Set(Nothing, Col::NEW, PhantomData);
}

impl<T, C, S> SettableList<T> for Col<C, S>
where
    T: Source,
    C: Column<Access: CanSet<C>>,
    S: IsTarget<T, C>,
{
}

impl<T, C, S> KeyList<T> for Col<C, S>
where
    T: Source,
    C: Column<Table: UniqueKey<(C,)>>,
    S: IsTarget<T, C>,
{
}

macro_rules! list {
    ($($C:ident $S:ident)*) => {
        impl<T: Source, $($C: Column, $S),*> ColumnList<T> for ($(Col<$C, $S>,)*) {
            type Columns = ($($C,)*);
            const NAMES: &'static [&'static str] = &[$($C::NAME.raw),*];
            type FromExcluded = list!(@type Nothing; $($C)*);
            const FROM_EXCLUDED: Self::FromExcluded = list!(@value Nothing; $($C)*);
        }

        impl<T: Source, $($C, $S),*> SettableList<T> for ($(Col<$C, $S>,)*)
        where
            $($C: Column<Access: CanSet<$C>>, $S: IsTarget<T, $C>),*
        {
        }

        list!(@key $($C $S)*);
    };
    (@key $First:ident $FirstS:ident $($C:ident $S:ident)*) => {
        impl<T: Source, $First, $FirstS, $($C, $S),*> KeyList<T> for (Col<$First, $FirstS>, $(Col<$C, $S>,)*)
        where
            $First: Column<Table: UniqueKey<($First, $($C,)*)>>,
            $FirstS: IsTarget<T, $First>,
            $($C: Column, $S: IsTarget<T, $C>),*
        {
        }
    };
    (@key) => {};
    (@type $before:ty;) => { $before };
    (@type $before:ty; $C:ident $($rest:ident)*) => {
        list!(@type Set<$before, $C, Col<$C, Excluded<T>>>; $($rest)*)
    };
    (@value $before:expr;) => { $before };
    (@value $before:expr; $C:ident $($rest:ident)*) => {
        list!(@value Set($before, Col::NEW, PhantomData); $($rest)*)
    };
}

macro_rules! lists {
    ([$($done:tt)*]) => { list!($($done)*); };
    ([$($done:tt)*] [$($next:tt)*] $($rest:tt)*) => {
        list!($($done)*);
        lists!([$($done)* $($next)*] $($rest)*);
    };
}

lists! {
    [] [A SA] [B SB] [C SC] [D SD] [E SE] [F SF] [G SG] [H SH] [J SJ] [K SK] [L SL] [M SM] [N SN] [O SO] [P SP] [Q SQ]
}

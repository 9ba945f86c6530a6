//! GROUP BY: which columns a selection may name beside aggregates.

use crate::condition::{Nothing, Then};
use crate::from::{Has, Here, There};
use crate::select::AllOf;
use crate::table::Col;
use std::marker::PhantomData;

/// A GROUP BY clause, possibly none.
pub trait Grouping {
    /// What a selection without aggregates sees of the FROM clause `F`.
    type Scope<F>;
}

impl Grouping for Nothing {
    type Scope<F> = F;
}

impl<P, K> Grouping for Then<P, K> {
    type Scope<F> = Grouped<F, Self>;
}

/// The groups that the GROUP BY clause `G` makes of the rows of `F`; one group of all rows if it is [`Nothing`].
pub struct Grouped<F, G>(PhantomData<(F, G)>);

/// The column `C` of `S` has one value in each group; `I` is inferred.
#[diagnostic::on_unimplemented(
    message = "the column `{C}` of `{S}` has many values in a group of rows",
    label = "neither in GROUP BY nor inside an aggregate",
    note = "name it in `.group_by(..)`, or take an aggregate of it: `max(..)`, `count_of(..)`"
)]
pub trait IsGrouped<S, C, I> {}

impl<P, C, S> IsGrouped<S, C, Here> for Then<P, Col<C, S>> {}

/// Grouped by its primary key, a table has one value of each column.
impl<P, C, S> IsGrouped<S, C, Here> for Then<P, AllOf<S>> {}

impl<P: IsGrouped<S, C, I>, K, C, S, I> IsGrouped<S, C, There<I>> for Then<P, K> {}

impl<F, G, S, C, I, J> Has<S, C, (I, J)> for Grouped<F, G>
where
    G: IsGrouped<S, C, I>,
    F: Has<S, C, J>,
{
    type Null = F::Null;
}

/// The expression `E` is a key of the GROUP BY clause `Self`; `I` is inferred.
pub trait HasKey<E, I> {}

impl<P, E> HasKey<E, Here> for Then<P, E> {}

impl<P: HasKey<E, I>, K, E, I> HasKey<E, There<I>> for Then<P, K> {}

/// How an expression is within a scope because it is a key of its GROUP BY clause.
pub struct AsKey<I>(PhantomData<I>);

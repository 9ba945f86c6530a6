//! Whether an expression aggregates, and what it may name then.

use crate::group::{Grouped, Grouping, Ordering};
use std::marker::PhantomData;

/// [`Plain`], [`Aggregated`], or [`Once`] of either.
pub trait Kind: 'static {
    /// Aggregated if either is.
    type With<K: Kind>: Kind;
    /// What a selection of this kind sees of the FROM clause `F` under the GROUP BY clause `G`.
    type Scope<F, G: Grouping>;
    /// Whether it is of a group of rows.
    const AGGREGATES: bool;
    /// Whether equal rows of it become one.
    const DISTINCT: bool = false;
}

/// Of one row.
pub enum Plain {}

/// Of a group of rows.
pub enum Aggregated {}

/// Of the kind `K`, and equal rows become one.
pub struct Once<K>(PhantomData<K>);

impl<K: Kind> Kind for Once<K> {
    type With<L: Kind> = Once<K::With<L>>;
    type Scope<F, G: Grouping> = K::Scope<F, G>;
    const AGGREGATES: bool = K::AGGREGATES;
    const DISTINCT: bool = true;
}

impl Kind for Plain {
    type With<K: Kind> = K;
    type Scope<F, G: Grouping> = G::Scope<F>;
    const AGGREGATES: bool = false;
}

impl Kind for Aggregated {
    type With<K: Kind> = Aggregated;
    type Scope<F, G: Grouping> = Grouped<F, G::Keys>;
    const AGGREGATES: bool = true;
}

/// A selection, an expression or an order: each is of a kind.
pub trait Kinded {
    /// Of which.
    type Kind: Kind;
}

/// A query of this kind over `F`, grouped by `G`, may be ordered by the keys `O`; `I` is inferred. Those of rows were looked
/// at where they were added, when nothing was known yet of what else the query aggregates.
pub trait Orders<O, F, G, I> {}

impl<O, F, G> Orders<O, F, G, ()> for Plain {}

impl<O, F, G: Ordering<O, F, I>, I> Orders<O, F, G, (I,)> for Aggregated {}

impl<O, F, G, I, K: Orders<O, F, G, I>> Orders<O, F, G, I> for Once<K> {}

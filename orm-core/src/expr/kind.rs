//! Whether an expression aggregates, and what it may name then.

use crate::group::Grouping;

/// [`Plain`] or [`Aggregated`].
pub trait Kind: 'static {
    /// Aggregated if either is.
    type With<K: Kind>: Kind;
    /// What a selection of this kind sees of the FROM clause `F` under the GROUP BY clause `G`.
    type Scope<F, G: Grouping>;
    /// Whether it is of a group of rows.
    const AGGREGATES: bool;
}

/// Of one row.
pub enum Plain {}

/// Of a group of rows.
pub enum Aggregated {}

impl Kind for Plain {
    type With<K: Kind> = K;
    type Scope<F, G: Grouping> = G::Scope<F>;
    const AGGREGATES: bool = false;
}

impl Kind for Aggregated {
    type With<K: Kind> = Aggregated;
    type Scope<F, G: Grouping> = crate::group::Grouped<F, G::Keys>;
    const AGGREGATES: bool = true;
}

/// A selection, an expression or an order: each is of a kind.
pub trait Kinded {
    /// Of which.
    type Kind: Kind;
    /// Whether equal rows of it become one.
    const DISTINCT: bool = false;
}

//! GROUP BY and HAVING: which columns a selection may name beside aggregates.

use crate::args::{Args, Bind};
use crate::condition::{Nothing, Then};
use crate::expr::{Expr, Within};
use crate::from::{Has, Here, There};
use crate::select::AllOf;
use crate::sql::{Level, Node, Sql, has_params};
use crate::table::{Col, Column, Source, Table};
use std::marker::PhantomData;

/// The clauses GROUP BY and HAVING, possibly absent.
pub trait Grouping: Bind {
    /// What a selection without aggregates sees of the FROM clause `F`.
    type Scope<F>;
    /// What is grouped by.
    type Keys;
    /// The conditions of HAVING.
    type Conditions;
    /// With other keys.
    type Regrouped<N>;
    /// With one more condition of HAVING.
    type Having<E>;
    /// The text.
    const CLAUSES: &'static Node;
    /// The keys, as items, if one of them has parameters.
    const PARAMETERIZED: Option<&'static Node>;

    /// Changes the keys.
    fn regroup<N>(self, change: impl FnOnce(Self::Keys) -> N) -> Self::Regrouped<N>;

    /// Adds a condition of HAVING.
    fn having<E>(self, condition: E) -> Self::Having<E>;
}

impl Grouping for Nothing {
    type Scope<F> = F;
    type Keys = Nothing;
    type Conditions = Nothing;
    type Regrouped<N> = N;
    type Having<E> = Having<Nothing, Then<Nothing, E>>;
    const CLAUSES: &'static Node = &Node::Text("");
    const PARAMETERIZED: Option<&'static Node> = None;

    fn regroup<N>(self, change: impl FnOnce(Self) -> N) -> N {
        change(self)
    }

    fn having<E>(self, condition: E) -> Self::Having<E> {
        Having(self, Then(Nothing, condition))
    }
}

impl<P: Sql + Bind, K: Sql + Bind> Grouping for Then<P, K> {
    type Scope<F> = Grouped<F, Self>;
    type Keys = Self;
    type Conditions = Nothing;
    type Regrouped<N> = N;
    type Having<E> = Having<Self, Then<Nothing, E>>;
    const CLAUSES: &'static Node =
        &Node::Clause { prefix: " group by ", separator: ", ", level: Level::Free, items: Self::NODE };
    const PARAMETERIZED: Option<&'static Node> = if has_params(Self::NODE) { Some(Self::NODE) } else { None };

    fn regroup<N>(self, change: impl FnOnce(Self) -> N) -> N {
        change(self)
    }

    fn having<E>(self, condition: E) -> Self::Having<E> {
        Having(self, Then(Nothing, condition))
    }
}

/// The GROUP BY clause `G` with the conditions `H` of a HAVING clause.
#[derive(Debug, Clone, Copy)]
pub struct Having<G, H>(G, H);

impl<G: Grouping, H: Sql + Bind> Grouping for Having<G, H> {
    type Scope<F> = Grouped<F, G::Keys>;
    type Keys = G::Keys;
    type Conditions = H;
    type Regrouped<N> = Having<G::Regrouped<N>, H>;
    type Having<E> = Having<G, Then<H, E>>;
    const CLAUSES: &'static Node = &Node::Cat(&[
        G::CLAUSES,
        &Node::Clause { prefix: " having ", separator: " and ", level: Level::And, items: H::NODE },
    ]);
    const PARAMETERIZED: Option<&'static Node> = G::PARAMETERIZED;

    fn regroup<N>(self, change: impl FnOnce(G::Keys) -> N) -> Self::Regrouped<N> {
        Having(self.0.regroup(change), self.1)
    }

    fn having<E>(self, condition: E) -> Self::Having<E> {
        Having(self.0, Then(self.1, condition))
    }
}

impl<G: Bind, H: Bind> Bind for Having<G, H> {
    const IS_EMPTY: bool = G::IS_EMPTY && H::IS_EMPTY;

    fn bind(&self, args: &mut Args) {
        self.0.bind(args);
        self.1.bind(args);
    }
}

/// Aggregates of the rows of `F`, grouped by `Self`, may be ordered by the keys `O`; `I` is inferred. `group_by` and
/// `having` have looked at them, so only where there is neither they are looked at when the query is run.
pub trait Ordering<O, F, I> {}

impl<O: Within<Grouped<F, Self>, I>, F, I> Ordering<O, F, I> for Nothing {}

impl<O, F, P, K> Ordering<O, F, ()> for Then<P, K> {}

impl<O, F, G, H> Ordering<O, F, ()> for Having<G, H> {}

/// What `group_by` takes, added to the keys `G`: an expression, a table for its primary key, or a tuple of them.
pub trait IntoKeys<G> {
    /// All keys.
    type Keys;

    /// All keys.
    fn add_to(self, keys: G) -> Self::Keys;
}

impl<E: Expr, G> IntoKeys<G> for E {
    type Keys = Then<G, E>;

    fn add_to(self, keys: G) -> Self::Keys {
        Then(keys, self)
    }
}

impl<S: Source, G> IntoKeys<G> for AllOf<S>
where
    <S::Table as Table>::PrimaryKey: KeyColumns<S::Table>,
{
    type Keys = Then<G, PrimaryKeyOf<S>>;

    fn add_to(self, keys: G) -> Self::Keys {
        Then(keys, PrimaryKeyOf(PhantomData))
    }
}

/// Adds the keys of a tuple one after the other.
macro_rules! tuples {
    ($($first:ident $($key:ident after $before:ty),*;)*) => {$(
        #[expect(non_snake_case, reason = "a key is called as its type")]
        impl<G, $first: IntoKeys<G>, $($key: IntoKeys<$before>),*> IntoKeys<G> for ($first, $($key,)*) {
            type Keys = tuples!(@last <$first as IntoKeys<G>>::Keys; $($key after $before),*);

            fn add_to(self, keys: G) -> Self::Keys {
                let ($first, $($key,)*) = self;
                let keys = $first.add_to(keys);
                $(let keys = $key.add_to(keys);)*
                keys
            }
        }
    )*};
    (@last $keys:ty;) => { $keys };
    (@last $keys:ty; $key:ident after $before:ty $(, $next:ident after $others:ty)*) => {
        tuples!(@last <$key as IntoKeys<$before>>::Keys; $($next after $others),*)
    };
}

type Keyed<G, K> = <K as IntoKeys<G>>::Keys;

tuples! {
    A;
    A B after Keyed<G, A>;
    A B after Keyed<G, A>, C after Keyed<Keyed<G, A>, B>;
    A B after Keyed<G, A>, C after Keyed<Keyed<G, A>, B>, D after Keyed<Keyed<Keyed<G, A>, B>, C>;
    A B after Keyed<G, A>, C after Keyed<Keyed<G, A>, B>, D after Keyed<Keyed<Keyed<G, A>, B>, C>,
        E after Keyed<Keyed<Keyed<Keyed<G, A>, B>, C>, D>;
    A B after Keyed<G, A>, C after Keyed<Keyed<G, A>, B>, D after Keyed<Keyed<Keyed<G, A>, B>, C>,
        E after Keyed<Keyed<Keyed<Keyed<G, A>, B>, C>, D>,
        F after Keyed<Keyed<Keyed<Keyed<Keyed<G, A>, B>, C>, D>, E>;
}

/// The columns of a table's primary key, as keys of groups.
#[derive(Debug)]
pub struct PrimaryKeyOf<S>(PhantomData<S>);

impl<S> Clone for PrimaryKeyOf<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for PrimaryKeyOf<S> {}

impl<S: Source> Sql for PrimaryKeyOf<S>
where
    <S::Table as Table>::PrimaryKey: KeyColumns<S::Table>,
{
    const NODE: &'static Node =
        &Node::Columns(S::ALIAS, <<S::Table as Table>::PrimaryKey as KeyColumns<S::Table>>::COLUMNS);
}

impl<S> Bind for PrimaryKeyOf<S> {
    const IS_EMPTY: bool = true;

    fn bind(&self, _: &mut Args) {}
}

/// `Self` is a primary key of the table `T`.
#[diagnostic::on_unimplemented(
    message = "`{T}` has no primary key to group by",
    label = "groups by the primary key of `{T}`",
    note = "name the columns: `.group_by(({T}.column, ..))`"
)]
pub trait KeyColumns<T> {
    /// The columns, quoted.
    const COLUMNS: &'static [&'static str];
}

macro_rules! key_columns {
    ($(($($C:ident)*))*) => {$(
        impl<T, $($C: Column),*> KeyColumns<T> for ($($C,)*) {
            const COLUMNS: &'static [&'static str] = &[$($C::NAME.quoted),*];
        }
    )*};
}

key_columns! { (A) (A B) (A B C) (A B C D) }

/// The groups that the keys `G` make of the rows of `F`; one group of all rows if they are [`Nothing`].
pub struct Grouped<F, G>(PhantomData<(F, G)>);

/// The column `C` of `S`, or `S` itself, has one value in each group; `I` is inferred.
#[diagnostic::on_unimplemented(
    message = "`{C}` has many values in a group of rows",
    label = "neither in GROUP BY nor inside an aggregate",
    note = "name it in `.group_by(..)`, or take an aggregate of it: `max(..)`, `count_of(..)`"
)]
pub trait IsGrouped<S, C, I> {}

impl<P, C, S> IsGrouped<S, C, Here> for Then<P, Col<C, S>> {}

/// Grouped by its primary key, a table has one value of each column.
impl<P, C, S> IsGrouped<S, C, Here> for Then<P, PrimaryKeyOf<S>> {}

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

/// The scope `Self` is of groups of rows: aggregates may stand in it.
#[diagnostic::on_unimplemented(
    message = "an aggregate cannot stand here, where rows are not grouped yet",
    label = "an aggregate, or made of one",
    note = "conditions of groups go into `.having(..)`"
)]
pub trait Groups {
    /// The FROM clause whose rows are grouped.
    type Rows;
}

impl<F, G> Groups for Grouped<F, G> {
    type Rows = F;
}

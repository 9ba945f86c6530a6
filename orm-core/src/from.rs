//! FROM: which tables a query sees, and whether their rows may be missing.

use crate::args::{Args, Bind};
use crate::sql::{Node, Sql};
use crate::table::{Source, Table};
use crate::value::{NotNull, Nullability, Nullable};
use std::marker::PhantomData;

/// The FROM clause `Self` has the table or alias `T`, of which the column `C` is wanted, or [`AllColumns`]; `I`, its
/// place there, is inferred.
#[diagnostic::on_unimplemented(
    message = "`{T}` is not in this query's FROM clause",
    label = "`{T}` is used here, but the query neither selects from it nor joins it",
    note = "start with `.from({T})`, or join it first: `.join({T}, ..)` or `.left_join({T}, ..)`"
)]
pub trait Has<T, C, I> {
    /// Whether its rows may be missing.
    type Null: Nullability;
}

/// Every column.
pub enum AllColumns {}

/// The place of the last table of a FROM clause.
pub enum Here {}

/// The place `I` of the FROM clause before the last join.
pub struct There<I>(PhantomData<I>);

/// No FROM clause: no column can be used.
#[derive(Debug, Clone, Copy)]
pub struct NoFrom;

/// `from "workers"`
#[derive(Debug, Clone, Copy)]
pub struct FromTable<T>(PhantomData<T>);

impl<T> FromTable<T> {
    /// The one value of the type.
    pub const NEW: Self = FromTable(PhantomData);
}

/// `F join T on On`; `K` is the kind of join.
#[derive(Debug, Clone, Copy)]
pub struct Join<F, T, K, On> {
    from: F,
    on: On,
    marker: PhantomData<(T, K)>,
}

impl<F, T, K, On> Join<F, T, K, On> {
    pub(crate) fn new(from: F, on: On) -> Self {
        Join { from, on, marker: PhantomData }
    }
}

/// A kind of join.
pub trait JoinKind: 'static {
    /// Its words, with their blanks.
    const TEXT: &'static str;
    /// Between the table and the condition.
    const ON: &'static str = " on ";
    /// Whether the joined table's rows may be missing.
    type Null: Nullability;
    /// Whether the rows of the tables before it may be missing.
    type Before: Nullability;
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident $text:literal $before:ident $null:ident $($on:literal)?;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub enum $name {}

        impl JoinKind for $name {
            const TEXT: &'static str = $text;
            $(const ON: &'static str = $on;)?
            type Null = $null;
            type Before = $before;
        }
    )*};
}

kinds! {
    /// `join`
    Inner " join " NotNull NotNull;
    /// `left join`
    Left " left join " NotNull Nullable;
    /// `right join`
    Right " right join " Nullable NotNull;
    /// `full join`
    Full " full join " Nullable Nullable;
    /// `cross join`
    Cross " cross join " NotNull NotNull "";
}

/// `F`, and the table `T` of a query around this one.
#[derive(Debug, Clone, Copy)]
pub struct Outer<F, T> {
    from: F,
    marker: PhantomData<T>,
}

impl<F, T> Outer<F, T> {
    pub(crate) fn new(from: F) -> Self {
        Outer { from, marker: PhantomData }
    }
}

impl<T, C> Has<T, C, Here> for FromTable<T> {
    type Null = NotNull;
}

impl<F, T, K: JoinKind, On, C> Has<T, C, Here> for Join<F, T, K, On> {
    type Null = K::Null;
}

impl<F: Has<U, C, I>, T, U, K, On, C, I> Has<U, C, There<I>> for Join<F, T, K, On>
where
    K: JoinKind,
{
    type Null = <F::Null as Nullability>::Or<K::Before>;
}

impl<F, T, C> Has<T, C, Here> for Outer<F, T> {
    type Null = NotNull;
}

impl<F: Has<U, C, I>, T, U, C, I> Has<U, C, There<I>> for Outer<F, T> {
    type Null = F::Null;
}

/// What the FROM clause `Self` of a subquery takes from the queries around it, `F` has; `I` is inferred.
pub trait Correlated<F, I> {}

impl<F> Correlated<F, ()> for NoFrom {}

impl<F, T> Correlated<F, ()> for FromTable<T> {}

impl<F, G: Correlated<F, I>, T, K, On, I> Correlated<F, (I,)> for Join<G, T, K, On> {}

impl<F: Has<T, AllColumns, J>, G: Correlated<F, I>, T, I, J> Correlated<F, (I, J)> for Outer<G, T> {}

/// `"workers"` or `"workers" as "boss"`
pub(crate) struct Named<T>(PhantomData<T>);

impl<T: Source> Sql for Named<T> {
    const NODE: &'static Node = if T::IS_TABLE {
        &Node::Text(<T::Table as Table>::QUOTED)
    } else {
        &Node::Cat(&[&Node::Text(<T::Table as Table>::QUOTED), &Node::Text(" as "), &Node::Text(T::ALIAS)])
    };
}

impl Sql for NoFrom {
    const NODE: &'static Node = &Node::Text("");
}

impl Bind for NoFrom {
    const IS_EMPTY: bool = true;

    fn bind(&self, _: &mut Args) {}
}

impl<T: Source> Sql for FromTable<T> {
    const NODE: &'static Node = &Node::Cat(&[&Node::Text(" from "), <Named<T> as Sql>::NODE]);
}

impl<T> Bind for FromTable<T> {
    const IS_EMPTY: bool = true;

    fn bind(&self, _: &mut Args) {}
}

impl<F: Sql, T: Source, K: JoinKind, On: Sql> Sql for Join<F, T, K, On> {
    const NODE: &'static Node =
        &Node::Cat(&[F::NODE, &Node::Text(K::TEXT), <Named<T> as Sql>::NODE, &Node::Text(K::ON), On::NODE]);
}

impl<F: Sql, T> Sql for Outer<F, T> {
    const NODE: &'static Node = F::NODE;
}

impl<F: Bind, T> Bind for Outer<F, T> {
    const IS_EMPTY: bool = F::IS_EMPTY;

    fn bind(&self, args: &mut Args) {
        self.from.bind(args);
    }
}

impl<F: Bind, T, K, On: Bind> Bind for Join<F, T, K, On> {
    fn bind(&self, args: &mut Args) {
        self.from.bind(args);
        self.on.bind(args);
    }
}

//! FROM: which tables a query sees, and whether their rows may be missing.

use crate::args::{Args, Bind};
use crate::copied::copied;
use crate::expr::Subquery;
use crate::sql::{Node, Sql};
use crate::table::{Columns, Source, Table};
use crate::value::{NotNull, Nullability, Nullable};
use std::marker::PhantomData;

/// The FROM clause `Self` has the table or alias `T`, of which the column `C` is wanted, or `T` itself for all of them;
/// `I`, its place there, is inferred.
#[diagnostic::on_unimplemented(
    message = "`{T}` is not in this query's FROM clause",
    label = "`{T}` is used here, but the query neither selects from it nor joins it",
    note = "start with `.from({T})`, or join it first: `.join({T}, ..)` or `.left_join({T}, ..)`; in a subquery, `.outer({T})` takes it from the query around"
)]
pub trait Has<T, C, I> {
    /// Whether its rows may be missing.
    type Null: Nullability;
}

/// The place of the last table of a FROM clause.
pub enum Here {}

/// The place `I` of the FROM clause before the last join.
pub struct There<I>(PhantomData<I>);

/// No FROM clause: no column can be used.
#[derive(Debug, Clone, Copy)]
pub struct NoFrom;

/// `from "workers"`
#[derive(Debug)]
pub struct FromTable<T>(PhantomData<T>);

copied!([T] FromTable<T>);

impl<T> FromTable<T> {
    /// The one value of the type.
    pub const NEW: Self = FromTable(PhantomData);
}

/// `F join T on On`; `K` is the kind of join, `R` is where the rows of `T` come from.
#[derive(Debug)]
pub struct Join<F, T, K, On, R = Named<T>> {
    from: F,
    rows: R,
    on: On,
    marker: PhantomData<(T, K)>,
}

copied!([F, T, K, On, R] Join<F, T, K, On, R> { from, rows, on, marker }, F, On, R);

impl<F, T, K, On, R> Join<F, T, K, On, R> {
    pub(crate) fn new(from: F, rows: R, on: On) -> Self {
        Join { from, rows, on, marker: PhantomData }
    }
}

/// `from (query) as T`
#[derive(Debug)]
pub struct FromQuery<T, R> {
    rows: R,
    marker: PhantomData<T>,
}

copied!([T, R] FromQuery<T, R> { rows, marker }, R);

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
#[derive(Debug)]
pub struct Outer<F, T> {
    from: F,
    marker: PhantomData<T>,
}

copied!([F, T] Outer<F, T> { from, marker }, F);

impl<F, T> Outer<F, T> {
    pub(crate) fn new(from: F) -> Self {
        Outer { from, marker: PhantomData }
    }
}

impl<T, C> Has<T, C, Here> for FromTable<T> {
    type Null = NotNull;
}

impl<T, R, C> Has<T, C, Here> for FromQuery<T, R> {
    type Null = NotNull;
}

impl<F, T, K: JoinKind, On, R, C> Has<T, C, Here> for Join<F, T, K, On, R> {
    type Null = K::Null;
}

impl<F: Has<U, C, I>, T, U, K, On, R, C, I> Has<U, C, There<I>> for Join<F, T, K, On, R>
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

/// A FROM clause that begins with a table or an alias of one.
#[diagnostic::on_unimplemented(
    message = "this query has no table to find a row of",
    label = "its FROM clause does not begin with a table",
    note = "start with `.from(Worker)`; rows of a query are filtered: `.filter(..)`"
)]
pub trait BeginsWith {
    /// The table or alias.
    type First: Source;
}

impl<T: Source> BeginsWith for FromTable<T> {
    type First = T;
}

impl<F: BeginsWith, T, K, On, R> BeginsWith for Join<F, T, K, On, R> {
    type First = F::First;
}

impl<F: BeginsWith, T> BeginsWith for Outer<F, T> {
    type First = F::First;
}

/// What the FROM clause `Self` of a subquery takes from the queries around it, `F` has; `I` is inferred.
pub trait Correlated<F, I> {}

impl<F> Correlated<F, ()> for NoFrom {}

impl<F, T> Correlated<F, ()> for FromTable<T> {}

impl<F, T, R> Correlated<F, ()> for FromQuery<T, R> {}

impl<F, G: Correlated<F, I>, T, K, On, R, I> Correlated<F, (I,)> for Join<G, T, K, On, R> {}

impl<F: Has<T, T, J>, G: Correlated<F, I>, T, I, J> Correlated<F, (I, J)> for Outer<G, T> {}

/// A query, or the FROM clause of one, that may name columns of the queries around it.
pub trait Inside {
    /// Whether it does.
    const IS_CORRELATED: bool;
}

impl Inside for NoFrom {
    const IS_CORRELATED: bool = false;
}

impl<T> Inside for FromTable<T> {
    const IS_CORRELATED: bool = false;
}

impl<T, R> Inside for FromQuery<T, R> {
    const IS_CORRELATED: bool = false;
}

impl<F: Inside, T, K, On, R> Inside for Join<F, T, K, On, R> {
    const IS_CORRELATED: bool = F::IS_CORRELATED;
}

impl<F, T> Inside for Outer<F, T> {
    const IS_CORRELATED: bool = true;
}

/// What `from` and `join` take: a table, an alias of one, or a query that [`as_`](crate::select::Select::as_) names.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a table",
    label = "expected a table, an alias, or a query with a name",
    note = "name a struct that derives `Table`, such as `Worker`, an `alias!`, or `select(..).as_(Totals)`"
)]
pub trait IntoSource {
    /// What its columns are columns of.
    type Source: Source;
    /// The FROM clause of nothing else.
    type From;
    /// Where the rows come from.
    type Rows;

    /// The FROM clause of nothing else.
    fn into_from(self) -> Self::From;

    /// Where the rows come from.
    fn into_rows(self) -> Self::Rows;
}

impl<C: Columns> IntoSource for C {
    type Source = C::Source;
    type From = FromTable<C::Source>;
    type Rows = Named<C::Source>;

    fn into_from(self) -> Self::From {
        FromTable::NEW
    }

    fn into_rows(self) -> Self::Rows {
        Named::NEW
    }
}

/// The table or query `Self` may begin a FROM clause that is `F` so far.
pub trait Begins<F> {
    /// The clause.
    type Clause;

    /// The clause.
    fn begin(self) -> Self::Clause;
}

impl<T: IntoSource> Begins<NoFrom> for T {
    type Clause = T::From;

    fn begin(self) -> T::From {
        self.into_from()
    }
}

/// A whole table is selected from itself.
impl<T, S> Begins<FromTable<S>> for T
where
    T: IntoSource<Source: Is<S, Clause<T::From> = T::From>>,
{
    type Clause = <T::Source as Is<S>>::Clause<T::From>;

    fn begin(self) -> T::From {
        self.into_from()
    }
}

/// `Self` is the source `S`. What follows is said of [`Clause`](Is::Clause), so that of a second FROM clause nothing else is
/// complained of.
#[diagnostic::on_unimplemented(
    message = "the query is from `{S}` already",
    label = "a second FROM clause",
    note = "further tables are joined: `.join({Self}, ..)`"
)]
pub trait Is<S> {
    /// `F`
    type Clause<F>;
}

impl<S> Is<S> for S {
    type Clause<F> = F;
}

/// The rows of the query `Q` under the name of `T`.
#[derive(Debug)]
pub struct Derived<T, Q> {
    query: Q,
    marker: PhantomData<T>,
}

copied!([T, Q] Derived<T, Q> { query, marker }, Q);

impl<T, Q> Derived<T, Q> {
    pub(crate) fn new(query: Q) -> Self {
        Derived { query, marker: PhantomData }
    }
}

impl<T: Source, Q> IntoSource for Derived<T, Q> {
    type Source = T;
    type From = FromQuery<T, Self>;
    type Rows = Self;

    fn into_from(self) -> Self::From {
        FromQuery { rows: self, marker: PhantomData }
    }

    fn into_rows(self) -> Self {
        self
    }
}

/// The rows `Self` may be joined to the FROM clause `F`: what a query takes from it, it has; `I` is inferred.
pub trait Joins<F, I> {}

impl<F, T> Joins<F, ()> for Named<T> {}

impl<F, T, Q: Subquery<F, I>, I> Joins<F, (I,)> for Derived<T, Q> {}

impl<T: Source, Q: Sql + Inside> Sql for Derived<T, Q> {
    const NODE: &'static Node = &Node::Cat(&[
        &Node::Text(if Q::IS_CORRELATED { "lateral (" } else { "(" }),
        Q::NODE,
        &Node::Text(") as "),
        &Node::Text(T::ALIAS),
        &Node::Text("("),
        &Node::Names(<T::Table as Table>::COLUMNS),
        &Node::Text(")"),
    ]);
}

impl<T, Q: Bind> Bind for Derived<T, Q> {
    fn bind(&self, args: &mut Args) {
        self.query.bind(args);
    }
}

impl<T, R: Sql> Sql for FromQuery<T, R> {
    const NODE: &'static Node = &Node::Cat(&[&Node::Text(" from "), R::NODE]);
}

impl<T, R: Bind> Bind for FromQuery<T, R> {
    fn bind(&self, args: &mut Args) {
        self.rows.bind(args);
    }
}

/// `"workers"` or `"workers" as "boss"`
#[derive(Debug)]
pub struct Named<T>(PhantomData<T>);

impl<T> Named<T> {
    /// The one value of the type.
    pub(crate) const NEW: Self = Named(PhantomData);
}

impl<T> Clone for Named<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Named<T> {}

impl<T> Bind for Named<T> {
    const IS_EMPTY: bool = true;

    fn bind(&self, _: &mut Args) {}
}

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

impl<F: Sql, T, K: JoinKind, On: Sql, R: Sql> Sql for Join<F, T, K, On, R> {
    const NODE: &'static Node =
        &Node::Cat(&[F::NODE, &Node::Text(K::TEXT), R::NODE, &Node::Text(K::ON), On::NODE]);
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

impl<F: Bind, T, K, On: Bind, R: Bind> Bind for Join<F, T, K, On, R> {
    fn bind(&self, args: &mut Args) {
        self.from.bind(args);
        if !R::IS_EMPTY {
            self.rows.bind(args);
        }
        self.on.bind(args);
    }
}

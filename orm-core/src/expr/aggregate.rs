//! Aggregates: `count`, `sum` and their kin, of groups of rows.

use super::{
    Aggregated, Boolean, Expr, IntoExpr, Kinded, OrderKey, TextValue, Within, calculates, expression,
};
use crate::args::{Args, Bind};
use crate::condition::{Condition, Nothing, Then};
use crate::copied::copied;
use crate::group::Groups;
use crate::sql::{Level, Node, Sql};
use crate::value::{BaseValue, Element, NotNull, Nullability, Nullable};
use std::marker::PhantomData;

/// The aggregate `A` of `E`: of distinct values or all (`D`), in the order `O`, of the rows that fulfil `W`.
#[derive(Debug)]
pub struct Aggregate<A, E, D = AllValues, O = Nothing, W = Nothing> {
    operand: E,
    order: O,
    filter: W,
    marker: PhantomData<(A, D)>,
}

copied!([A, E, D, O, W] Aggregate<A, E, D, O, W> { operand, order, filter, marker }, E, O, W);

/// Of all values.
#[derive(Debug, Clone, Copy)]
pub enum AllValues {}

/// Of distinct values.
#[derive(Debug, Clone, Copy)]
pub enum DistinctValues {}

/// [`AllValues`] or [`DistinctValues`].
pub trait Quantifier: 'static {
    /// Before the operand.
    const TEXT: &'static str;
}

impl Quantifier for AllValues {
    const TEXT: &'static str = "(";
}

impl Quantifier for DistinctValues {
    const TEXT: &'static str = "(distinct ";
}

/// An aggregate function, of the operand `E`.
pub trait AggregateFunction<E> {
    /// Its name.
    const NAME: &'static str;
    /// The type of its result.
    type Base: BaseValue;
    /// Whether it may be NULL: of no row most are.
    type Null: Nullability;
}

/// The operand of `count(*)`.
#[derive(Debug, Clone, Copy)]
pub struct Star;

impl Sql for Star {
    const NODE: &'static Node = &Node::Text("*");
}

impl Bind for Star {
    const IS_EMPTY: bool = true;

    fn bind(&self, _: &mut Args) {}
}

impl<F> Within<F, ()> for Star {
    type Null = NotNull;
}

/// The operands of `string_agg`.
#[derive(Debug, Clone, Copy)]
pub struct Delimited<E, D>(E, D);

impl<E: Sql, D: Sql> Sql for Delimited<E, D> {
    const NODE: &'static Node = &Node::Cat(&[E::NODE, &Node::Text(", "), D::NODE]);
}

impl<E: Bind, D: Bind> Bind for Delimited<E, D> {
    fn bind(&self, args: &mut Args) {
        self.0.bind(args);
        self.1.bind(args);
    }
}

impl<E: Within<F, I>, D: Within<F, J>, F, I, J> Within<F, (I, J)> for Delimited<E, D> {
    type Null = E::Null;
}

/// A type that `sum` adds up.
#[diagnostic::on_unimplemented(message = "an SQL `{Self}` cannot be added up", label = "`sum` is of numbers")]
pub trait Sum: BaseValue {
    /// The type of the sum: wider than that of the values, as the manual's
    /// [table of aggregates](https://www.postgresql.org/docs/current/functions-aggregate.html) has it.
    type Sum: BaseValue;
}

/// A type that `avg` takes the mean of.
#[diagnostic::on_unimplemented(message = "an SQL `{Self}` has no mean", label = "`avg` is of numbers")]
pub trait Average: BaseValue {
    /// The type of the mean.
    type Average: BaseValue;
}

macro_rules! sums {
    ($($(#[$cfg:meta])* $ty:ty => $sum:ty, $average:ty;)*) => {$(
        $(#[$cfg])*
        impl Sum for $ty {
            type Sum = $sum;
        }

        $(#[$cfg])*
        impl Average for $ty {
            type Average = $average;
        }
    )*};
}

#[cfg(feature = "rust_decimal")]
sums! {
    i16 => i64, rust_decimal::Decimal;
    i32 => i64, rust_decimal::Decimal;
    i64 => rust_decimal::Decimal, rust_decimal::Decimal;
    rust_decimal::Decimal => rust_decimal::Decimal, rust_decimal::Decimal;
}

#[cfg(not(feature = "rust_decimal"))]
impl Sum for i16 {
    type Sum = i64;
}

#[cfg(not(feature = "rust_decimal"))]
impl Sum for i32 {
    type Sum = i64;
}

sums! {
    f32 => f32, f64;
    f64 => f64, f64;
}

macro_rules! functions {
    ($($name:ident $(<$result:ident>)? $text:literal [$($bounds:tt)*] $base:ty, $null:ident;)*) => {$(
        #[doc = concat!("`", $text, "`")]
        #[derive(Debug, Clone, Copy)]
        pub struct $name $(<$result>(PhantomData<$result>))?;

        impl<E: Expr $(, $result: BaseValue)?> AggregateFunction<E> for $name $(<$result>)?
        $($bounds)*
        {
            const NAME: &'static str = $text;
            type Base = $base;
            type Null = $null;
        }
    )*};
}

// What an operand must be is said by the functions that make the aggregates, and only there: said again here, each
// mistake would be complained of at every later step.
functions! {
    CountOf "count" [] i64, NotNull;
    SumOf<T> "sum" [] T, Nullable;
    AverageOf<T> "avg" [] T, Nullable;
    Minimum "min" [] E::Base, Nullable;
    Maximum "max" [] E::Base, Nullable;
    ArrayOf "array_agg" [where E::Base: Element] Vec<E::Base>, Nullable;
    ArrayOfNullable "array_agg" [where E::Base: Element] Vec<Option<E::Base>>, Nullable;
    Every "bool_and" [] bool, Nullable;
    Any "bool_or" [] bool, Nullable;
}

/// `count(*)`
#[derive(Debug, Clone, Copy)]
pub enum CountRows {}

impl AggregateFunction<Star> for CountRows {
    const NAME: &'static str = "count";
    type Base = i64;
    type Null = NotNull;
}

/// `string_agg`
#[derive(Debug, Clone, Copy)]
pub enum Joined {}

impl<E: Expr, D: Expr> AggregateFunction<Delimited<E, D>> for Joined {
    const NAME: &'static str = "string_agg";
    type Base = String;
    type Null = Nullable;
}

/// The aggregate `Self` takes operands of the nullability `N`.
#[diagnostic::on_unimplemented(
    message = "`array_agg` of something that may be NULL",
    label = "its elements would have to be `Option`s",
    note = "use `array_agg_nullable(..)` for a `Vec<Option<T>>`, or `coalesce(..)`"
)]
pub trait Takes<N> {}

macro_rules! takes_null {
    ($($name:ident $(<$result:ident>)?)*) => {$(impl<N $(, $result)?> Takes<N> for $name $(<$result>)? {})*};
}

takes_null! { CountRows CountOf SumOf<T> AverageOf<T> Minimum Maximum ArrayOfNullable Every Any Joined }

impl Takes<NotNull> for ArrayOf {}

fn aggregate<A, E>(operand: E) -> Aggregate<A, E> {
    Aggregate { operand, order: Nothing, filter: Nothing, marker: PhantomData }
}

/// `count(*)`: how many rows.
///
/// ```
/// # use mizzle::prelude::*;
/// # #[derive(Table)]
/// # #[orm(table = "workers")]
/// # struct Worker { #[orm(primary_key, identity)] id: i64, name: String, score: i32 }
/// let good = select((count(), count().filter(Worker.score.gt(90)), sum(Worker.score))).from(Worker);
/// ```
pub fn count() -> Aggregate<CountRows, Star> {
    aggregate(Star)
}

/// `count(expression)`: how many values that are not NULL.
pub fn count_of<E: Expr>(expression: E) -> Aggregate<CountOf, E> {
    aggregate(expression)
}

/// `sum(expression)`: `Option<i64>` of the small integers, `Option<Decimal>` of `i64` and `Decimal`; NULL of no rows.
pub fn sum<E: Expr<Base: Sum<Sum = T>>, T>(expression: E) -> Aggregate<SumOf<T>, E> {
    aggregate(expression)
}

/// `avg(expression)`: `Option<Decimal>` of integers and `Decimal`, `Option<f64>` of floats; NULL of no rows.
pub fn avg<E: Expr<Base: Average<Average = T>>, T>(expression: E) -> Aggregate<AverageOf<T>, E> {
    aggregate(expression)
}

/// `min(expression)`: NULL of no rows.
pub fn min<E: Expr>(expression: E) -> Aggregate<Minimum, E> {
    aggregate(expression)
}

/// `max(expression)`: NULL of no rows.
pub fn max<E: Expr>(expression: E) -> Aggregate<Maximum, E> {
    aggregate(expression)
}

/// `array_agg(expression)`: an `Option<Vec<T>>` of values that are never NULL.
///
/// ```
/// # use mizzle::prelude::*;
/// # #[derive(Table)]
/// # #[orm(table = "tasks")]
/// # struct Task { #[orm(primary_key, identity)] id: i64, worker_id: i64, title: String }
/// let titles = select((Task.worker_id, array_agg(Task.title).order_by(Task.id))).from(Task).group_by(Task.worker_id);
/// ```
pub fn array_agg<E: Expr<Base: Element>>(expression: E) -> Aggregate<ArrayOf, E> {
    aggregate(expression)
}

/// `array_agg(expression)`: an `Option<Vec<Option<T>>>`.
pub fn array_agg_nullable<E: Expr<Base: Element>>(expression: E) -> Aggregate<ArrayOfNullable, E> {
    aggregate(expression)
}

/// `string_agg(expression, delimiter)`: NULL of no values.
pub fn string_agg<E, D>(expression: E, delimiter: D) -> Aggregate<Joined, Delimited<E, D::Expr>>
where
    E: Expr<Base: TextValue>,
    D: IntoExpr<String, E>,
{
    aggregate(Delimited(expression, delimiter.into_expr()))
}

/// `bool_and(condition)`: whether it holds for all rows; NULL of no rows.
pub fn bool_and<E: Condition<This = E>>(condition: E) -> Aggregate<Every, E::This> {
    aggregate(condition)
}

/// `bool_or(condition)`: whether it holds for any row; NULL of no rows.
pub fn bool_or<E: Condition<This = E>>(condition: E) -> Aggregate<Any, E::This> {
    aggregate(condition)
}

impl<A, E, D, O, W> Aggregate<A, E, D, O, W> {
    /// `aggregate(distinct ..)`: equal values count once.
    pub fn distinct(self) -> Aggregate<A, E, DistinctValues, O, W> {
        let Aggregate { operand, order, filter, marker: _ } = self;
        Aggregate { operand, order, filter, marker: PhantomData }
    }

    /// `aggregate(.. order by key)`: the order in which the values come; further ones order what earlier ones leave equal.
    pub fn order_by<K: OrderKey>(self, key: K) -> Aggregate<A, E, D, Then<O, K>, W> {
        let Aggregate { operand, order, filter, marker } = self;
        Aggregate { operand, order: Then(order, key), filter, marker }
    }

    /// `aggregate(..) filter (where condition)`: of these rows only; further ones are joined by `and`.
    pub fn filter<C: Expr<Base: Boolean>>(self, condition: C) -> Aggregate<A, E, D, O, Then<W, C>> {
        let Aggregate { operand, order, filter, marker } = self;
        Aggregate { operand, order, filter: Then(filter, condition), marker }
    }
}

impl<A: AggregateFunction<E>, E: Sql, D: Quantifier, O: Sql, W: Sql> Sql for Aggregate<A, E, D, O, W> {
    const NODE: &'static Node = &Node::Cat(&[
        &Node::Text(A::NAME),
        &Node::Text(D::TEXT),
        E::NODE,
        &Node::Clause { prefix: " order by ", separator: ", ", level: Level::Free, items: O::NODE },
        &Node::Text(")"),
        &Node::Clause { prefix: " filter (where ", separator: " and ", level: Level::And, items: W::NODE },
        &Node::Text(if matches!(W::NODE, Node::Text(_)) { "" } else { ")" }),
    ]);
}

impl<A, E: Bind, D, O: Bind, W: Bind> Bind for Aggregate<A, E, D, O, W> {
    fn bind(&self, args: &mut Args) {
        let Aggregate { operand, order, filter, marker: _ } = self;
        operand.bind(args);
        order.bind(args);
        filter.bind(args);
    }
}

impl<A, E, D, O, W> Kinded for Aggregate<A, E, D, O, W> {
    type Kind = Aggregated;
}

impl<A: AggregateFunction<E>, E: Sql + Bind, D: Quantifier, O: Sql + Bind, W: Sql + Bind> Expr
    for Aggregate<A, E, D, O, W>
{
    type Base = A::Base;
}

impl<A, E, D, O, W, F, I, J, K> Within<F, (I, J, K)> for Aggregate<A, E, D, O, W>
where
    F: Groups,
    A: AggregateFunction<E> + Takes<E::Null>,
    E: Within<F::Rows, I>,
    O: Within<F::Rows, J>,
    W: Within<F::Rows, K>,
{
    type Null = A::Null;
}

expression!([A: AggregateFunction<E>, E: Sql + Bind, D: Quantifier, O: Sql + Bind, W: Sql + Bind] Aggregate<A, E, D, O, W>);
calculates!([A: AggregateFunction<E>, E: Sql + Bind, D: Quantifier, O: Sql + Bind, W: Sql + Bind] Aggregate<A, E, D, O, W>);

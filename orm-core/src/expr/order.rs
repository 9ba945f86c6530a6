//! Order: an expression with a direction.

use super::{Expr, Kind, Kinded, Within};
use crate::args::{Args, Bind};
use crate::condition::Then;
use crate::copied::copied;
use crate::group::Grouping;
use crate::sql::{Node, Sql};
use std::marker::PhantomData;

/// What an `order_by` takes: an expression, one with a direction, or an `Option` of either.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an order",
    label = "expected an expression, or `.asc()` or `.desc()` of one"
)]
pub trait OrderKey: Sql + Bind + Kinded {
    /// The key itself. What follows is said of this type, so that of something that is no key nothing else is complained
    /// of.
    type This;
}

/// Left out when it is `None`.
impl<K: OrderKey> OrderKey for Option<K> {
    type This = Self;
}

/// `asc`
#[derive(Debug, Clone, Copy)]
pub enum Ascending {}

/// `desc`
#[derive(Debug, Clone, Copy)]
pub enum Descending {}

/// [`Ascending`] or [`Descending`].
pub trait Direction: 'static {
    /// With its blank.
    const TEXT: &'static str;
}

impl Direction for Ascending {
    const TEXT: &'static str = " asc";
}

impl Direction for Descending {
    const TEXT: &'static str = " desc";
}

/// An expression with a direction.
#[derive(Debug)]
pub struct Ordered<E, D>(pub(crate) E, pub(crate) PhantomData<D>);

copied!([E, D] Ordered<E, D> { 0, 1 }, E);

impl<E, D> Ordered<E, D> {
    /// NULL before everything else.
    ///
    /// ```
    /// # use mizzle::prelude::*;
    /// # #[derive(Table)]
    /// # #[orm(table = "workers")]
    /// # struct Worker { #[orm(primary_key, identity)] id: i64, email: Option<String>, name: String, #[orm(default = 100)] score: i32 }
    /// let query = select(Worker).order_by(Worker.email.asc().nulls_first()).order_by(Worker.email.desc().nulls_last());
    /// ```
    pub fn nulls_first(self) -> NullsOrdered<E, D, true> {
        NullsOrdered(self)
    }

    /// NULL after everything else.
    pub fn nulls_last(self) -> NullsOrdered<E, D, false> {
        NullsOrdered(self)
    }
}

impl<E: Sql, D: Direction> Sql for Ordered<E, D> {
    const NODE: &'static Node = &Node::Cat(&[E::NODE, &Node::Text(D::TEXT)]);
}

impl<E: Bind, D> Bind for Ordered<E, D> {
    const IS_EMPTY: bool = E::IS_EMPTY;

    fn bind(&self, args: &mut Args) {
        self.0.bind(args);
    }
}

impl<E: Expr, D: Direction> OrderKey for Ordered<E, D> {
    type This = Self;
}

impl<E: Kinded, D> Kinded for Ordered<E, D> {
    type Kind = E::Kind;
}

impl<E: Within<F, I>, D, F, I> Within<F, I> for Ordered<E, D> {
    type Null = E::Null;
}

/// An expression with a direction and a place for NULL.
#[derive(Debug)]
pub struct NullsOrdered<E, D, const FIRST: bool>(Ordered<E, D>);

copied!([E, D, const FIRST: bool] NullsOrdered<E, D, FIRST> { 0 }, E);

impl<E: Sql, D: Direction, const FIRST: bool> Sql for NullsOrdered<E, D, FIRST> {
    const NODE: &'static Node =
        &Node::Cat(&[Ordered::<E, D>::NODE, &Node::Text(if FIRST { " nulls first" } else { " nulls last" })]);
}

impl<E: Bind, D, const FIRST: bool> Bind for NullsOrdered<E, D, FIRST> {
    const IS_EMPTY: bool = E::IS_EMPTY;

    fn bind(&self, args: &mut Args) {
        self.0.bind(args);
    }
}

impl<E: Expr, D: Direction, const FIRST: bool> OrderKey for NullsOrdered<E, D, FIRST> {
    type This = Self;
}

impl<E: Kinded, D, const FIRST: bool> Kinded for NullsOrdered<E, D, FIRST> {
    type Kind = E::Kind;
}

impl<E: Within<F, I>, D, const FIRST: bool, F, I> Within<F, I> for NullsOrdered<E, D, FIRST> {
    type Null = E::Null;
}

/// What `order_by` takes, after the keys `O` of a query over `F` in the groups `G`: a key, or a tuple of them; `I` is
/// inferred.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an order",
    label = "expected an expression, `.asc()` or `.desc()` of one, or a tuple of at most six of them"
)]
pub trait IntoOrder<O, F, G, I> {
    /// All keys.
    type Order;

    /// All keys.
    fn add_to(self, order: O) -> Self::Order;
}

impl<E, O, F, G: Grouping, I> IntoOrder<O, F, G, I> for E
where
    E: OrderKey<This = E>,
    E::This: Within<<E::Kind as Kind>::Scope<F, G>, I>,
{
    type Order = Then<O, E::This>;

    fn add_to(self, order: O) -> Then<O, E> {
        Then(order, self)
    }
}

impl<A: IntoOrder<O, F, G, I>, O, F, G, I> IntoOrder<O, F, G, (I,)> for (A,) {
    type Order = A::Order;

    fn add_to(self, order: O) -> A::Order {
        self.0.add_to(order)
    }
}

/// The first key of a tuple, then the tuple of the others.
macro_rules! tuples {
    ($($first:ident $($key:ident)+;)*) => {$(
        #[expect(non_snake_case, reason = "a key is called as its type")]
        impl<$first, $($key,)+ O, F, G, I, J> IntoOrder<O, F, G, (I, J)> for ($first, $($key),+)
        where
            $first: IntoOrder<O, F, G, I>,
            ($($key,)+): IntoOrder<$first::Order, F, G, J>,
        {
            type Order = <($($key,)+) as IntoOrder<$first::Order, F, G, J>>::Order;

            fn add_to(self, order: O) -> Self::Order {
                let ($first, $($key),+) = self;
                ($($key,)+).add_to($first.add_to(order))
            }
        }
    )*};
}

tuples! {
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E H;
}

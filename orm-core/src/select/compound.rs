//! `union`, `intersect` and `except` of two queries.

use super::{Limit, Offset, RowCount, Select};
use crate::args::{Args, Bind};
use crate::condition::{Nothing, Then};
use crate::copied::copied;
use crate::expr::Ordered;
use crate::query::{Plan, Query, Statement};
use crate::row::Read;
use crate::sql::{Level, Node, Sql};
use crate::table::{Col, Column};
use std::marker::PhantomData;

/// `A op B`, with the order `O`, limit `L` and offset `X`.
#[derive(Debug)]
pub struct Compound<Op, A, B, O = Nothing, L = Nothing, X = Nothing> {
    left: A,
    right: B,
    order: O,
    limit: L,
    offset: X,
    operator: PhantomData<Op>,
}

copied!([Op, A, B, O, L, X] Compound<Op, A, B, O, L, X> { left, right, order, limit, offset, operator }, A, B, O, L, X);

/// What joins two queries.
pub trait SetOperator: 'static {
    /// The words, with their blanks.
    const TEXT: &'static str;
}

/// A query that can be an operand of `union` and its kin.
#[diagnostic::on_unimplemented(
    message = "this query cannot be an operand of `union` and its kin",
    label = "not a `select(..)`, or one that locks its rows"
)]
pub trait Operand: Sql + Bind + Sized {}

impl<P, F, W, G, O, L, X> Operand for Select<P, F, W, G, O, L, X> where Self: Sql + Bind {}

impl<Op, A, B, O, L, X> Operand for Compound<Op, A, B, O, L, X> where Self: Sql + Bind {}

macro_rules! operators {
    ($($(#[$doc:meta])* $name:ident $method:ident $text:literal;)*) => {
        $(
            #[doc = concat!("`", $text, "`")]
            #[derive(Debug, Clone, Copy)]
            pub enum $name {}

            impl SetOperator for $name {
                const TEXT: &'static str = concat!(") ", $text, " (");
            }
        )*

        operators!(@methods [P, F, W, G, O, L, X, K] Select<P, F, W, G, O, L, X, K>; $($(#[$doc])* $name $method $text;)*);
        operators!(@methods [Op, A, B, O, L, X] Compound<Op, A, B, O, L, X>; $($(#[$doc])* $name $method $text;)*);
    };
    (@methods [$($generics:ident),*] $ty:ty; $($(#[$doc:meta])* $name:ident $method:ident $text:literal;)*) => {
        impl<$($generics),*> $ty {
            $(
                $(#[$doc])*
                pub fn $method<Q: Operand>(self, query: Q) -> Compound<$name, Self, Q>
                where
                    Self: Operand,
                {
                    Compound {
                        left: self,
                        right: query,
                        order: Nothing,
                        limit: Nothing,
                        offset: Nothing,
                        operator: PhantomData,
                    }
                }
            )*
        }
    };
}

operators! {
    /// `union`: the rows of both, equal ones once. Both must return rows of one type.
    Union union "union";
    /// `union all`: the rows of both.
    UnionAll union_all "union all";
    /// `intersect`: the rows that both have, equal ones once.
    Intersect intersect "intersect";
    /// `intersect all`: the rows that both have.
    IntersectAll intersect_all "intersect all";
    /// `except`: the rows that the other query does not have, equal ones once.
    Except except "except";
    /// `except all`: the rows, without as many as the other query has.
    ExceptAll except_all "except all";
}

impl<Op, A, B, O, L, X> Compound<Op, A, B, O, L, X> {
    /// `order by` a column of the first query, by its name; further ones order what the earlier ones leave equal.
    pub fn order_by<K: OutputKey>(self, _: K) -> Compound<Op, A, B, Then<O, ByName<K::This>>, L, X> {
        let Compound { left, right, order, limit, offset, operator } = self;
        Compound { left, right, order: Then(order, ByName(PhantomData)), limit, offset, operator }
    }

    /// `limit rows`, as a parameter; the last one counts, and `None` is no limit.
    pub fn limit(self, rows: impl RowCount) -> Compound<Op, A, B, O, Limit, X> {
        let Compound { left, right, order, limit: _, offset, operator } = self;
        Compound { left, right, order, limit: Limit(rows.into_count()), offset, operator }
    }

    /// `offset rows`, as a parameter; the last one counts, and `None` is none.
    pub fn offset(self, rows: impl RowCount) -> Compound<Op, A, B, O, L, Offset> {
        let Compound { left, right, order, limit, offset: _, operator } = self;
        Compound { left, right, order, limit, offset: Offset(rows.into_count()), operator }
    }
}

/// What orders the rows of a compound query: a column, or one with a direction.
#[diagnostic::on_unimplemented(
    message = "only columns order the rows of `union` and its kin",
    label = "expected a column of the first query, or `.asc()` or `.desc()` of one",
    note = "name a column that it selects: `.order_by(Worker.name.desc())`"
)]
pub trait OutputKey {
    /// The key itself. What follows is said of this type, so that of something that is no key nothing else is
    /// complained of.
    type This;
    /// The column's own name and the direction.
    const NAME: &'static Node;
}

impl<C: Column, S> OutputKey for Col<C, S> {
    type This = Self;
    const NAME: &'static Node = &Node::Text(C::NAME.quoted);
}

impl<K: OutputKey, D: crate::expr::Direction> OutputKey for Ordered<K, D> {
    type This = Self;
    const NAME: &'static Node = &Node::Cat(&[K::NAME, &Node::Text(D::TEXT)]);
}

/// The key `K` by its name in the result.
#[derive(Debug)]
pub struct ByName<K>(PhantomData<K>);

impl<K> Clone for ByName<K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for ByName<K> {}

impl<K: OutputKey> Sql for ByName<K> {
    const NODE: &'static Node = K::NAME;
}

impl<K> Bind for ByName<K> {
    const IS_EMPTY: bool = true;

    fn bind(&self, _: &mut Args) {}
}

impl<Op: SetOperator, A: Sql, B: Sql, O: Sql, L: Sql, X: Sql> Sql for Compound<Op, A, B, O, L, X> {
    const NODE: &'static Node = &Node::Cat(&[
        &Node::Text("("),
        A::NODE,
        &Node::Text(Op::TEXT),
        B::NODE,
        &Node::Text(")"),
        &Node::Clause { prefix: " order by ", separator: ", ", level: Level::Free, items: O::NODE },
        L::NODE,
        X::NODE,
    ]);
}

impl<Op, A: Bind, B: Bind, O, L: Bind, X: Bind> Bind for Compound<Op, A, B, O, L, X> {
    fn bind(&self, args: &mut Args) {
        let Compound { left, right, order: _, limit, offset, operator: _ } = self;
        left.bind(args);
        right.bind(args);
        limit.bind(args);
        offset.bind(args);
    }
}

impl<Op, A, B, O, L, X> Statement for Compound<Op, A, B, O, L, X> {}

/// The rows `Self` of the second query are of the type of the first query's, `T`.
#[diagnostic::on_unimplemented(
    message = "the two queries return rows of different types: `{T}` and `{Self}`",
    label = "both must select columns of the same types"
)]
pub trait SameRow<T> {}

impl<T> SameRow<T> for T {}

impl<Op, A, B, O, L, X, I, J> Query<(I, J)> for Compound<Op, A, B, O, L, X>
where
    Op: SetOperator,
    A: Query<I>,
    B: Query<J>,
    B::Output: SameRow<A::Output>,
    O: Sql,
    L: Sql + Bind,
    X: Sql + Bind,
{
    type Output = A::Output;
    const PLAN: &'static Plan = &Plan::new::<Self>(A::PLAN.shape());
    const READ: Read<A::Output> = A::READ;
}

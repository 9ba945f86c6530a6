//! Subqueries: a SELECT as a condition, a value or a list.

use super::{Expr, IntoExpr, Kind, Kinded, Orders, Plain, SameType, Within, calculates, expression};
use crate::args::{Args, Bind};
use crate::copied::copied;
use crate::from::Correlated;
use crate::group::Grouping;
use crate::select::{Compound, CountOf, CountRows, KindOf, Locks, Project, Select};
use crate::sql::{Node, Sql};
use crate::value::{BaseValue, Element, NotNull, Nullable};
use std::marker::PhantomData;

/// A SELECT inside another statement, whose scope is `F`; `I` is inferred.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a subquery", label = "expected a `select(..)`")]
pub trait Subquery<F, I>: Sql + Bind {}

impl<P, F, W, G, O, L, X, K, Around, I, J, M> Subquery<Around, (I, J, M)> for Select<P, F, W, G, O, L, X, K>
where
    Self: Sql + Bind,
    F: Correlated<Around, I>,
    G: Grouping,
    P: Kinded + Project<<KindOf<P, O> as Kind>::Scope<F, G>, J>,
    O: Kinded,
    KindOf<P, O>: Orders<O, F, G, M>,
    K: Locks<P, F, G>,
{
}

impl<Op, A, B, O, L, X, Around, I, J> Subquery<Around, (I, J)> for Compound<Op, A, B, O, L, X>
where
    Self: Sql + Bind,
    A: Subquery<Around, I>,
    B: Subquery<Around, J>,
{
}

/// `exists (query)` or `not exists (query)`.
#[derive(Debug, Clone, Copy)]
pub struct Exists<Q, const NOT: bool>(Q);

/// `exists (query)`: whether it finds any row. A query that names columns of the one around it says so by
/// [`outer`](Select::outer).
///
/// ```
/// # use mizzle::prelude::*;
/// # #[derive(Table)]
/// # #[orm(table = "workers")]
/// # struct Worker { #[orm(primary_key, identity)] id: i64, name: String }
/// # #[derive(Table)]
/// # #[orm(table = "tasks")]
/// # struct Task { #[orm(primary_key, identity)] id: i64, worker_id: i64, title: String }
/// let tasks = select(Task.id).from(Task).outer(Worker).filter(Task.worker_id.eq(Worker.id));
/// let busy = select(Worker).filter(exists(tasks));
/// ```
pub fn exists<Q: Sql + Bind>(query: Q) -> Exists<Q, false> {
    Exists(query)
}

/// `not exists (query)`: whether it finds no row.
pub fn not_exists<Q: Sql + Bind>(query: Q) -> Exists<Q, true> {
    Exists(query)
}

impl<Q: Sql, const NOT: bool> Sql for Exists<Q, NOT> {
    const NODE: &'static Node =
        &Node::Cat(&[&Node::Text(if NOT { "not exists (" } else { "exists (" }), Q::NODE, &Node::Text(")")]);
}

impl<Q: Bind, const NOT: bool> Bind for Exists<Q, NOT> {
    fn bind(&self, args: &mut Args) {
        self.0.bind(args);
    }
}

impl<Q: Sql + Bind, const NOT: bool> Expr for Exists<Q, NOT> {
    type Base = bool;
}

impl<Q, const NOT: bool> Kinded for Exists<Q, NOT> {
    type Kind = Plain;
}

impl<Q: Subquery<F, I>, const NOT: bool, F, I> Within<F, (I,)> for Exists<Q, NOT> {
    type Null = NotNull;
}

expression!([Q: Sql + Bind, const NOT: bool] Exists<Q, NOT>);

/// A selection of one column, which may stand for a value.
pub trait OneColumn {
    /// The type of its values.
    type Base: BaseValue;
}

impl<E: Expr> OneColumn for E {
    type Base = E::Base;
}

/// A query that selects one column, of type `Base`.
pub trait SelectsOne: Sql + Bind {
    /// The type of its values.
    type Base: BaseValue;
}

impl<P: OneColumn, F, W, G, O, L, X, K> SelectsOne for Select<P, F, W, G, O, L, X, K>
where
    Self: Sql + Bind,
{
    type Base = P::Base;
}

/// `(query)` as a `T`.
#[derive(Debug)]
pub struct Scalar<Q, T>(Q, PhantomData<T>);

copied!([Q, T] Scalar<Q, T> { 0, 1 }, Q);

/// `(query)` as a value: NULL when it finds no row, an error when it finds more than one.
///
/// ```
/// # use mizzle::prelude::*;
/// # #[derive(Table)]
/// # #[orm(table = "workers")]
/// # struct Worker { #[orm(primary_key, identity)] id: i64, name: String, score: i32 }
/// let best = select(max(Worker.score)).from(Worker);
/// let winners = select(Worker).filter(Worker.score.eq(scalar(best)));
/// ```
pub fn scalar<Q: SelectsOne>(query: Q) -> Scalar<Q, Q::Base> {
    Scalar(query, PhantomData)
}

impl<Q: Sql, T> Sql for Scalar<Q, T> {
    const NODE: &'static Node = &Node::Cat(&[&Node::Text("("), Q::NODE, &Node::Text(")")]);
}

impl<Q: Bind, T> Bind for Scalar<Q, T> {
    fn bind(&self, args: &mut Args) {
        self.0.bind(args);
    }
}

impl<Q: Sql + Bind, T: BaseValue> Expr for Scalar<Q, T> {
    type Base = T;
}

impl<Q, T> Kinded for Scalar<Q, T> {
    type Kind = Plain;
}

impl<Q: Subquery<F, I>, T, F, I> Within<F, (I,)> for Scalar<Q, T> {
    type Null = Nullable;
}

expression!([Q: Sql + Bind, V: BaseValue] Scalar<Q, V>);
calculates!([Q: Sql + Bind, V: BaseValue] Scalar<Q, V>);

/// `(select count(*) ..)`
#[derive(Debug, Clone, Copy)]
pub struct Counted<Q>(CountOf<Q>);

/// `(select count(*) ..)`: how many rows a query finds, as a value beside others.
///
/// ```
/// # use mizzle::prelude::*;
/// # #[derive(Table)]
/// # #[orm(table = "workers")]
/// # struct Worker { #[orm(primary_key, identity)] id: i64, name: String }
/// # #[derive(Table)]
/// # #[orm(table = "tasks")]
/// # struct Task { #[orm(primary_key, identity)] id: i64, worker_id: i64, title: String }
/// # async fn run(db: &Db) -> Result<(), mizzle::Error> {
/// let tasks = count_rows(select(Task).outer(Worker).filter(Task.worker_id.eq(Worker.id)));
/// let busy: Vec<(String, i64)> = select((Worker.name, tasks)).from(Worker).all(db).await?;
/// # Ok(())
/// # }
/// ```
pub fn count_rows<Q: CountRows<Count = CountOf<Q>>>(query: Q) -> Counted<Q> {
    Counted(query.into_count())
}

impl<Q> Sql for Counted<Q>
where
    CountOf<Q>: Sql,
{
    const NODE: &'static Node = &Node::Cat(&[&Node::Text("("), CountOf::<Q>::NODE, &Node::Text(")")]);
}

impl<Q> Bind for Counted<Q>
where
    CountOf<Q>: Bind,
{
    fn bind(&self, args: &mut Args) {
        self.0.bind(args);
    }
}

impl<Q> Expr for Counted<Q>
where
    CountOf<Q>: Sql + Bind,
{
    type Base = i64;
}

impl<Q> Kinded for Counted<Q> {
    type Kind = Plain;
}

impl<Q: Subquery<F, I>, F, I> Within<F, (I,)> for Counted<Q> {
    type Null = NotNull;
}

expression!([Q: crate::select::Rows] Counted<Q>);
calculates!([Q: crate::select::Rows] Counted<Q>);

/// The values that a query selects, for `in_` and `not_in`.
#[derive(Debug, Clone, Copy)]
pub struct ValuesOf<Q>(Q);

impl<Q: Sql> Sql for ValuesOf<Q> {
    const NODE: &'static Node = Q::NODE;
}

impl<Q: Bind> Bind for ValuesOf<Q> {
    fn bind(&self, args: &mut Args) {
        self.0.bind(args);
    }
}

impl<Q: SelectsOne> Expr for ValuesOf<Q>
where
    Vec<Q::Base>: BaseValue,
{
    type Base = Vec<Q::Base>;
}

impl<Q> Kinded for ValuesOf<Q> {
    type Kind = Plain;
}

/// Whether a value is among them is unknown when one of them may be NULL.
impl<Q: Subquery<F, I>, F, I> Within<F, (I,)> for ValuesOf<Q> {
    type Null = Nullable;
}

/// What may stand where a list of an SQL `T` is wanted: a list of values, an array, or a query. `B` is what it stands
/// beside, for the sake of the message; `M` is inferred.
#[diagnostic::on_unimplemented(
    message = "expected a list of SQL `{T}` for `{B}`, found `{Self}`",
    label = "expected a list of `{T}`, or a `select(..)` of one such column"
)]
pub trait IntoList<T, B, M> {
    /// The expression.
    type Expr: Expr;

    /// The expression.
    fn into_list(self) -> Self::Expr;
}

/// How [`IntoList`] takes values and arrays.
pub enum Listed {}

/// How [`IntoList`] takes a query.
pub enum Selected {}

impl<T, B, L: IntoExpr<Vec<T>, B>> IntoList<T, B, Listed> for L {
    type Expr = L::Expr;

    fn into_list(self) -> L::Expr {
        self.into_expr()
    }
}

impl<T, B, P, F, W, G, O, L, X, K> IntoList<T, B, Selected> for Select<P, F, W, G, O, L, X, K>
where
    Self: SelectsOne,
    <Self as SelectsOne>::Base: Element + SameType<T, B, Self>,
{
    type Expr = ValuesOf<Self>;

    fn into_list(self) -> ValuesOf<Self> {
        ValuesOf(self)
    }
}

//! SELECT.

mod count;
mod find;
mod project;
mod selection;
mod tuple;

pub use count::{CountOf, CountRows, ExistsOf};
pub use find::IntoKey;
pub use project::{Fill, FillField, Project, To};
pub use selection::{AllOf, IntoSelection};

use crate::args::{Args, Bind};
use crate::condition::{Condition, Conditions, Nothing, Then, where_clause};
use crate::expr::{Boolean, Expr, OrderKey, Within};
use crate::from::{FromTable, Inner, Join, Left, NoFrom};
use crate::query::{Plan, Query, Statement};
use crate::row::{Read, Row};
use crate::sql::{Level, Node, Sql};
use crate::table::Columns;

/// Starts a SELECT: of a table (`select(Worker)`), of columns and expressions (`select((Worker.id, Task.title))`, with
/// a [`from`](Select::from)), or of any mix of them.
///
/// ```
/// # use mizzle::prelude::*;
/// # #[derive(Table)]
/// # #[orm(table = "workers")]
/// # struct Worker { #[orm(primary_key, identity)] id: i64, email: Option<String>, name: String, #[orm(default = 100)] score: i32 }
/// # #[derive(Table)]
/// # #[orm(table = "tasks")]
/// # struct Task { #[orm(primary_key, identity)] id: i64, worker_id: i64, title: String }
/// let best = select(Worker).filter(Worker.score.gte(90)).order_by(Worker.score.desc()).limit(10);
/// let titles = select((Worker.name, Task.title)).from(Worker).join(Task, Task.worker_id.eq(Worker.id));
/// ```
pub fn select<T, P, F>(selection: T) -> Select<P, F>
where
    T: IntoSelection<Selection = P, From = F>,
{
    let (selection, from) = selection.into_selection();
    Select { selection, from, filter: Nothing, order: Nothing, limit: Nothing, offset: Nothing }
}

/// A SELECT: the selection `P`, the FROM clause `F`, conditions `W`, order `O`, limit `L` and offset `X`.
#[derive(Debug, Clone, Copy)]
pub struct Select<P, F, W = Nothing, O = Nothing, L = Nothing, X = Nothing> {
    selection: P,
    from: F,
    filter: W,
    order: O,
    limit: L,
    offset: X,
}

impl<P, W, O, L, X> Select<P, NoFrom, W, O, L, X> {
    /// `from table`
    pub fn from<T: Columns>(self, _: T) -> Select<P, FromTable<T::Source>, W, O, L, X> {
        let Select { selection, from: NoFrom, filter, order, limit, offset } = self;
        Select { selection, from: FromTable::NEW, filter, order, limit, offset }
    }
}

impl<P, F, W, O, L, X> Select<P, F, W, O, L, X> {
    /// `join table on condition`
    pub fn join<T, On, I>(self, _: T, on: On) -> Select<P, Join<F, T::Source, Inner, On>, W, O, L, X>
    where
        T: Columns,
        On: Expr + Within<Join<F, T::Source, Inner, ()>, I>,
        On::Base: Boolean,
    {
        let Select { selection, from, filter, order, limit, offset } = self;
        Select { selection, from: Join::new(from, on), filter, order, limit, offset }
    }

    /// `left join table on condition`: where no row fits, the joined table's columns are NULL, so they become
    /// `Option`s.
    ///
    /// ```
    /// # use mizzle::prelude::*;
    /// # #[derive(Table)]
    /// # #[orm(table = "workers")]
    /// # struct Worker { #[orm(primary_key, identity)] id: i64, email: Option<String>, name: String, #[orm(default = 100)] score: i32 }
    /// # #[derive(Table)]
    /// # #[orm(table = "tasks")]
    /// # struct Task { #[orm(primary_key, identity)] id: i64, worker_id: i64, title: String }
    /// # async fn run(db: &Db) -> Result<(), mizzle::Error> {
    /// let rows: Vec<(String, Option<Task>)> = select((Worker.name, Task))
    ///     .from(Worker)
    ///     .left_join(Task, Task.worker_id.eq(Worker.id))
    ///     .all(db)
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn left_join<T, On, I>(self, _: T, on: On) -> Select<P, Join<F, T::Source, Left, On>, W, O, L, X>
    where
        T: Columns,
        On: Expr + Within<Join<F, T::Source, Inner, ()>, I>,
        On::Base: Boolean,
    {
        let Select { selection, from, filter, order, limit, offset } = self;
        Select { selection, from: Join::new(from, on), filter, order, limit, offset }
    }

    /// `where condition`; further ones are joined by `and`. An `Option` of a condition is left out when it is `None`;
    /// a statement may have 64 of them.
    ///
    /// ```
    /// # use mizzle::prelude::*;
    /// # #[derive(Table)]
    /// # #[orm(table = "workers")]
    /// # struct Worker { #[orm(primary_key, identity)] id: i64, email: Option<String>, name: String, #[orm(default = 100)] score: i32 }
    /// # #[derive(Table)]
    /// # #[orm(table = "tasks")]
    /// # struct Task { #[orm(primary_key, identity)] id: i64, worker_id: i64, title: String }
    /// let name: Option<&str> = Some("Ada");
    /// let query = select(Worker).filter(Worker.score.gt(50)).filter(name.map(|name| Worker.name.eq(name)));
    /// ```
    pub fn filter<E, I>(self, condition: E) -> Select<P, F, Then<W, E::This>, O, L, X>
    where
        E: Condition<This = E>,
        E::This: Within<F, I>,
    {
        let Select { selection, from, filter, order, limit, offset } = self;
        Select { selection, from, filter: Then(filter, condition), order, limit, offset }
    }

    /// `order by key`; further ones order what the earlier ones leave equal.
    pub fn order_by<K, I>(self, key: K) -> Select<P, F, W, Then<O, K>, L, X>
    where
        K: OrderKey + Within<F, I>,
    {
        let Select { selection, from, filter, order, limit, offset } = self;
        Select { selection, from, filter, order: Then(order, key), limit, offset }
    }

    /// `limit rows`, as a parameter; the last one counts.
    pub fn limit(self, rows: i64) -> Select<P, F, W, O, Limit, X> {
        let Select { selection, from, filter, order, limit: _, offset } = self;
        Select { selection, from, filter, order, limit: Limit(rows), offset }
    }

    /// `offset rows`, as a parameter; the last one counts.
    pub fn offset(self, rows: i64) -> Select<P, F, W, O, L, Offset> {
        let Select { selection, from, filter, order, limit, offset: _ } = self;
        Select { selection, from, filter, order, limit, offset: Offset(rows) }
    }

    /// Fills a struct that derives `Row` from the selection's columns, in order; their types must be those of its
    /// fields.
    ///
    /// ```
    /// # use mizzle::prelude::*;
    /// # #[derive(Table)]
    /// # #[orm(table = "workers")]
    /// # struct Worker { #[orm(primary_key, identity)] id: i64, email: Option<String>, name: String, #[orm(default = 100)] score: i32 }
    /// # #[derive(Table)]
    /// # #[orm(table = "tasks")]
    /// # struct Task { #[orm(primary_key, identity)] id: i64, worker_id: i64, title: String }
    /// #[derive(Row)]
    /// struct Line { worker: String, title: String }
    ///
    /// let lines = select((Worker.name, Task.title))
    ///     .from(Worker)
    ///     .join(Task, Task.worker_id.eq(Worker.id))
    ///     .to::<Line>();
    /// ```
    pub fn to<T: Row>(self) -> Select<To<P, T>, F, W, O, L, X> {
        let Select { selection, from, filter, order, limit, offset } = self;
        Select { selection: To::new(selection), from, filter, order, limit, offset }
    }
}

impl<S, F, W, O, L, X> Select<AllOf<S>, F, W, O, L, X> {
    /// `where` the primary key is this; a tuple for a key of several columns.
    pub fn find<K>(self, key: K) -> Select<AllOf<S>, F, Then<W, K::Condition>, O, L, X>
    where
        S: crate::table::Source,
        K: IntoKey<S, <S::Table as crate::table::Table>::PrimaryKey>,
    {
        let Select { selection, from, filter, order, limit, offset } = self;
        Select { selection, from, filter: Then(filter, key.into_key()), order, limit, offset }
    }
}

/// `limit $n`
#[derive(Debug, Clone, Copy)]
pub struct Limit(i64);

/// `offset $n`
#[derive(Debug, Clone, Copy)]
pub struct Offset(i64);

impl Sql for Limit {
    const NODE: &'static Node =
        &Node::Cat(&[&Node::Text(" limit "), &Node::Param(&postgres_types::Type::INT8)]);
}

impl Bind for Limit {
    fn bind(&self, args: &mut Args) {
        args.push::<i64, i64>(&self.0);
    }
}

impl Sql for Offset {
    const NODE: &'static Node =
        &Node::Cat(&[&Node::Text(" offset "), &Node::Param(&postgres_types::Type::INT8)]);
}

impl Bind for Offset {
    fn bind(&self, args: &mut Args) {
        args.push::<i64, i64>(&self.0);
    }
}

impl<P: Sql, F: Sql, W: Sql, O: Sql, L: Sql, X: Sql> Sql for Select<P, F, W, O, L, X> {
    const NODE: &'static Node = &Node::Cat(&[
        &Node::Text("select "),
        P::NODE,
        F::NODE,
        where_clause::<W>(),
        &Node::Clause { prefix: " order by ", separator: ", ", level: Level::Free, items: O::NODE },
        L::NODE,
        X::NODE,
    ]);
}

impl<P: Bind, F: Bind, W: Bind, O: Bind, L: Bind, X: Bind> Bind for Select<P, F, W, O, L, X> {
    fn bind(&self, args: &mut Args) {
        let Select { selection, from, filter, order, limit, offset } = self;
        if !P::IS_EMPTY {
            selection.bind(args);
        }
        if !F::IS_EMPTY {
            from.bind(args);
        }
        if !W::IS_EMPTY {
            filter.bind(args);
        }
        if !O::IS_EMPTY {
            order.bind(args);
        }
        limit.bind(args);
        offset.bind(args);
    }
}

impl<P, F, W, O, L, X> Statement for Select<P, F, W, O, L, X> {}

impl<P, F, W, O, L, X, I> Query<I> for Select<P, F, W, O, L, X>
where
    P: Project<F, I>,
    F: Sql + Bind,
    W: Conditions,
    O: Sql + Bind,
    L: Sql + Bind,
    X: Sql + Bind,
{
    type Output = P::Output;
    const PLAN: &'static Plan = &Plan::new::<Self>(P::SHAPE);
    const READ: Read<P::Output> = P::READ;
}

//! SELECT.

mod alias;
mod compound;
mod count;
mod distinct;
mod find;
mod group;
mod join;
mod keyset;
mod lock;
mod project;
mod selection;
mod tuple;

pub use alias::Names;
pub use compound::{Compound, OutputKey};
pub use count::{CountOf, CountRows, ExistsOf, Rows};
pub use distinct::{Distinct, DistinctOn};
pub use find::IntoKey;
use find::PrimaryKey;
pub use keyset::{KeysOf, Keyset, Page, Pages, Position, TellApart, Unique};
pub use lock::{Lock, Locked, Locks, OfRows};
pub use project::{Fill, FillField, Project, To};
pub use selection::{AllOf, IntoSelection};

use crate::args::{Args, Bind};
use crate::condition::{Condition, Conditions, Nothing, Then, where_clause};
use crate::expr::{IntoOrder, Kind, Kinded, Orders, Within};
use crate::from::{Begins, BeginsWith, IntoSource, Joins, NoFrom};
use crate::group::Grouping;
use crate::query::{Plan, Query, Statement};
use crate::row::{Read, Row};
use crate::sql::{Level, Node, Sql};

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
    Select {
        selection,
        from,
        filter: Nothing,
        group: Nothing,
        order: Nothing,
        limit: Nothing,
        offset: Nothing,
        lock: Nothing,
    }
}

/// A SELECT: the selection `P`, the FROM clause `F`, conditions `W`, groups `G`, order `O`, limit `L`, offset `X` and lock
/// `K`.
#[derive(Debug, Clone, Copy)]
pub struct Select<P, F, W = Nothing, G = Nothing, O = Nothing, L = Nothing, X = Nothing, K = Nothing> {
    selection: P,
    from: F,
    filter: W,
    group: G,
    order: O,
    limit: L,
    offset: X,
    lock: K,
}

impl<P, F, W, G, O, L, X, K> Select<P, F, W, G, O, L, X, K> {
    /// `from table`: a table, an alias of one, or a query that [`as_`](Select::as_) names. The selection of a whole table
    /// is from it already.
    pub fn from<T, I>(self, table: T) -> Select<P, T::Clause, W, G, O, L, X, K>
    where
        T: IntoSource<Rows: Joins<NoFrom, I>> + Begins<F>,
    {
        let Select { selection, from: _, filter, group, order, limit, offset, lock } = self;
        Select { selection, from: table.begin(), filter, group, order, limit, offset, lock }
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
    pub fn filter<E, I>(self, condition: E) -> Select<P, F, Then<W, E::This>, G, O, L, X, K>
    where
        E: Condition<This = E>,
        E::This: Within<F, I>,
    {
        let Select { selection, from, filter, group, order, limit, offset, lock } = self;
        Select { selection, from, filter: Then(filter, condition), group, order, limit, offset, lock }
    }

    /// `where` the primary key of the first table in FROM is this; a tuple for a key of several columns.
    ///
    /// ```
    /// # use mizzle::prelude::*;
    /// # #[derive(Table)]
    /// # #[orm(table = "workers")]
    /// # struct Worker { #[orm(primary_key, identity)] id: i64, email: Option<String>, name: String, #[orm(default = 100)] score: i32 }
    /// let ada = select(Worker).find(1);
    /// let name = select(Worker.name).from(Worker).find(1);
    /// ```
    pub fn find<Key>(self, key: Key) -> Select<P, F, Then<W, Key::Condition>, G, O, L, X, K>
    where
        F: BeginsWith,
        Key: IntoKey<F::First, PrimaryKey<F::First>>,
    {
        let Select { selection, from, filter, group, order, limit, offset, lock } = self;
        Select { selection, from, filter: Then(filter, key.into_key()), group, order, limit, offset, lock }
    }

    /// `order by key`: an expression, one with a direction, or a tuple of up to six. Further ones order what the earlier
    /// ones leave equal.
    ///
    /// ```
    /// # use mizzle::prelude::*;
    /// # #[derive(Table)]
    /// # #[orm(table = "workers")]
    /// # struct Worker { #[orm(primary_key, identity)] id: i64, email: Option<String>, name: String, #[orm(default = 100)] score: i32 }
    /// let best_first = select(Worker).order_by((Worker.score.desc(), Worker.name));
    /// ```
    pub fn order_by<Key, N, I>(self, key: Key) -> Select<P, F, W, G, N, L, X, K>
    where
        Key: IntoOrder<O, F, G, I, Order = N>,
    {
        let Select { selection, from, filter, group, order, limit, offset, lock } = self;
        Select { selection, from, filter, group, order: key.add_to(order), limit, offset, lock }
    }

    /// `limit rows`, as a parameter; the last one counts, and `None` is no limit.
    pub fn limit(self, rows: impl RowCount) -> Select<P, F, W, G, O, Limit, X, K> {
        let Select { selection, from, filter, group, order, limit: _, offset, lock } = self;
        Select { selection, from, filter, group, order, limit: Limit(rows.into_count()), offset, lock }
    }

    /// `offset rows`, as a parameter; the last one counts, and `None` is none.
    pub fn offset(self, rows: impl RowCount) -> Select<P, F, W, G, O, L, Offset, K> {
        let Select { selection, from, filter, group, order, limit, offset: _, lock } = self;
        Select { selection, from, filter, group, order, limit, offset: Offset(rows.into_count()), lock }
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
    pub fn to<T: Row<This = T>>(self) -> Select<To<P, T::This>, F, W, G, O, L, X, K> {
        let Select { selection, from, filter, group, order, limit, offset, lock } = self;
        Select { selection: To::new(selection), from, filter, group, order, limit, offset, lock }
    }
}

/// What `limit` and `offset` take: an `i64`, or an `Option` of one, which is left out when it is `None`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a number of rows",
    label = "expected an `i64` or an `Option<i64>`",
    note = "convert it: `i64::from(rows)`, or `i64::try_from(rows)?` for a `usize`"
)]
pub trait RowCount {
    /// The number, if there is one.
    fn into_count(self) -> Option<i64>;
}

impl RowCount for i64 {
    fn into_count(self) -> Option<i64> {
        Some(self)
    }
}

impl RowCount for Option<i64> {
    fn into_count(self) -> Option<i64> {
        self
    }
}

/// `limit $n`
#[derive(Debug, Clone, Copy)]
pub struct Limit(Option<i64>);

/// `offset $n`
#[derive(Debug, Clone, Copy)]
pub struct Offset(Option<i64>);

impl Sql for Limit {
    const NODE: &'static Node =
        &Node::Cat(&[&Node::Text(" limit "), &Node::Param(&postgres_types::Type::INT8)]);
}

impl Bind for Limit {
    fn bind(&self, args: &mut Args) {
        args.push::<i64, Option<i64>>(&self.0);
    }
}

impl Sql for Offset {
    const NODE: &'static Node =
        &Node::Cat(&[&Node::Text(" offset "), &Node::Param(&postgres_types::Type::INT8)]);
}

impl Bind for Offset {
    fn bind(&self, args: &mut Args) {
        args.push::<i64, Option<i64>>(&self.0);
    }
}

/// `grouped!(G, node)`: the node of a query that is grouped by `G`. Written in both branches, so that a query without
/// parameters in its keys is one constant.
macro_rules! grouped {
    ($group:ident, $query:expr) => {
        match $group::PARAMETERIZED {
            None => $query,
            Some(keys) => &$crate::sql::Node::Grouped { keys, query: $query },
        }
    };
}

pub(crate) use grouped;

impl<P: Sql, F: Sql, W: Sql, G: Grouping, O: Sql, L: Sql, X: Sql, K: Sql> Sql
    for Select<P, F, W, G, O, L, X, K>
{
    const NODE: &'static Node = grouped!(
        G,
        &Node::Cat(&[
            &Node::Text("select "),
            P::NODE,
            F::NODE,
            where_clause::<W>(),
            G::CLAUSES,
            &Node::Clause { prefix: " order by ", separator: ", ", level: Level::Free, items: O::NODE },
            L::NODE,
            X::NODE,
            K::NODE,
        ])
    );
}

impl<P, F, W, G, O, L, X, K> Bind for Select<P, F, W, G, O, L, X, K>
where
    P: Sql + Bind,
    F: Sql + Bind,
    W: Sql + Bind,
    G: Grouping,
    O: Sql + Bind,
    L: Sql + Bind,
    X: Sql + Bind,
    K: Sql,
{
    fn bind(&self, args: &mut Args) {
        let start = args.mark();
        let Select { selection, from, filter, group, order, limit, offset, lock: _ } = self;
        if !P::IS_EMPTY {
            selection.bind(args);
        }
        if !F::IS_EMPTY {
            from.bind(args);
        }
        if !W::IS_EMPTY {
            filter.bind(args);
        }
        if !G::IS_EMPTY {
            group.bind(args);
        }
        if !O::IS_EMPTY {
            order.bind(args);
        }
        limit.bind(args);
        offset.bind(args);
        if G::PARAMETERIZED.is_some() {
            args.check_keys(Self::NODE, start);
        }
    }
}

/// A query aggregates if its selection or its order does.
pub(crate) type KindOf<P, O> = <<P as Kinded>::Kind as Kind>::With<<O as Kinded>::Kind>;

impl<P, F, W, G, O, L, X, K> Statement for Select<P, F, W, G, O, L, X, K> {}

impl<P, F, W, G, O, L, X, K, I, J> Query<(I, J)> for Select<P, F, W, G, O, L, X, K>
where
    P: Kinded + Project<<KindOf<P, O> as Kind>::Scope<F, G>, I>,
    F: Sql + Bind,
    W: Conditions,
    G: Grouping,
    O: Sql + Bind + Kinded,
    KindOf<P, O>: Orders<O, F, G, J>,
    L: Sql + Bind,
    X: Sql + Bind,
    K: Sql + Locks<P, F, G>,
{
    type Output = P::Output;
    const PLAN: &'static Plan = &Plan::new::<Self>(P::SHAPE);
    const READ: Read<P::Output> = P::READ;
}

//! `insert .. select`: rows that a query finds.

use super::{Assignments, ColumnList, Complete, Covers, Insert, SettableList, Values};
use crate::args::{Args, Bind};
use crate::condition::Nothing;
use crate::expr::MayAssign;
use crate::query::Query;
use crate::sql::{Level, Node, Sql};
use crate::table::{Column, Source, Table};
use crate::value::{BaseValue, Value};
use std::marker::PhantomData;

impl<T: Source> Insert<T, Nothing> {
    /// Names the columns that a query fills, one or a tuple of up to 16: then [`select`](InsertColumns::select). Columns
    /// that are left out take their defaults.
    ///
    /// ```
    /// # use mizzle::prelude::*;
    /// # #[derive(Table)]
    /// # #[orm(table = "workers")]
    /// # struct Worker { #[orm(primary_key, identity)] id: i64, email: Option<String>, name: String, #[orm(default = 100)] score: i32 }
    /// # #[derive(Table)]
    /// # #[orm(table = "tasks")]
    /// # struct Task { #[orm(primary_key, identity)] id: i64, worker_id: i64, title: String }
    /// let greetings = insert(Task)
    ///     .columns((Task.worker_id, Task.title))
    ///     .select(select((Worker.id, Worker.name)).from(Worker).filter(Worker.score.gt(90)));
    /// ```
    pub fn columns<L: SettableList<T>>(self, _: L) -> InsertColumns<T, L> {
        InsertColumns(PhantomData)
    }

    /// `default values`: one row, every column of which takes its default.
    ///
    /// ```
    /// # use mizzle::prelude::*;
    /// #[derive(Table)]
    /// struct Batch {
    ///     #[orm(primary_key, identity)]
    ///     id: i64,
    ///     #[orm(default = now())]
    ///     started: String,
    /// }
    ///
    /// let batch = insert(Batch).default_values().returning(Batch.id);
    /// ```
    pub fn default_values(self) -> Insert<T, DefaultValues> {
        super::insert_values(DefaultValues)
    }
}

/// An INSERT into `T` that names the columns `L` and does not say yet what fills them.
#[derive(Debug)]
pub struct InsertColumns<T, L>(PhantomData<(T, L)>);

impl<T, L> InsertColumns<T, L> {
    /// The query whose rows are inserted: it selects a value for each column, in their order.
    pub fn select<Q, I>(self, query: Q) -> Insert<T, FromSelect<T, L, Q>>
    where
        L: ColumnList<T>,
        Q: Query<I, Output: FillsColumns<T, L::Columns>>,
    {
        super::insert_values(FromSelect { query, columns: PhantomData })
    }
}

/// What a query selects fills the columns `K` of `T`.
#[diagnostic::on_unimplemented(
    message = "the query selects `{Self}`, the insert into `{T}` has the columns `{K}`",
    label = "expected a value of its type for each column that the insert names, as a tuple in their order"
)]
pub trait FillsColumns<T, K> {}

/// A selected column of this type fills the column `C`.
#[diagnostic::on_unimplemented(
    message = "a selected `{Self}` cannot be inserted into the column `{C}`",
    label = "not what `{C}` holds"
)]
pub trait FillsColumn<C> {}

/// `Self` is the SQL type of the column `C`, which is `B`.
#[diagnostic::on_unimplemented(
    message = "expected an SQL `{B}` for the column `{C}`, found an SQL `{Self}` in the selection",
    label = "an SQL `{Self}`, where `{B}` is expected"
)]
pub trait IsBaseOf<B, C> {}

impl<B: BaseValue, C> IsBaseOf<B, C> for B {}

impl<V, C> FillsColumn<C> for V
where
    C: Column,
    V: Value<Base: IsBaseOf<<C::Value as Value>::Base, C>>,
    V::Null: MayAssign<<C::Value as Value>::Null, C>,
{
}

/// A single column is selected without a tuple around it.
impl<V: Value + FillsColumn<C>, T, C> FillsColumns<T, (C,)> for V {}

macro_rules! fills {
    ($($V:ident $C:ident)*) => {
        impl<T, $($V: FillsColumn<$C>, $C),*> FillsColumns<T, ($($C,)*)> for ($($V,)*) {}
    };
}

macro_rules! all_fills {
    ([$($done:tt)*]) => { fills!($($done)*); };
    ([$($done:tt)*] [$($next:tt)*] $($rest:tt)*) => {
        fills!($($done)*);
        all_fills!([$($done)* $($next)*] $($rest)*);
    };
}

all_fills! {
    [V1 A] [V2 B] [V3 C] [V4 D] [V5 E] [V6 F] [V7 G] [V8 H] [V9 J] [V10 K] [V11 L] [V12 M] [V13 N] [V14 O] [V15 P] [V16 Q]
}

/// The rows that `Q` finds, for the columns `L`.
#[derive(Debug)]
pub struct FromSelect<T, L, Q> {
    query: Q,
    columns: PhantomData<(T, L)>,
}

impl<T, L, Q: Clone> Clone for FromSelect<T, L, Q> {
    fn clone(&self) -> Self {
        FromSelect { query: self.query.clone(), columns: PhantomData }
    }
}

impl<T, L, Q: Copy> Copy for FromSelect<T, L, Q> {}

impl<T, L, Q: Bind> Bind for FromSelect<T, L, Q> {
    const IS_EMPTY: bool = Q::IS_EMPTY;

    fn bind(&self, args: &mut Args) {
        self.query.bind(args);
    }
}

impl<T, L: ColumnList<T>, Q: Sql + Bind> Values for FromSelect<T, L, Q> {
    const NODE: &'static Node = &Node::Cat(&[
        &Node::Clause {
            prefix: " (",
            separator: ", ",
            level: Level::Free,
            items: <L::FromExcluded as Assignments>::NAMES,
        },
        &Node::Text(") "),
        Q::NODE,
    ]);
}

impl<T: Source, L: ColumnList<T>, Q: Sql + Bind, I> Complete<T, I> for FromSelect<T, L, Q> where
    L::FromExcluded: Covers<<T::Table as Table>::Required, I>
{
}

/// `default values`
#[derive(Debug, Clone, Copy)]
pub struct DefaultValues;

impl Bind for DefaultValues {
    const IS_EMPTY: bool = true;

    fn bind(&self, _: &mut Args) {}
}

impl Values for DefaultValues {
    const NODE: &'static Node = &Node::Text(" default values");
}

impl<T: Source, I> Complete<T, I> for DefaultValues where Nothing: Covers<<T::Table as Table>::Required, I> {}

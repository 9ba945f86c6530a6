//! UPDATE.

use crate::args::{Args, Bind};
use crate::condition::{Condition, Conditions, Nothing, Then, where_clause};
use crate::error::EncodeError;
use crate::expr::{IntoAssigned, MayAssign, Within};
use crate::from::{FromTable, Named};
use crate::insert::{Assignments, Set};
use crate::query::{Command, Plan, Statement};
use crate::returning::Writes;
use crate::row::Shape;
use crate::select::IntoKey;
use crate::sql::{Level, Node, SetList, Sql};
use crate::table::{CanSet, Col, Column, Columns, IsTarget, Source, Table};
use crate::value::Value;
use std::marker::PhantomData;

/// Starts an UPDATE of a table: [`set`](Update::set) says what is written, [`filter`](Update::filter),
/// [`find`](Update::find) or [`all_rows`](Update::all_rows) which rows.
///
/// ```
/// # use mizzle::prelude::*;
/// # #[derive(Table)]
/// # #[orm(table = "workers")]
/// # struct Worker { #[orm(primary_key, identity)] id: i64, email: Option<String>, name: String, #[orm(default = 100)] score: i32 }
/// # #[derive(Table)]
/// # #[orm(table = "tasks")]
/// # struct Task { #[orm(primary_key, identity)] id: i64, worker_id: i64, title: String }
/// let reward = update(Worker).set(Worker.score, Worker.score + 5).find(1);
/// let reset = update(Worker).set(Worker.score, 100).all_rows();
/// ```
pub fn update<C: Columns>(_: C) -> Update<C::Source, Nothing, Nothing> {
    Update { values: Nothing, filter: Nothing, table: PhantomData }
}

/// An UPDATE of `T` with the assignments `V` and the conditions `W`.
#[derive(Debug, Clone, Copy)]
pub struct Update<T, V, W> {
    values: V,
    filter: W,
    table: PhantomData<T>,
}

impl<T: Source, V, W> Update<T, V, W> {
    /// `set column = value`, a value or an expression of the row's own columns. `None` writes NULL.
    pub fn set<C, S, E, M, I>(self, _: Col<C, S>, value: E) -> Update<T, Set<V, C, E::Expr>, W>
    where
        S: IsTarget<T, C>,
        C: Column<Access: CanSet<T, C>>,
        E: IntoAssigned<<C::Value as Value>::Base, Col<C, S>, M, Expr: Within<FromTable<T>, I>>,
        <E::Expr as Within<FromTable<T>, I>>::Null: MayAssign<<C::Value as Value>::Null, T, C>,
    {
        let Update { values, filter, table } = self;
        Update { values: Set(values, value.into_assigned(), PhantomData), filter, table }
    }

    /// `where condition`; further ones are joined by `and`. An `Option` of a condition is left out when it is `None`,
    /// but not all of them may be.
    pub fn filter<E, I>(self, condition: E) -> Update<T, V, Then<W, E::This>>
    where
        E: Condition<This = E>,
        E::This: Within<FromTable<T>, I>,
    {
        let Update { values, filter, table } = self;
        Update { values, filter: Then(filter, condition), table }
    }

    /// `where` the primary key is this; a tuple for a key of several columns.
    pub fn find<K>(self, key: K) -> Update<T, V, Then<W, K::Condition>>
    where
        K: IntoKey<T, <T::Table as Table>::PrimaryKey>,
    {
        let Update { values, filter, table } = self;
        Update { values, filter: Then(filter, key.into_key()), table }
    }
}

impl<T, V> Update<T, V, Nothing> {
    /// Every row of the table is meant.
    pub fn all_rows(self) -> Update<T, V, AllRows> {
        let Update { values, filter: Nothing, table } = self;
        Update { values, filter: AllRows, table }
    }
}

/// No condition, on purpose.
#[derive(Debug, Clone, Copy)]
pub struct AllRows;

/// An update or delete says which rows it means.
#[diagnostic::on_unimplemented(
    message = "the statement does not say which rows of `{T}` it means",
    label = "no condition",
    note = "add `.filter(..)` or `.find(..)`, or say `.all_rows()` if every row is meant"
)]
pub trait NamesRows<T>: Bind {
    /// The WHERE clause.
    const NODE: &'static Node;

    /// Encodes the parameters, and refuses a statement all of whose conditions are absent.
    fn bind_rows(&self, args: &mut Args);
}

impl<T> NamesRows<T> for AllRows {
    const NODE: &'static Node = &Node::Text("");

    fn bind_rows(&self, _: &mut Args) {}
}

impl<T, P, E> NamesRows<T> for Then<P, E>
where
    Self: Conditions,
{
    const NODE: &'static Node = where_clause::<Self>();

    fn bind_rows(&self, args: &mut Args) {
        if Self::ARE_OPTIONAL && !self.any_present() {
            args.fail(EncodeError::no_rows_named());
        }
        self.bind(args);
    }
}

impl Bind for AllRows {
    const IS_EMPTY: bool = true;

    fn bind(&self, _: &mut Args) {}
}

/// An update of `T` writes something.
#[diagnostic::on_unimplemented(
    message = "the update of `{T}` sets no column",
    label = "there is nothing to write",
    note = "add `.set({T}.column, value)`"
)]
pub trait Changes<T>: Assignments {}

impl<T, P, C, E> Changes<T> for Set<P, C, E> where Self: Assignments {}

const fn set_list<V: Assignments>() -> &'static SetList {
    match V::SET {
        Some(list) => list,
        None => &SetList { column: "", rest: None },
    }
}

impl<T: Source, V: Assignments, W: NamesRows<T>> Sql for Update<T, V, W> {
    const NODE: &'static Node = &Node::Cat(&[
        &Node::Text("update "),
        <Named<T> as Sql>::NODE,
        &Node::Clause {
            prefix: " set ",
            separator: ", ",
            level: Level::Free,
            items: &Node::Cat(&[V::PAIRS, &Node::OnUpdate(<T::Table as Table>::ON_UPDATE, set_list::<V>())]),
        },
        W::NODE,
    ]);
}

impl<T, V: Bind, W: NamesRows<T>> Bind for Update<T, V, W> {
    fn bind(&self, args: &mut Args) {
        let Update { values, filter, table: _ } = self;
        values.bind(args);
        filter.bind_rows(args);
    }
}

impl<T, V, W> Statement for Update<T, V, W> {}

impl<T: Source, V: Changes<T>, W: NamesRows<T>> Writes<()> for Update<T, V, W> {
    type Scope = FromTable<T>;
}

impl<T: Source, V: Changes<T>, W: NamesRows<T>> Command<()> for Update<T, V, W> {
    const PLAN: &'static Plan = &Plan::new::<Self>(&Shape::Empty);
}

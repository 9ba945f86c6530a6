//! INSERT.

mod action;
mod columns;
mod conflict;
mod covers;
mod rows;
mod select;
mod values;

pub use action::{Action, DoNothing, DoUpdate, Excluded, Undecided, excluded};
pub use columns::{ColumnList, KeyList, SettableList};
pub use conflict::{IsOneKey, OnAny, OnColumns, OnConstraint, Target, UniqueKey, Upsert};
pub use covers::{Covers, Holds, Sets};
pub use rows::{InsertRow, IsTableOf, Rows, bind_column, check_row, row_column};
pub(crate) use rows::{any_column, contains};
pub use select::{DefaultValues, FillsColumn, FillsColumns, FromSelect, InsertColumns, IsBaseOf};
pub use values::{Assign, Assignments, Set};

use crate::args::{Args, Bind};
use crate::condition::Nothing;
use crate::copied::copied;
use crate::expr::IntoAssigned;
use crate::from::{FromTable, Named, NoFrom};
use crate::query::{Command, Plan, Statement};
use crate::returning::Writes;
use crate::row::Shape;
use crate::sql::{Node, Sql};
use crate::table::{CanSet, Col, Column, Columns, IsTarget, Source, Table};
use crate::value::Value;
use std::marker::PhantomData;

/// Starts an INSERT into a table: then [`set`](Insert::set) for one row, or [`rows`](Insert::rows) for many.
///
/// ```
/// # use mizzle::prelude::*;
/// # #[derive(Table)]
/// # #[orm(table = "workers")]
/// # struct Worker { #[orm(primary_key, identity)] id: i64, email: Option<String>, name: String, #[orm(default = 100)] score: i32 }
/// # #[derive(Table)]
/// # #[orm(table = "tasks")]
/// # struct Task { #[orm(primary_key, identity)] id: i64, worker_id: i64, title: String }
/// let ada = insert(Worker).set(Worker.name, "Ada").set(Worker.email, None::<String>).returning(Worker.id);
/// ```
pub fn insert<C: Columns>(_: C) -> Insert<C::Source, Nothing> {
    insert_values(Nothing)
}

fn insert_values<T, V>(values: V) -> Insert<T, V> {
    Insert { values, table: PhantomData }
}

/// An INSERT into `T` of the values `V`.
#[derive(Debug)]
pub struct Insert<T, V> {
    values: V,
    table: PhantomData<T>,
}

copied!([T, V] Insert<T, V> { values, table }, V);

impl<T: Source, V> Insert<T, V> {
    /// Sets a column. `None` writes NULL; a column that is not set takes its default.
    pub fn set<C, S, E, M, I, EachColumnIsSetOnce>(
        self,
        _: Col<C, S>,
        value: E,
    ) -> Insert<T, Set<V, C, E::Expr>>
    where
        S: IsTarget<T, C>,
        C: Column<Access: CanSet<C>>,
        E: IntoAssigned<<C::Value as Value>::Base, Col<C, S>, M, Expr: Assign<NoFrom, I, C>>,
        Holds: Sets<Set<V, C, E::Expr>, C, EachColumnIsSetOnce, Holds>,
    {
        let Insert { values, table } = self;
        Insert { values: Set(values, value.into_assigned(), PhantomData), table }
    }

    /// Not there: for those who look for SQL's word, whom the message tells what to write.
    #[doc(hidden)]
    pub fn values<R: NamesValues>(self, rows: R) -> R::This {
        rows.this()
    }
}

/// What an `insert` would take for its values without their columns: nothing.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "an insert has no `values`: each is set by its column's name",
    label = "write `.set(Worker.name, name)` for each column, or `.rows(&new_workers)` of a struct that derives `Insert`"
)]
pub trait NamesValues {
    /// What follows is said of this type, so that nothing else is complained of.
    type This;

    /// Never called.
    fn this(self) -> Self::This;
}

impl<T: Source> Insert<T, Nothing> {
    /// Inserts these rows, any number of them, by one statement whose text does not depend on their number. Columns
    /// that the rows do not have take their defaults.
    ///
    /// ```
    /// # use mizzle::prelude::*;
    /// # #[derive(Table)]
    /// # #[orm(table = "workers")]
    /// # struct Worker { #[orm(primary_key, identity)] id: i64, email: Option<String>, name: String, #[orm(default = 100)] score: i32 }
    /// # #[derive(Table)]
    /// # #[orm(table = "tasks")]
    /// # struct Task { #[orm(primary_key, identity)] id: i64, worker_id: i64, title: String }
    /// #[derive(Insert)]
    /// #[orm(table = Task)]
    /// struct NewTask<'a> { worker_id: i64, title: &'a str }
    ///
    /// let tasks = [NewTask { worker_id: 1, title: "Label" }, NewTask { worker_id: 1, title: "Check" }];
    /// let insert = insert(Task).rows(&tasks);
    /// ```
    pub fn rows<R>(self, rows: &[R]) -> Insert<T, Rows<'_, R::This>>
    where
        R: InsertRow<This = R, Table: IsTableOf<T::Table, R>>,
    {
        Insert { values: Rows::new(rows), table: self.table }
    }

    /// Inserts this row, by the statement of [`rows`](Insert::rows).
    ///
    /// ```
    /// # use mizzle::prelude::*;
    /// # #[derive(Table)]
    /// # #[orm(table = "tasks")]
    /// # struct Task { #[orm(primary_key, identity)] id: i64, worker_id: i64, title: String }
    /// #[derive(Insert)]
    /// #[orm(table = Task)]
    /// struct NewTask<'a> { worker_id: i64, title: &'a str }
    ///
    /// let label = NewTask { worker_id: 1, title: "Label" };
    /// let id = insert(Task).row(&label).returning(Task.id);
    /// ```
    pub fn row<R: InsertRow<Table: IsTableOf<T::Table, R>, This = R>>(
        self,
        row: &R,
    ) -> Insert<T, Rows<'_, R>> {
        self.rows(std::slice::from_ref(row))
    }
}

/// What is inserted.
#[diagnostic::on_unimplemented(
    message = "the insert sets no column",
    label = "there is nothing to insert",
    note = "set its columns, `.set(Worker.email, email)`, or give it rows: `.rows(&new_workers)`"
)]
pub trait Values: Bind {
    /// The column list and the source of the values.
    const NODE: &'static Node;
}

impl<P, C, E> Values for Set<P, C, E>
where
    Self: Assignments,
{
    const NODE: &'static Node = &Node::Cat(&[
        &Node::Clause {
            prefix: " (",
            separator: ", ",
            level: crate::sql::Level::Free,
            items: <Self as Assignments>::NAMES,
        },
        &Node::Clause {
            prefix: ") values (",
            separator: ", ",
            level: crate::sql::Level::Free,
            items: <Self as Assignments>::VALUES,
        },
        &Node::Text(")"),
    ]);
}

/// The values set every column of `T` that must be set; `I` is inferred.
#[diagnostic::on_unimplemented(
    message = "the insert into `{T}` sets no column",
    label = "there is nothing to insert",
    note = "set its columns, `.set({T}.column, value)`, or give it rows: `.rows(&rows)`"
)]
pub trait Complete<T, I>: Values {}

impl<P, C, E, T: Source, I> Complete<T, I> for Set<P, C, E> where
    Self: Values + Covers<<T::Table as Table>::Required, I>
{
}

impl<R: InsertRow, T> Complete<T, ()> for Rows<'_, R> {}

impl<T: Source, V: Values> Sql for Insert<T, V> {
    const NODE: &'static Node =
        &Node::Cat(&[&Node::Text("insert into "), <Named<T> as Sql>::NODE, <V as Values>::NODE]);
}

impl<T, V: Bind> Bind for Insert<T, V> {
    fn bind(&self, args: &mut Args) {
        let Insert { values, table: _ } = self;
        values.bind(args);
    }
}

impl<T, V> Statement for Insert<T, V> {}

impl<T: Source, V: Complete<T, I>, I> Writes<I> for Insert<T, V> {
    type Scope = FromTable<T>;
}

impl<T: Source, V: Complete<T, I>, I> Command<I> for Insert<T, V> {
    const PLAN: &'static Plan = &Plan::new::<Self>(&Shape::Empty);
}

//! DELETE.

use crate::args::{Args, Bind};
use crate::condition::{Condition, Nothing, Then};
use crate::expr::Within;
use crate::from::FromTable;
use crate::query::{Command, Plan, Statement};
use crate::returning::Writes;
use crate::row::Shape;
use crate::select::IntoKey;
use crate::sql::{Node, Sql};
use crate::table::{Columns, Source, Table};
use crate::update::{AllRows, NamesRows};
use std::marker::PhantomData;

/// Starts a DELETE from a table: [`filter`](Delete::filter), [`find`](Delete::find) or [`all_rows`](Delete::all_rows)
/// says which rows.
///
/// ```
/// # use mizzle::prelude::*;
/// # #[derive(Table)]
/// # #[orm(table = "workers")]
/// # struct Worker { #[orm(primary_key, identity)] id: i64, email: Option<String>, name: String, #[orm(default = 100)] score: i32 }
/// # #[derive(Table)]
/// # #[orm(table = "tasks")]
/// # struct Task { #[orm(primary_key, identity)] id: i64, worker_id: i64, title: String }
/// let done = delete(Task).filter(Task.title.like("Check%")).returning(Task.id);
/// ```
pub fn delete<C: Columns>(_: C) -> Delete<C::Source, Nothing> {
    Delete { filter: Nothing, table: PhantomData }
}

/// A DELETE from `T` with the conditions `W`.
#[derive(Debug, Clone, Copy)]
pub struct Delete<T, W> {
    filter: W,
    table: PhantomData<T>,
}

impl<T: Source, W> Delete<T, W> {
    /// `where condition`; further ones are joined by `and`. An `Option` of a condition is left out when it is `None`,
    /// but not all of them may be.
    pub fn filter<E, I>(self, condition: E) -> Delete<T, Then<W, E::This>>
    where
        E: Condition<This = E>,
        E::This: Within<FromTable<T>, I>,
    {
        let Delete { filter, table } = self;
        Delete { filter: Then(filter, condition), table }
    }

    /// `where` the primary key is this; a tuple for a key of several columns.
    pub fn find<K>(self, key: K) -> Delete<T, Then<W, K::Condition>>
    where
        K: IntoKey<T, <T::Table as Table>::PrimaryKey>,
    {
        let Delete { filter, table } = self;
        Delete { filter: Then(filter, key.into_key()), table }
    }
}

impl<T> Delete<T, Nothing> {
    /// Every row of the table is meant.
    pub fn all_rows(self) -> Delete<T, AllRows> {
        Delete { filter: AllRows, table: self.table }
    }
}

impl<T: Source, W: NamesRows<T>> Sql for Delete<T, W> {
    const NODE: &'static Node = &Node::Cat(&[&Node::Text("delete"), FromTable::<T>::NODE, W::NODE]);
}

impl<T, W: NamesRows<T>> Bind for Delete<T, W> {
    fn bind(&self, args: &mut Args) {
        let Delete { filter, table: _ } = self;
        filter.bind_rows(args);
    }
}

impl<T, W> Statement for Delete<T, W> {}

impl<T: Source, W: NamesRows<T>> Writes<()> for Delete<T, W> {
    type Scope = FromTable<T>;
}

impl<T: Source, W: NamesRows<T>> Command<()> for Delete<T, W> {
    const PLAN: &'static Plan = &Plan::new::<Self>(&Shape::Empty);
}

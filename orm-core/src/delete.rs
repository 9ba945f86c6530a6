//! DELETE.

use crate::args::{Args, Bind};
use crate::condition::{Condition, Nothing, Then};
use crate::copied::copied;
use crate::expr::Within;
use crate::from::FromTable;
use crate::query::{Command, Plan, Statement};
use crate::returning::Writes;
use crate::row::Shape;
use crate::select::IntoKey;
use crate::sql::{Node, Sql};
use crate::table::{Columns, Source, Table};
use crate::update::{AllRows, Beyond, NamesRows};
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
    Delete { filter: Nothing, from: FromTable::NEW, table: PhantomData }
}

/// A DELETE from `T` with the conditions `W`, which see `F`.
#[derive(Debug)]
pub struct Delete<T, W, F = FromTable<T>> {
    filter: W,
    from: F,
    table: PhantomData<T>,
}

copied!([T, W, F] Delete<T, W, F> { filter, from, table }, W, F);

impl<T: Source, W, F> Delete<T, W, F> {
    /// `where condition`; further ones are joined by `and`. An `Option` of a condition is left out when it is `None`,
    /// but not all of them may be.
    pub fn filter<E, I>(self, condition: E) -> Delete<T, Then<W, E::This>, F>
    where
        E: Condition<This = E>,
        E::This: Within<F, I>,
    {
        let Delete { filter, from, table } = self;
        Delete { filter: Then(filter, condition), from, table }
    }

    /// `where` the primary key is this; a tuple for a key of several columns.
    pub fn find<K>(self, key: K) -> Delete<T, Then<W, K::Condition>, F>
    where
        K: IntoKey<T, <T::Table as Table>::PrimaryKey>,
    {
        let Delete { filter, from, table } = self;
        Delete { filter: Then(filter, key.into_key()), from, table }
    }
}

impl<T, W, F> Delete<T, W, F> {
    pub(crate) fn with<G>(self, change: impl FnOnce(F) -> G) -> Delete<T, W, G> {
        let Delete { filter, from, table } = self;
        Delete { filter, from: change(from), table }
    }
}

impl<T, F> Delete<T, Nothing, F> {
    /// Every row of the table is meant.
    pub fn all_rows(self) -> Delete<T, AllRows, F> {
        let Delete { filter: Nothing, from, table } = self;
        Delete { filter: AllRows, from, table }
    }
}

impl<T: Source, W: NamesRows<T>, F: Beyond<T>> Sql for Delete<T, W, F> {
    const NODE: &'static Node =
        &Node::Cat(&[&Node::Text("delete"), <FromTable<T> as Sql>::NODE, <F as Beyond<T>>::NODE, W::NODE]);
}

impl<T, W: NamesRows<T>, F: Beyond<T>> Bind for Delete<T, W, F> {
    fn bind(&self, args: &mut Args) {
        let Delete { filter, from, table: _ } = self;
        if !F::IS_EMPTY {
            from.bind(args);
        }
        filter.bind_rows(args);
    }
}

impl<T, W, F> Statement for Delete<T, W, F> {}

impl<T: Source, W: NamesRows<T>, F: Beyond<T>> Writes<()> for Delete<T, W, F> {
    type Scope = F;
}

impl<T: Source, W: NamesRows<T>, F: Beyond<T>> Command<()> for Delete<T, W, F> {
    const PLAN: &'static Plan = &Plan::new::<Self>(&Shape::Empty);
}

//! UPDATE.

mod beside;
mod named;
mod patch;
mod rows;

pub use beside::{Beside, Beyond, Target, Using};
pub use named::{AllRows, NamesRows};
pub use patch::{Patch, Patched, bind_patch};
pub use rows::{UpdateRow, UpdateRows, change_column, check_changes};

use crate::args::{Args, Bind};
use crate::condition::{Condition, Nothing, Then};
use crate::copied::copied;
use crate::error::EncodeError;
use crate::expr::{IntoAssigned, Within};
use crate::from::{FromTable, Named};
use crate::insert::{Assign, Assignments, Holds, Set, Sets};
use crate::query::{Command, Plan, Statement};
use crate::returning::Writes;
use crate::row::Shape;
use crate::select::IntoKey;
use crate::sql::{Level, Node, Sql};
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
    Update { values: Nothing, filter: Nothing, from: FromTable::NEW, table: PhantomData }
}

/// An UPDATE of `T` with the assignments `V` and the conditions `W`, which see `F`.
#[derive(Debug)]
pub struct Update<T, V, W, F = FromTable<T>> {
    values: V,
    filter: W,
    from: F,
    table: PhantomData<T>,
}

copied!([T, V, W, F] Update<T, V, W, F> { values, filter, from, table }, V, W, F);

impl<T: Source, V, W, F> Update<T, V, W, F> {
    /// `set column = value`, a value or an expression of the columns that the update sees: the row's own, and those of
    /// [`from`](Update::from). `None` writes NULL.
    ///
    /// A column is set once:
    ///
    /// ```compile_fail
    /// # use mizzle::prelude::*;
    /// # #[derive(Table)]
    /// # #[orm(table = "workers")]
    /// # struct Worker { #[orm(primary_key, identity)] id: i64, email: Option<String>, name: String, #[orm(default = 100)] score: i32 }
    /// let twice = update(Worker).set(Worker.score, 1).set(Worker.score, 2).find(1);
    /// ```
    pub fn set<C, S, E, M, I, EachColumnIsSetOnce>(
        self,
        _: Col<C, S>,
        value: E,
    ) -> Update<T, Set<V, C, E::Expr>, W, F>
    where
        S: IsTarget<T, C>,
        C: Column<Access: CanSet<C>>,
        E: IntoAssigned<<C::Value as Value>::Base, Col<C, S>, M, Expr: Assign<F, I, C>>,
        Holds: Sets<Set<V, C, E::Expr>, C, EachColumnIsSetOnce, Holds>,
    {
        let Update { values, filter, from, table } = self;
        Update { values: Set(values, value.into_assigned(), PhantomData), filter, from, table }
    }

    /// `where condition`; further ones are joined by `and`. An `Option` of a condition is left out when it is `None`,
    /// but not all of them may be.
    pub fn filter<E, I>(self, condition: E) -> Update<T, V, Then<W, E::This>, F>
    where
        E: Condition<This = E>,
        E::This: Within<F, I>,
    {
        let Update { values, filter, from, table } = self;
        Update { values, filter: Then(filter, condition), from, table }
    }

    /// `where` the primary key is this; a tuple for a key of several columns.
    pub fn find<K>(self, key: K) -> Update<T, V, Then<W, K::Condition>, F>
    where
        K: IntoKey<T, <T::Table as Table>::PrimaryKey>,
    {
        let Update { values, filter, from, table } = self;
        Update { values, filter: Then(filter, key.into_key()), from, table }
    }
}

impl<T, V, W, F> Update<T, V, W, F> {
    fn with<G>(self, change: impl FnOnce(F) -> G) -> Update<T, V, W, G> {
        let Update { values, filter, from, table } = self;
        Update { values, filter, from: change(from), table }
    }
}

impl<T, V, F> Update<T, V, Nothing, F> {
    /// Every row of the table is meant.
    pub fn all_rows(self) -> Update<T, V, AllRows, F> {
        let Update { values, filter: Nothing, from, table } = self;
        Update { values, filter: AllRows, from, table }
    }
}

/// An update of `T` writes something.
#[diagnostic::on_unimplemented(
    message = "the update of `{T}` sets no column",
    label = "there is nothing to write",
    note = "add `.set({T}.column, value)`"
)]
pub trait Changes<T>: Assignments {}

impl<T, P, C, E> Changes<T> for Set<P, C, E> where Self: Assignments {}

/// What an update of `T` sets, and then those of `on_update` that it does not.
const fn set_clause<T: Source, V: Assignments>() -> &'static Node {
    const {
        &Node::Clause {
            prefix: " set ",
            separator: ", ",
            level: Level::Free,
            items: &Node::Cat(&[V::PAIRS, &Node::OnUpdate(<T::Table as Table>::ON_UPDATE, V::SET)]),
        }
    }
}

impl<T: Source, V: Assignments, W: NamesRows<T>, F: Beyond<T>> Sql for Update<T, V, W, F> {
    const NODE: &'static Node = &Node::Cat(&[
        &Node::Text("update "),
        <Named<T> as Sql>::NODE,
        set_clause::<T, V>(),
        <F as Beyond<T>>::NODE,
        W::NODE,
    ]);
}

impl<T, V: Assignments, W: NamesRows<T>, F: Beyond<T>> Bind for Update<T, V, W, F> {
    fn bind(&self, args: &mut Args) {
        let Update { values, filter, from, table: _ } = self;
        if V::ARE_OPTIONAL && !values.any_present() {
            args.fail(EncodeError::nothing_set());
        }
        values.bind(args);
        if !F::IS_EMPTY {
            from.bind(args);
        }
        filter.bind_rows(args);
    }
}

impl<T, V, W, F> Statement for Update<T, V, W, F> {}

impl<T: Source, V: Changes<T>, W: NamesRows<T>, F: Beyond<T>> Writes<()> for Update<T, V, W, F> {
    type Scope = F;
}

impl<T: Source, V: Changes<T>, W: NamesRows<T>, F: Beyond<T>> Command<()> for Update<T, V, W, F> {
    const PLAN: &'static Plan = &Plan::new::<Self>(&Shape::Empty);
}

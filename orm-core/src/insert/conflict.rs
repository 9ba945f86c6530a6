//! ON CONFLICT: what an insert does with a row that is there already.

use super::{Action, Assignments, ColumnList, DoNothing, Insert, KeyList, Undecided};
use crate::args::{Args, Bind};
use crate::copied::copied;
use crate::error::EncodeError;
use crate::query::{Command, Plan, Statement};
use crate::returning::Writes;
use crate::row::Shape;
use crate::sql::{Level, Node, Sql};
use crate::table::{Source, Table};
use std::marker::PhantomData;

impl<T: Source, V> Insert<T, V> {
    /// `on conflict (columns)`, a column or a tuple of those of one unique key in its order: then
    /// [`do_nothing`](Upsert::do_nothing) or [`do_update`](Upsert::do_update). The key may be the primary key, a unique
    /// constraint or a unique index; a partial index's condition is written along.
    ///
    /// PostgreSQL refuses a statement that would write one row twice (SQLSTATE 21000): rows of one
    /// [`rows`](Insert::rows) must differ in the key.
    ///
    /// ```
    /// # use mizzle::prelude::*;
    /// # #[derive(Table)]
    /// # #[orm(table = "workers")]
    /// # struct Worker { #[orm(primary_key, identity)] id: i64, #[orm(unique)] email: String, name: String, #[orm(default = 100)] score: i32 }
    /// let upsert = insert(Worker)
    ///     .set(Worker.email, "ada@example.com")
    ///     .set(Worker.name, "Ada")
    ///     .on_conflict(Worker.email)
    ///     .do_update(Worker.name)
    ///     .set(Worker.score, Worker.score + 1)
    ///     .returning(Worker);
    /// ```
    pub fn on_conflict<L>(self, _: L) -> Upsert<T, V, OnColumns<T, L>, Undecided>
    where
        L: KeyList<T>,
    {
        Upsert { insert: self, target: OnColumns(PhantomData), action: Undecided }
    }

    /// `on conflict on constraint name`: for a key by its name. A name that no key of the table has is an error before
    /// anything is sent.
    ///
    /// ```
    /// # use mizzle::prelude::*;
    /// # #[derive(Table)]
    /// # #[orm(table = "workers")]
    /// # struct Worker { #[orm(primary_key, identity)] id: i64, #[orm(unique)] email: String, name: String, #[orm(default = 100)] score: i32 }
    /// let ada = insert(Worker).set(Worker.email, "ada@example.com").set(Worker.name, "Ada");
    /// let upsert = ada.on_conflict_constraint("workers_email_key").do_nothing();
    /// ```
    pub fn on_conflict_constraint(self, name: &'static str) -> Upsert<T, V, OnConstraint<T>, Undecided> {
        Upsert { insert: self, target: OnConstraint(name, PhantomData), action: Undecided }
    }

    /// `on conflict`, whatever the row is in conflict with: then [`do_nothing`](Upsert::do_nothing).
    ///
    /// ```
    /// # use mizzle::prelude::*;
    /// # #[derive(Table)]
    /// # #[orm(table = "workers")]
    /// # struct Worker { #[orm(primary_key, identity)] id: i64, #[orm(unique)] email: String, name: String, #[orm(default = 100)] score: i32 }
    /// let ada = insert(Worker).set(Worker.email, "ada@example.com").set(Worker.name, "Ada");
    /// let unless_there = ada.on_conflict_any().do_nothing();
    /// ```
    pub fn on_conflict_any(self) -> Upsert<T, V, OnAny, Undecided> {
        Upsert { insert: self, target: OnAny, action: Undecided }
    }
}

/// The table has a unique key of just the columns `K`; derived.
#[diagnostic::on_unimplemented(
    message = "no unique key of `{Self}` has just the columns `{K}`",
    label = "`on conflict` needs a primary key, a unique constraint or a unique index of just these columns, in its order",
    note = "declare one on the struct: `#[orm(unique)]` on the column, or `#[orm(unique(a, b))]` for several"
)]
pub trait UniqueKey<K> {}

/// An INSERT of the values `V` into `T` that does `A` on a conflict with the key `K`.
#[derive(Debug)]
pub struct Upsert<T, V, K, A> {
    insert: Insert<T, V>,
    target: K,
    action: A,
}

copied!([T, V, K, A] Upsert<T, V, K, A> { insert, target, action }, V, K, A);

impl<T, V, K> Upsert<T, V, K, Undecided> {
    /// `do nothing`: a row that is there stays, and is not returned.
    pub fn do_nothing(self) -> Upsert<T, V, K, DoNothing> {
        self.map(|Undecided| DoNothing)
    }
}

impl<T, V, K, A> Upsert<T, V, K, A> {
    pub(super) fn map<B>(self, act: impl FnOnce(A) -> B) -> Upsert<T, V, K, B> {
        let Upsert { insert, target, action } = self;
        Upsert { insert, target, action: act(action) }
    }
}

/// What the row may be in conflict with.
pub trait Target: Bind {
    /// After ` on conflict`.
    const NODE: &'static Node;
}

/// The unique key of these columns.
#[derive(Debug)]
pub struct OnColumns<T, L>(PhantomData<(T, L)>);

impl<T, L> Clone for OnColumns<T, L> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, L> Copy for OnColumns<T, L> {}

impl<T: Source, L: ColumnList<T>> Target for OnColumns<T, L> {
    const NODE: &'static Node = &Node::Cat(&[
        &Node::Clause {
            prefix: " (",
            separator: ", ",
            level: Level::Free,
            items: <L::FromExcluded as Assignments>::NAMES,
        },
        &Node::Text(")"),
        &Node::Text(if <T::Table as Table>::META.predicate_of(L::NAMES).is_empty() { "" } else { " where " }),
        &Node::Text(<T::Table as Table>::META.predicate_of(L::NAMES)),
    ]);
}

impl<T, L> Bind for OnColumns<T, L> {
    const IS_EMPTY: bool = true;

    fn bind(&self, _: &mut Args) {}
}

/// The key of this name.
#[derive(Debug)]
pub struct OnConstraint<T>(&'static str, PhantomData<T>);

impl<T> Clone for OnConstraint<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for OnConstraint<T> {}

impl<T: Source> Target for OnConstraint<T> {
    const NODE: &'static Node =
        &Node::Cat(&[&Node::Text(" on constraint "), &Node::OneOfKeys(<T::Table as Table>::META)]);
}

impl<T: Source> Bind for OnConstraint<T> {
    fn bind(&self, args: &mut Args) {
        let meta = <T::Table as Table>::META;
        let mut found = false;
        for key in meta.primary_key.iter().chain(meta.uniques) {
            found |= key.name == self.0;
            args.push_present(key.name == self.0);
        }
        if !found {
            args.fail(EncodeError::no_such_key(meta.name.name, self.0));
        }
    }
}

/// Any unique key.
#[derive(Debug, Clone, Copy)]
pub struct OnAny;

impl Target for OnAny {
    const NODE: &'static Node = &Node::Text("");
}

impl Bind for OnAny {
    const IS_EMPTY: bool = true;

    fn bind(&self, _: &mut Args) {}
}

/// The target is one key, as an update needs it.
#[diagnostic::on_unimplemented(
    message = "`on_conflict_any` can only `do_nothing`",
    label = "an update needs to know the key",
    note = "name the key's columns: `.on_conflict(Worker.email)`"
)]
pub trait IsOneKey {}

impl<T, L> IsOneKey for OnColumns<T, L> {}
impl<T> IsOneKey for OnConstraint<T> {}

impl<T, V, K: Target, A: Action<T>> Sql for Upsert<T, V, K, A>
where
    Insert<T, V>: Sql,
{
    const NODE: &'static Node =
        &Node::Cat(&[<Insert<T, V> as Sql>::NODE, &Node::Text(" on conflict"), K::NODE, A::NODE]);
}

impl<T, V: Bind, K: Bind, A: Bind> Bind for Upsert<T, V, K, A> {
    fn bind(&self, args: &mut Args) {
        let Upsert { insert, target, action } = self;
        insert.bind(args);
        if !K::IS_EMPTY {
            target.bind(args);
        }
        if !A::IS_EMPTY {
            action.bind(args);
        }
    }
}

impl<T, V, K, A> Statement for Upsert<T, V, K, A> {}

impl<T, V: Bind, K: Target, A: Action<T>, I> Writes<I> for Upsert<T, V, K, A>
where
    Insert<T, V>: Writes<I>,
{
    type Scope = <Insert<T, V> as Writes<I>>::Scope;
}

impl<T, V: Bind, K: Target, A: Action<T>, I> Command<I> for Upsert<T, V, K, A>
where
    Insert<T, V>: Writes<I>,
{
    const PLAN: &'static Plan = &Plan::new::<Self>(&Shape::Empty);
}

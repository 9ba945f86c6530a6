//! What ON CONFLICT does: nothing, or an update of the row that is there.

use super::{Assign, Holds, IsOneKey, Set, Sets, SettableList, Upsert};
use crate::args::{Args, Bind};
use crate::condition::{Condition, Nothing, Then, where_clause};
use crate::expr::{IntoAssigned, Within};
use crate::from::{FromTable, Inner, Join};
use crate::sql::{Level, Node, Sql};
use crate::table::{CanSet, Col, Column, IsTarget, Source, Table};
use crate::update::Changes;
use crate::value::Value;
use std::marker::PhantomData;

/// The value of the column in the row that was to be inserted, in [`do_update`](Upsert::do_update).
///
/// ```
/// # use mizzle::prelude::*;
/// # #[derive(Table)]
/// # #[orm(table = "workers")]
/// # struct Worker { #[orm(primary_key, identity)] id: i64, #[orm(unique)] email: String, name: String, #[orm(default = 100)] score: i32 }
/// let best_score = insert(Worker)
///     .set(Worker.email, "ada@example.com")
///     .set(Worker.name, "Ada")
///     .set(Worker.score, 120)
///     .on_conflict(Worker.email)
///     .do_update(Worker.score)
///     .filter(excluded(Worker.score).gt(Worker.score));
/// ```
pub fn excluded<C, S>(_: Col<C, S>) -> Col<C, Excluded<S>> {
    Col::NEW
}

/// The row of `S` that was to be inserted.
pub struct Excluded<S>(PhantomData<S>);

impl<S: Source> Source for Excluded<S> {
    type Table = S::Table;
    const ALIAS: &'static str = "\"excluded\"";
}

/// What an update on conflict sees: the row that is there, and the one that was to be inserted.
type Both<T> = Join<FromTable<T>, Excluded<T>, Inner, ()>;

/// Not said yet.
#[derive(Debug, Clone, Copy)]
pub struct Undecided;

/// `do nothing`
#[derive(Debug, Clone, Copy)]
pub struct DoNothing;

/// `do update set V where W`
#[derive(Debug, Clone, Copy)]
pub struct DoUpdate<V, W> {
    values: V,
    filter: W,
}

impl<T, V, K> Upsert<T, V, K, Undecided> {
    /// `do update set column = excluded.column`, a column or a tuple of them: the row that is there takes their new
    /// values, and those of its `on_update` columns. [`set`](Upsert::set) sets others to expressions; `()` is no column.
    pub fn do_update<L>(self, _: L) -> Upsert<T, V, K, DoUpdate<L::FromExcluded, Nothing>>
    where
        L: SettableList<T>,
        K: IsOneKey,
    {
        self.map(|Undecided| DoUpdate { values: L::FROM_EXCLUDED, filter: Nothing })
    }
}

impl<T: Source, V, K, A, W> Upsert<T, V, K, DoUpdate<A, W>> {
    /// `set column = value`, a value or an expression of the row that is there and of [`excluded`].
    pub fn set<C, S, E, M, I, EachColumnIsSetOnce>(
        self,
        _: Col<C, S>,
        value: E,
    ) -> Upsert<T, V, K, DoUpdate<Set<A, C, E::Expr>, W>>
    where
        S: IsTarget<T, C>,
        C: Column<Access: CanSet<C>>,
        E: IntoAssigned<<C::Value as Value>::Base, Col<C, S>, M, Expr: Assign<Both<T>, I, C>>,
        Holds: Sets<Set<A, C, E::Expr>, C, EachColumnIsSetOnce, Holds>,
    {
        self.map(|DoUpdate { values, filter }| DoUpdate {
            values: Set(values, value.into_assigned(), PhantomData),
            filter,
        })
    }

    /// `where condition`: a row that is there and does not meet it stays, and is not returned. Further ones are joined
    /// by `and`; an `Option` of a condition is left out when it is `None`.
    pub fn filter<E, I>(self, condition: E) -> Upsert<T, V, K, DoUpdate<A, Then<W, E::This>>>
    where
        E: Condition<This = E>,
        E::This: Within<Both<T>, I>,
    {
        self.map(|DoUpdate { values, filter }| DoUpdate { values, filter: Then(filter, condition) })
    }
}

/// An `on_conflict` says what to do.
#[diagnostic::on_unimplemented(
    message = "the `on_conflict` of the insert into `{T}` does not say what to do",
    label = "neither `do_nothing` nor `do_update`",
    note = "add `.do_nothing()`, or `.do_update((..))` with the columns to overwrite"
)]
pub trait Action<T>: Bind {
    /// After the target.
    const NODE: &'static Node;
}

impl<T> Action<T> for DoNothing {
    const NODE: &'static Node = &Node::Text(" do nothing");
}

impl<T: Source, V: Changes<T>, W: Sql + Bind> Action<T> for DoUpdate<V, W> {
    const NODE: &'static Node = &Node::Cat(&[
        &Node::Clause {
            prefix: " do update set ",
            separator: ", ",
            level: Level::Free,
            items: &Node::Cat(&[V::PAIRS, &Node::OnUpdate(<T::Table as Table>::ON_UPDATE, V::SET)]),
        },
        where_clause::<W>(),
    ]);
}

impl Bind for Undecided {
    fn bind(&self, _: &mut Args) {}
}

impl Bind for DoNothing {
    const IS_EMPTY: bool = true;

    fn bind(&self, _: &mut Args) {}
}

impl<V: Bind, W: Bind> Bind for DoUpdate<V, W> {
    const IS_EMPTY: bool = V::IS_EMPTY && W::IS_EMPTY;

    fn bind(&self, args: &mut Args) {
        let DoUpdate { values, filter } = self;
        if !V::IS_EMPTY {
            values.bind(args);
        }
        if !W::IS_EMPTY {
            filter.bind(args);
        }
    }
}

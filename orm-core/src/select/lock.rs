//! Row locks of a SELECT: `for update` and its kin.

use super::Select;
use crate::condition::Nothing;
use crate::expr::{Kinded, Plain};
use crate::from::{FromQuery, FromTable, Has, Join, JoinKind, NoFrom, Outer};
use crate::sql::{Level, Node, Sql};
use crate::table::{Columns, Source};
use crate::value::NotNull;
use std::marker::PhantomData;

/// A row lock of the strength `S`, on the tables `T` only if it names any, waiting as `N` says.
#[derive(Debug)]
pub struct Lock<S, T = Nothing, N = Nothing>(PhantomData<(S, T, N)>);

impl<S, T, N> Lock<S, T, N> {
    const NEW: Self = Lock(PhantomData);
}

impl<S, T, N> Clone for Lock<S, T, N> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S, T, N> Copy for Lock<S, T, N> {}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident $text:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub enum $name {}

        impl Sql for $name {
            const NODE: &'static Node = &Node::Text($text);
        }
    )*};
}

words! {
    /// `for update`
    Update " for update";
    /// `for no key update`
    NoKeyUpdate " for no key update";
    /// `for share`
    Share " for share";
    /// `for key share`
    KeyShare " for key share";
    /// `nowait`
    NoWait " nowait";
    /// `skip locked`
    SkipLocked " skip locked";
}

/// The tables `P`, and the table `T`.
#[derive(Debug)]
pub struct Locked<P, T>(PhantomData<(P, T)>);

impl<P: Sql, T: Source> Sql for Locked<P, T> {
    const NODE: &'static Node = &Node::Cat(&[P::NODE, &Node::Item(&Node::Text(T::ALIAS))]);
}

impl<S: Sql, T: Sql, N: Sql> Sql for Lock<S, T, N> {
    const NODE: &'static Node = &Node::Cat(&[
        S::NODE,
        &Node::Clause { prefix: " of ", separator: ", ", level: Level::Free, items: T::NODE },
        N::NODE,
    ]);
}

impl<P, F, W, G, O, L, X> Select<P, F, W, G, O, L, X> {
    /// `for update`: until the end of the transaction nobody else changes, deletes or locks the rows.
    ///
    /// ```
    /// # use mizzle::prelude::*;
    /// # #[derive(Table)]
    /// # #[orm(table = "tasks")]
    /// # struct Task { #[orm(primary_key, identity)] id: i64, worker_id: i64, title: String }
    /// let next = select(Task).order_by(Task.id).limit(1).for_update().skip_locked();
    /// ```
    pub fn for_update(self) -> Select<P, F, W, G, O, L, X, Lock<Update>> {
        self.lock()
    }

    /// `for no key update`: as [`for_update`](Select::for_update), but rows may be referred to by new ones.
    pub fn for_no_key_update(self) -> Select<P, F, W, G, O, L, X, Lock<NoKeyUpdate>> {
        self.lock()
    }

    /// `for share`: nobody else changes or deletes the rows.
    pub fn for_share(self) -> Select<P, F, W, G, O, L, X, Lock<Share>> {
        self.lock()
    }

    /// `for key share`: nobody else deletes the rows or changes their keys.
    pub fn for_key_share(self) -> Select<P, F, W, G, O, L, X, Lock<KeyShare>> {
        self.lock()
    }
}

impl<P, F, W, G, O, L, X, K> Select<P, F, W, G, O, L, X, K> {
    fn lock<M>(self) -> Select<P, F, W, G, O, L, X, Lock<M>> {
        self.relock(Lock::NEW)
    }

    fn relock<M>(self, lock: M) -> Select<P, F, W, G, O, L, X, M> {
        let Select { selection, from, filter, group, order, limit, offset, lock: _ } = self;
        Select { selection, from, filter, group, order, limit, offset, lock }
    }
}

impl<P, F, W, G, O, L, X, S, T, N> Select<P, F, W, G, O, L, X, Lock<S, T, N>> {
    /// `of table`: only its rows are locked; further ones are added.
    pub fn of<U: LockedIn<F, I>, I>(
        self,
        _: U,
    ) -> Select<P, F, W, G, O, L, X, Lock<S, Locked<T, U::Source>, N>> {
        self.relock(Lock::NEW)
    }
}

/// A table of the FROM clause `F`, as what `of` takes; `I` is inferred.
pub trait LockedIn<F, I>: Columns {}

impl<U: Columns, F: Has<U::Source, U::Source, I>, I> LockedIn<F, I> for U where F::Null: IsThere {}

/// The lock `Self` may be on the rows of `F`, grouped by `G`, that `P` is selected of.
pub trait Locks<P, F, G> {}

impl<P, F, G> Locks<P, F, G> for Nothing {}

impl<P: Kinded<Kind: OfRows>, F: AllThere, G: OfRows, S, N> Locks<P, F, G> for Lock<S, Nothing, N> {}

impl<P: Kinded<Kind: OfRows>, F, G: OfRows, S, T, U, N> Locks<P, F, G> for Lock<S, Locked<T, U>, N> {}

/// A kind of selection or a GROUP BY clause with which each row that is returned is made of one row of each table.
#[diagnostic::on_unimplemented(
    message = "the rows of this query cannot be locked: it groups them, or is `distinct`",
    label = "locks rows that it does not return one by one",
    note = "lock them by a query of their own"
)]
pub trait OfRows {}

impl OfRows for Plain {}
impl OfRows for Nothing {}

/// A FROM clause in which no table's row may be missing.
pub trait AllThere {}

impl AllThere for NoFrom {}
impl<T> AllThere for FromTable<T> {}
impl<T, R> AllThere for FromQuery<T, R> {}
impl<F: AllThere, T> AllThere for Outer<F, T> {}
impl<F: AllThere, T, K: JoinKind<Null: IsThere, Before: IsThere>, On, R> AllThere for Join<F, T, K, On, R> {}

/// Of a row that cannot be missing.
#[diagnostic::on_unimplemented(
    message = "a row that may be missing cannot be locked: its table is on the outer side of a join",
    label = "locks a row that may be missing",
    note = "say which tables' rows are meant: `.for_update().of(Worker)`"
)]
pub trait IsThere {}

impl IsThere for NotNull {}

impl<P, F, W, G, O, L, X, S, T> Select<P, F, W, G, O, L, X, Lock<S, T>> {
    /// `nowait`: an error, [`lock_not_available`](https://www.postgresql.org/docs/current/errcodes-appendix.html) (55P03),
    /// if a row is locked already.
    pub fn nowait(self) -> Select<P, F, W, G, O, L, X, Lock<S, T, NoWait>> {
        self.relock(Lock::NEW)
    }

    /// `skip locked`: rows that are locked already are left out.
    pub fn skip_locked(self) -> Select<P, F, W, G, O, L, X, Lock<S, T, SkipLocked>> {
        self.relock(Lock::NEW)
    }
}

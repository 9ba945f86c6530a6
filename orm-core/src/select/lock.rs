//! Row locks of a SELECT: `for update` and its kin.

use super::Select;
use crate::condition::Nothing;
use crate::from::{AllColumns, Has};
use crate::sql::{Level, Node, Sql};
use crate::table::{Columns, Source};
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

/// PostgreSQL locks rows of tables only: not of groups, nor of a `distinct` selection.
impl<P, F, W, O, L, X> Select<P, F, W, Nothing, O, L, X> {
    /// `for update`: until the end of the transaction nobody else changes, deletes or locks the rows.
    ///
    /// ```
    /// # use mizzle::prelude::*;
    /// # #[derive(Table)]
    /// # #[orm(table = "tasks")]
    /// # struct Task { #[orm(primary_key, identity)] id: i64, worker_id: i64, title: String }
    /// let next = select(Task).order_by(Task.id).limit(1).for_update().skip_locked();
    /// ```
    pub fn for_update(self) -> Select<P, F, W, Nothing, O, L, X, Lock<Update>> {
        self.lock()
    }

    /// `for no key update`: as [`for_update`](Select::for_update), but rows may be referred to by new ones.
    pub fn for_no_key_update(self) -> Select<P, F, W, Nothing, O, L, X, Lock<NoKeyUpdate>> {
        self.lock()
    }

    /// `for share`: nobody else changes or deletes the rows.
    pub fn for_share(self) -> Select<P, F, W, Nothing, O, L, X, Lock<Share>> {
        self.lock()
    }

    /// `for key share`: nobody else deletes the rows or changes their keys.
    pub fn for_key_share(self) -> Select<P, F, W, Nothing, O, L, X, Lock<KeyShare>> {
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

impl<U: Columns, F: Has<U::Source, AllColumns, I>, I> LockedIn<F, I> for U {}

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

//! What a statement runs on.

use crate::batch::{Batch, run};
use crate::client::Client;
use crate::connection::{Boxed, Connection};
use crate::db::Db;
use crate::error::Error;
use crate::observe::Hook;
use crate::pool::{Owned, Pooled};
use crate::tx::Tx;
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::Arc;

/// What runs a statement: a [`Db`], which takes a connection of its pool for it, a [`Client`] or a [`Tx`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot run a statement",
    label = "expected a `Db`, a `Client` or a `Tx`"
)]
pub trait Executor: sealed::Sealed + Send + Sync {
    #[doc(hidden)]
    fn place(&self) -> Place<'_>;

    /// Runs several statements in one round trip, on one connection and in their order, and gives their results as a
    /// tuple; see [`batch`](mod@crate::batch).
    ///
    /// # Errors
    /// The first one in the order of the statements, with that statement's text. Those after it have run all the same,
    /// unless this is a transaction.
    fn batch<'c, B: Batch<Output = O> + Send + 'c, O>(&'c self, batch: B) -> Boxed<'c, O>
    where
        Self: Sized,
    {
        Box::pin(run(self.place().on, batch))
    }
}

/// Where a statement runs, as long as the borrow `'c` of it lasts.
#[doc(hidden)]
pub struct Place<'c> {
    pub(crate) on: On,
    borrowed: PhantomData<&'c ()>,
}

/// Handles, not references: what a statement runs in outlives it.
pub(crate) enum On {
    Pool(Db),
    Client(Arc<Owned>),
    Tx(Tx),
}

impl On {
    pub(crate) fn hook(&self) -> Option<&Hook> {
        match self {
            On::Pool(db) => db.hook(),
            On::Client(connection) => connection.hook(),
            On::Tx(tx) => tx.hook(),
        }
    }
}

/// A connection for as long as a statement needs it: out of the pool, or one that somebody holds.
pub(crate) enum Held {
    Pooled(Pooled),
    Client(Arc<Owned>),
    Tx(Tx),
}

impl Held {
    /// Takes the connection of a place, for more than the statement of a [`Fetch`](crate::Fetch).
    pub(crate) async fn take(on: On) -> Result<Self, Error> {
        let held = match on {
            On::Pool(db) => Held::Pooled(db.hold().await?),
            On::Client(connection) => Held::Client(connection),
            On::Tx(tx) => Held::Tx(tx),
        };
        held.check_open().map(|()| held)
    }

    /// A statement that was prepared first must not slip into a transaction that was opened inside its own meanwhile,
    /// nor behind a stream.
    pub(crate) fn check_open(&self) -> Result<(), Error> {
        match self {
            Held::Pooled(_) => Ok(()),
            Held::Client(connection) => connection.check_idle(),
            Held::Tx(tx) => tx.check_open(),
        }
    }

    /// An error inside a transaction leaves it good for nothing but a rollback.
    pub(crate) fn note_failure(&self) {
        if let Held::Tx(tx) = self {
            tx.note_failure();
        }
    }

    pub(crate) fn is_tx(&self) -> bool {
        matches!(self, Held::Tx(_))
    }
}

impl Deref for Held {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        match self {
            Held::Pooled(connection) => connection,
            Held::Client(connection) => connection,
            Held::Tx(tx) => tx.connection(),
        }
    }
}

impl Executor for Db {
    fn place(&self) -> Place<'_> {
        Place { on: On::Pool(self.clone()), borrowed: PhantomData }
    }
}

impl Executor for Client {
    fn place(&self) -> Place<'_> {
        Place { on: On::Client(self.connection().clone()), borrowed: PhantomData }
    }
}

impl Executor for Tx {
    fn place(&self) -> Place<'_> {
        Place { on: On::Tx(self.share()), borrowed: PhantomData }
    }
}

impl<E: Executor + ?Sized> Executor for &E {
    fn place(&self) -> Place<'_> {
        (**self).place()
    }
}

mod sealed {
    pub trait Sealed {}

    impl Sealed for crate::Db {}
    impl Sealed for crate::Client {}
    impl Sealed for crate::Tx {}
    impl<E: Sealed + ?Sized> Sealed for &E {}
}

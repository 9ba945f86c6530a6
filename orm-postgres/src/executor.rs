//! What a statement runs on.

use crate::client::Client;
use crate::connection::Connection;
use crate::db::Db;
use crate::error::Error;
use crate::observe::Hook;
use crate::pool::Held;
use crate::tx::Tx;

/// What runs a statement: a [`Db`], which takes a connection of its pool for it, a [`Client`] or a [`Tx`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot run a statement",
    label = "expected a `Db`, a `Client` or a `Tx`"
)]
pub trait Executor: sealed::Sealed + Send + Sync {
    #[doc(hidden)]
    fn place(&self) -> Place<'_>;
}

/// Where a statement runs.
#[doc(hidden)]
pub struct Place<'c>(pub(crate) On<'c>);

#[derive(Clone, Copy)]
pub(crate) enum On<'c> {
    Pool(&'c Db),
    Connection(&'c Connection),
    Tx(&'c Tx),
}

impl<'c> On<'c> {
    pub(crate) async fn connection(self) -> Result<Held<'c>, Error> {
        match self {
            On::Pool(db) => db.connection().await.map(Held::Pooled),
            On::Connection(connection) => Ok(Held::Shared(connection)),
            On::Tx(tx) => tx.connection().map(Held::Shared),
        }
    }

    /// A statement that was prepared first must not slip into a transaction that was opened inside its own meanwhile.
    pub(crate) fn check_open(self) -> Result<(), Error> {
        match self {
            On::Pool(_) | On::Connection(_) => Ok(()),
            On::Tx(tx) => tx.connection().map(drop),
        }
    }

    /// An error inside a transaction leaves it good for nothing but a rollback.
    pub(crate) fn note_failure(self) {
        if let On::Tx(tx) = self {
            tx.note_failure();
        }
    }

    pub(crate) fn hook(&self) -> Option<&Hook> {
        match self {
            On::Pool(db) => db.hook(),
            On::Connection(connection) => connection.hook(),
            On::Tx(tx) => tx.hook(),
        }
    }

    pub(crate) fn is_tx(self) -> bool {
        matches!(self, On::Tx(_))
    }
}

impl Executor for Db {
    fn place(&self) -> Place<'_> {
        Place(On::Pool(self))
    }
}

impl Executor for Client {
    fn place(&self) -> Place<'_> {
        Place(On::Connection(self.connection()))
    }
}

impl Executor for Tx {
    fn place(&self) -> Place<'_> {
        Place(On::Tx(self))
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

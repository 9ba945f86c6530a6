//! Transactions that are not as the server's defaults have them.

use crate::db::Db;
use crate::error::Error;
use crate::pool::Owned;
use crate::tx::{Tx, transact};
use std::marker::PhantomData;
use std::sync::Arc;

/// Opens a transaction as the server's defaults have it.
pub(crate) const BEGIN: &str = "begin";

/// How far a transaction is kept apart from those beside it.
///
/// PostgreSQL takes `read uncommitted` for `read committed`, so it is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Isolation {
    /// Each statement sees what was committed before it: the server's default.
    ReadCommitted,
    /// All statements see what was committed before the first of them. Writing what another transaction has written
    /// since is a [serialization failure](Error::is_serialization_failure).
    RepeatableRead,
    /// What is committed is as if the transactions had run one after the other; where that cannot be, one of them fails
    /// with a [serialization failure](Error::is_serialization_failure) and can be run again.
    Serializable,
}

impl Isolation {
    const fn sql(self) -> &'static str {
        match self {
            Isolation::ReadCommitted => "isolation level read committed",
            Isolation::RepeatableRead => "isolation level repeatable read",
            Isolation::Serializable => "isolation level serializable",
        }
    }
}

/// A transaction that is about to run; made by [`Db::build_transaction`](crate::Db::build_transaction) and
/// [`Client::build_transaction`](crate::Client::build_transaction).
///
/// ```
/// # use mizzle::prelude::*;
/// # #[derive(Table)]
/// # #[orm(table = "notes")]
/// # struct Note { #[orm(primary_key, identity)] id: i64, #[orm(unique)] body: String }
/// # #[tokio::main]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let database = orm_testing::TestDb::with_schema(&schema![Note].create_sql()).await?;
/// # let db = Db::connect(database.url()).await?;
/// // Run again as long as another transaction is in its way.
/// let added = loop {
///     let result = db
///         .build_transaction()
///         .isolation(Isolation::Serializable)
///         .run(async |tx| -> Result<u64, mizzle::Error> {
///             if select(Note).exists(tx).await? {
///                 return Ok(0);
///             }
///             insert(Note).set(Note.body, "the only one").execute(tx).await
///         })
///         .await;
///     match result {
///         Err(error) if error.is_serialization_failure() => continue,
///         result => break result?,
///     }
/// };
/// assert_eq!(added, 1);
///
/// // A report that sees one state of the database, however long it takes.
/// let report = db.build_transaction().isolation(Isolation::Serializable).read_only().deferrable();
/// assert_eq!(report.run(async |tx| select(Note).count(tx).await).await?, 1);
/// # Ok(())
/// # }
/// ```
#[must_use = "a transaction begins when it is run"]
pub struct TransactionBuilder<'c> {
    place: Place,
    borrowed: PhantomData<&'c ()>,
    isolation: Option<Isolation>,
    read_only: bool,
    deferrable: bool,
}

/// Where a transaction can begin.
pub(crate) enum Place {
    Pool(Db),
    Client(Arc<Owned>),
}

impl TransactionBuilder<'_> {
    pub(crate) fn new(place: Place) -> Self {
        TransactionBuilder {
            place,
            borrowed: PhantomData,
            isolation: None,
            read_only: false,
            deferrable: false,
        }
    }

    /// How far it is kept apart from other transactions (as the server's `default_transaction_isolation` has it, unless
    /// said).
    pub fn isolation(mut self, isolation: Isolation) -> Self {
        self.isolation = Some(isolation);
        self
    }

    /// Refuses to write (SQLSTATE 25006).
    pub fn read_only(mut self) -> Self {
        self.read_only = true;
        self
    }

    /// If it is also serializable and read-only: waits at its beginning until it can neither fail nor be in the way of
    /// others.
    pub fn deferrable(mut self) -> Self {
        self.deferrable = true;
        self
    }

    /// Runs `work` in the transaction: committed when it returns `Ok`, rolled back when it returns an error, panics or
    /// is dropped.
    ///
    /// # Errors
    /// As [`Db::transaction`](crate::Db::transaction).
    pub async fn run<T, E, F>(self, work: F) -> Result<T, E>
    where
        F: AsyncFnOnce(&Tx) -> Result<T, E>,
        E: From<Error>,
    {
        let begin = self.begin();
        let connection = match self.place {
            Place::Pool(db) => Arc::new(Owned::Pooled(db.hold().await?)),
            Place::Client(connection) => connection.check_idle().map(|()| connection)?,
        };
        transact(connection, &begin, work).await
    }

    fn begin(&self) -> String {
        let TransactionBuilder { place: _, borrowed: _, isolation, read_only, deferrable } = self;
        let modes = [
            isolation.map(Isolation::sql),
            read_only.then_some("read only"),
            deferrable.then_some("deferrable"),
        ];
        let modes: Vec<&str> = modes.into_iter().flatten().collect();
        if modes.is_empty() { BEGIN.to_owned() } else { format!("{BEGIN} {}", modes.join(", ")) }
    }
}

impl std::fmt::Debug for TransactionBuilder<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("TransactionBuilder").field(&self.begin()).finish()
    }
}

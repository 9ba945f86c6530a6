//! The pool's side of a connection.

use crate::connection::{Connection, Settings};
use crate::error::Error;
use deadpool::managed::{self, Metrics, RecycleError, RecycleResult};
use std::ops::Deref;
use std::sync::Arc;

pub(crate) type Pool = managed::Pool<Manager>;

/// A connection of the pool, which goes back when it is dropped.
pub(crate) struct Pooled(pub(crate) managed::Object<Manager>);

impl Deref for Pooled {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.0
    }
}

impl Drop for Pooled {
    fn drop(&mut self) {
        self.0.release();
    }
}

/// Makes connections and makes them ready again.
pub(crate) struct Manager {
    pub(crate) settings: Arc<Settings>,
}

impl managed::Manager for Manager {
    // Boxed, because the pool moves it about with each use.
    type Type = Box<Connection>;
    type Error = Error;

    async fn create(&self) -> Result<Box<Connection>, Error> {
        Connection::open(self.settings.clone()).await.map(Box::new)
    }

    async fn recycle(&self, connection: &mut Box<Connection>, _: &Metrics) -> RecycleResult<Error> {
        connection.recycle().await.map_err(RecycleError::message)
    }
}

/// A connection for as long as a [`Client`](crate::Client) or a [`Tx`](crate::Tx) needs it.
pub(crate) enum Owned {
    Pooled(Pooled),
    Own(Box<Connection>),
}

impl Deref for Owned {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        match self {
            Owned::Pooled(connection) => connection,
            Owned::Own(connection) => connection,
        }
    }
}

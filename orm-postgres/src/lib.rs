//! The runtime of [mizzle](https://docs.rs/mizzle): a pool, a held client and a transaction over tokio-postgres, with a
//! bounded statement cache, that run what `orm-core` builds.
//!
//! Read in this order: [`Db`] and its [`DbBuilder`], [`Client`] and [`Tx`] are what a statement runs on; [`Run`] has
//! the methods that run it, each of which gives a [`Fetch`]; [`Error`] is what can come of it.

mod builder;
mod db;

mod client;
mod transaction_builder;
mod tx;

pub mod batch;
mod executor;
mod explain;
mod fetch;
mod page;
mod run;
mod stream;

mod cache;
mod connection;
mod decode;
mod execution;
mod frame;
mod level;
mod pool;
mod sending;

mod driver;
mod server;
mod tls;

mod observe;

mod error;
mod message;
mod summary;

pub use builder::DbBuilder;
pub use client::Client;
pub use db::Db;
pub use driver::{connect_driver, connect_driver_to, database_name};
pub use error::Error;
pub use executor::Executor;
pub use fetch::{All, Effect, Fetch, One, Optional, Rows};
pub use observe::StatementEvent;
pub use page::Paged;
pub use run::Run;
pub use stream::RowStream;
pub use transaction_builder::{Isolation, TransactionBuilder};
pub use tx::Tx;

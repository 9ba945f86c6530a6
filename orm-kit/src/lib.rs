//! The kit of mizzle: from compiled structs to migrations, and back from any database.
//!
//! [`catalog`] is what a database holds, whoever says so: the [`compiled`] schema, a snapshot or the server. [`change`] is a
//! difference of two catalogs, [`plan`] what a migration does about it. [`script`] is its text, [`migration`] its
//! folder, and [`migrate`] runs it.

pub mod catalog;
pub mod change;
pub mod compiled;
pub mod plan;
pub mod pull;

pub mod build;
pub mod migrate;
pub mod migration;
pub mod script;

mod error;

pub use error::Error;

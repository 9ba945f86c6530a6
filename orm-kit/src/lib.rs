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

pub mod script;
pub mod migration;
pub mod migrate;
pub mod build;

mod error;

pub use error::Error;

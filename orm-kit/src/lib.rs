//! The kit of mizzle: from compiled structs to migrations, and back from any database.
//!
//! [`catalog`] is what a database holds, whoever says so: the [`compiled`] schema, a snapshot or the server, which
//! [`inspect`] asks. [`change`] is a difference of two catalogs, found by [`diff`], [`plan`] what a migration does about it, as
//! [`planner`] finds it.
//! [`depend`] tells what needs what, [`ddl`] writes the statements. [`script`] is a migration's text and [`migration`] its folder.

pub mod catalog;
pub mod change;
pub mod compiled;
pub mod ddl;
pub mod depend;
pub mod diff;
pub mod inspect;
pub mod plan;
pub mod planner;
pub mod pull;

pub mod script;

pub mod build;
pub mod migration;

mod error;

pub use error::Error;

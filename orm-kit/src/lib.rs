//! The kit of mizzle: from compiled structs to migrations, and back from any database.
//!
//! [`catalog`] is what a database holds, whoever says so: the [`compiled`] schema, a snapshot or the server. [`change`] is a
//! difference of two catalogs, [`plan`] what a migration does about it. [`depend`] tells what needs what, [`ddl`] writes the
//! statements.

pub mod catalog;
pub mod change;
pub mod compiled;
pub mod ddl;
pub mod depend;
pub mod plan;
pub mod planner;

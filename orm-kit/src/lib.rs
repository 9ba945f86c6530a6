//! The kit of mizzle: from compiled structs to migrations, and back from any database.
//!
//! [`catalog`] is what a database holds, whoever says so: the [`compiled`] schema, a snapshot or the server, which
//! [`inspect`](mod@inspect) asks. [`diff`](mod@diff) finds each [`change`] between two of them, [`describe`] says it in words.
//! [`planner`] makes of changes a [`plan`] that running code lives with; [`depend`] tells it what needs what, and [`ddl`] writes
//! the statements. [`generate`] writes them as a [`migration`], whose text is a [`script`]; [`lint`](mod@lint) tells what it
//! would do to others, and [`migrate`] runs it; [`merge`] joins branches of migrations.
//! [`drift`](mod@drift) and [`push`] compare and change a database without migrations, [`execute`](mod@execute) runs any
//! script there, [`database`] makes it, [`pull`](mod@pull) writes it as Rust, and [`tool`] tells how far another tool came
//! with it.
//! [`main`] is all of this as a command.

pub mod catalog;
pub mod change;
pub mod compiled;
pub mod ddl;
pub mod depend;
pub mod describe;
pub mod diff;
pub mod inspect;

pub mod plan;
pub mod planner;

pub mod generate;
pub mod merge;
pub mod migration;
pub mod script;

pub mod build;
pub mod database;
pub mod execute;
pub mod lint;
pub mod migrate;

pub mod drift;
pub mod pull;
pub mod push;
pub mod tool;

pub mod config;

mod cli;
mod error;

pub use cli::{main, main_with, main_without_schema};
pub use error::Error;

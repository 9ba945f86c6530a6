//! Applying migrations: once, in order, by one process at a time, and from where the last run stopped.
//!
//! [`Migrator`] is what is asked; [`Event`] is what it says while it works, and [`Error`](crate::Error) why it stopped. What it did
//! stands in a journal in the database, a schema called `mizzle`: `migrations` has a row for each, and
//! `migration_statements` one for each of their statements.
//!
//! - A transaction's statements and their rows in the journal are one transaction of the server's.
//! - What cannot run in a transaction is entered before and after it; a run that finds it entered but not finished
//!   looks at the catalog whether it was done, and removes what a half of it left behind. A `call` or `do` outside of
//!   transactions, of which no catalog tells anything, runs again.
//! - Batches enter the last key with the rows that they change, those of the program's own [steps](Step) too.
//! - Every statement waits for its locks only as long as [`Migrator::lock_timeout`] says, lest everyone else waits
//!   behind it, and is then tried again; one that runs concurrently keeps nobody waiting, and so waits itself.
//! - A migration that stands for others is applied where the last of these is, and runs where none of them is.
//! - Settings (`set`) last until the end of the migration, roles (`set role`) until that of their segment.

mod applier;
mod baseline;
mod batches;
mod direct;
mod down;
mod dry_run;
mod history;
mod journal;
mod lock;
mod options;
mod pooler;
mod probe;
mod program;
mod progress;
mod repair;
mod reset;
mod resolve;
mod retry;
mod run;
mod session;
mod squash;
mod status;
mod step;
mod transaction;

pub use down::Target;
pub use dry_run::Pending;
pub use options::Migrator;
pub use progress::{Event, Place, Progress};
pub use repair::Repaired;
pub use reset::Everything;
pub use resolve::Resolution;
pub use run::Report;
pub use status::{State, Status};
#[doc(hidden)]
pub use step::Running;
pub use step::{Batch, Moved, Step};

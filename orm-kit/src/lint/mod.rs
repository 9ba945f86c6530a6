//! What a migration would do to those who use the database meanwhile, told before it is run.
//!
//! [`lint`](fn@lint) reads the scripts of migrations, generated and written by hand, statement by statement, and asks each [`Rule`]: what it
//! locks, for how long, and what to write instead. What it knows of the tables is the snapshot of the migration before,
//! and what the script itself has done so far: a table that is new in the script is in nobody's way. A comment
//! `-- mizzle: allow <rule>: <reason>` above a statement silences a rule for it; the hazards that a person has
//! accepted at the head of a generated script silence the rules about them.
//!
//! `read` takes statements apart, `known` is the database at a place of a script, `step` a statement at its place,
//! and each file of `rule` has the rules about one kind of object.

mod finding;
mod known;
mod read;
mod rule;
mod step;
mod walk;

pub use finding::Finding;
pub use rule::{Level, Rule, rules};
pub use walk::lint;

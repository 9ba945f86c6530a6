//! The migrator.

mod batches;
mod busy;
mod directions;
mod faults;
mod helper;
mod history;
mod kill;
mod names;
mod pooler;
mod segments;
mod steps;
mod tools;

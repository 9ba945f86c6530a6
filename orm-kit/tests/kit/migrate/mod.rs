//! The migrator.

mod busy;
mod directions;
mod faults;
mod helper;
mod history;
mod kill;
mod names;
mod pooler;
mod segments;
mod tools;

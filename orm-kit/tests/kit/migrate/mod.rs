//! The migrator.

mod busy;
mod directions;
mod faults;
mod helper;
mod history;
mod names;
mod pooler;
mod segments;
mod tools;

//! Metadata, values, expressions and statements of [mizzle](https://docs.rs/mizzle): everything between a struct and a
//! statement that is ready to be sent. Nothing here does IO, and nothing is `async`.
//!
//! Read in this order: [`meta`] is what the derives know of a table, [`value`] how Rust types stand for PostgreSQL's,
//! [`sql`] how a tree of fragments becomes a constant text, [`table`] and [`expr`] the columns and what is made of
//! them, [`from`] and [`group`] what a query sees, then the four statements, [`raw`] SQL, and [`row`] the way back into a struct.

pub mod ddl;
pub mod meta;

pub mod args;
pub mod sql;
pub mod value;

pub mod expr;
pub mod from;
pub mod group;
pub mod table;

pub mod condition;
pub mod delete;
pub mod insert;
pub mod returning;
pub mod select;
pub mod update;

pub mod raw;

pub mod error;
pub mod query;
pub mod row;

mod check;
mod copied;
mod describe;
#[doc(hidden)]
pub mod private;

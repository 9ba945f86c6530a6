//! What only a server can confirm: that the schema is made as declared, that every name is quoted, and that every
//! type's values survive the way there and back.

mod catalog;

mod columns;
mod comments;
mod constraints;
mod crate_path;
mod create_sql;
mod hygiene;
mod identifiers;
mod indexes;
mod names;
mod object;
mod options;
mod quoting;
mod shapes;
mod types;
mod wide;

/// What a test returns, so that `?` does for whatever can go wrong beside what is tested.
type TestResult = Result<(), Box<dyn std::error::Error>>;

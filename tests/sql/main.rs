//! Every form of a query: its SQL text and parameters as literals, then what PostgreSQL makes of it.
//!
//! The file of a form is called as its method; `check` compares, `schema` has the tables and their rows.

mod check;
mod schema;

mod arithmetic;
mod count;
mod delete;
mod delete_using;
mod filter;
mod find;
mod insert;
mod insert_select;
mod join;
mod on_conflict;
mod operators;
mod optional;
mod order_by;
mod patch;
mod returning;
mod rows;
mod rows_arrays;
mod select;
mod terminals;
mod update;
mod update_from;
mod update_rows;
mod values;

/// What a test returns, so that `?` does for whatever can go wrong beside what is tested.
type TestResult = Result<(), Box<dyn std::error::Error>>;

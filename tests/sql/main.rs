//! Every form of a query: its SQL text and parameters as literals, then what PostgreSQL makes of it.
//!
//! The file of a form is called as its method; `check` compares, `schema` has the tables and their rows.

mod check;
mod expressions;
mod schema;

mod arithmetic;
mod array;
mod case_when;
mod cast;
mod conditional;
mod count;
mod datetime;
mod delete;
mod evaluation;
mod filter;
mod find;
mod function;
mod hostile_text;
mod insert;
mod join;
mod json;
mod math;
mod operators;
mod optional;
mod order_by;
mod returning;
mod rows;
mod rows_arrays;
mod select;
mod terminals;
mod text;
mod update;
mod values;

/// What a test returns, so that `?` does for whatever can go wrong beside what is tested.
type TestResult = Result<(), Box<dyn std::error::Error>>;

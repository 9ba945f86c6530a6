//! Every form of a query: its SQL text and parameters as literals, then what PostgreSQL makes of it.
//!
//! The file of a form is called as its method; `check` compares, `schema` has the tables and their rows.

mod check;
mod expressions;
mod schema;

#[cfg(feature = "rust_decimal")]
mod aggregate;
mod arithmetic;
mod array;
mod as_;
mod case_when;
mod cast;
mod compound;
mod conditional;
mod count;
#[cfg(feature = "chrono")]
mod datetime;
mod delete;
mod delete_using;
mod distinct;
mod evaluation;
mod filter;
mod find;
mod function;
mod group_by;
#[cfg(feature = "serde_json")]
mod hostile_text;
mod insert;
mod insert_select;
mod join;
#[cfg(feature = "serde_json")]
mod json;
mod keyset;
mod lock;
#[cfg(feature = "rust_decimal")]
mod math;
mod on_conflict;
mod operators;
mod optional;
mod order_by;
mod patch;
mod range;
mod raw;
mod raw_rows;
mod raw_values;
mod recipes;
mod returning;
mod rows;
mod rows_arrays;
mod select;
mod subquery;
mod terminals;
mod text;
mod to_sql;
mod update;
mod update_from;
mod update_rows;
mod values;

/// What a test returns, so that `?` does for whatever can go wrong beside what is tested.
type TestResult = Result<(), Box<dyn std::error::Error>>;

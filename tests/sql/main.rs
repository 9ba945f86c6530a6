//! Every form of a query: its SQL text and parameters as literals, then what PostgreSQL makes of it.
//!
//! The file of a form is called as its method; `check` compares, `schema` has the tables and their rows.

mod check;
mod schema;

mod aggregate;
mod arithmetic;
mod as_;
mod compound;
mod count;
mod delete;
mod distinct;
mod filter;
mod find;
mod group_by;
mod insert;
mod join;
mod lock;
mod operators;
mod optional;
mod order_by;
mod returning;
mod rows;
mod rows_arrays;
mod select;
mod subquery;
mod terminals;
mod to_sql;
mod update;
mod values;

/// What a test returns, so that `?` does for whatever can go wrong beside what is tested.
type TestResult = Result<(), Box<dyn std::error::Error>>;

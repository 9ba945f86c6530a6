//! Compares a statement's text and parameters with literals, and gives the statement back to be run.

use mizzle::Select;
use mizzle::query::{Command, Plan, Query, encode};
use postgres_types::{FromSql, Kind, Type};
use std::error::Error;

/// A statement that returns rows. A parameter is written as its value and the type it is sent as: `7::int4`,
/// `'Ada'::text`, `null::text`, `{1,null}::int4[]`.
#[track_caller]
pub(crate) fn check<Q: Query<I>, I>(query: Q, text: &str, params: &[&str]) -> Q {
    compare(Q::PLAN, &query, text, params);
    query
}

/// A statement that returns none.
#[track_caller]
pub(crate) fn check_command<Q: Command<I>, I>(command: Q, text: &str, params: &[&str]) -> Q {
    compare(Q::PLAN, &command, text, params);
    command
}

/// A SELECT whose rows are counted.
#[track_caller]
pub(crate) fn check_count<S: CountRows, I>(select: S, text: &str, params: &[&str]) -> S
where
    S: Clone,
    S::Count: Query<I>,
{
    check(select.clone().into_count(), text, params);
    select
}

/// A SELECT that is asked whether it finds any row.
#[track_caller]
pub(crate) fn check_exists<S: CountRows, I>(select: S, text: &str, params: &[&str]) -> S
where
    S: Clone,
    S::Exists: Query<I>,
{
    check(select.clone().into_exists(), text, params);
    select
}

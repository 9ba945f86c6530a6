//! Why a statement cannot be sent.

use crate::value::BoxError;

/// A parameter that cannot be encoded, or a statement that says less than it must. Names no value.
#[derive(Debug)]
pub struct EncodeError(Kind);

#[derive(Debug)]
enum Kind {
    Value(usize, BoxError),
    TooManyParameters(usize),
    TooManyOptionals,
    NoRowsNamed,
    EveryRow(String),
    Token,
    PageOfNoRows,
    NothingSet,
    KeyDiffers,
    NoSuchKey(&'static str, &'static str),
}

impl EncodeError {
    pub(crate) fn value(parameter: usize, source: BoxError) -> Self {
        EncodeError(Kind::Value(parameter, source))
    }

    pub(crate) fn too_many_parameters(count: usize) -> Self {
        EncodeError(Kind::TooManyParameters(count))
    }

    pub(crate) fn too_many_optionals() -> Self {
        EncodeError(Kind::TooManyOptionals)
    }

    /// It is the token of a page that cannot be read.
    pub fn is_bad_token(&self) -> bool {
        matches!(self.0, Kind::Token)
    }

    pub(crate) fn token() -> Self {
        EncodeError(Kind::Token)
    }

    pub(crate) fn page_of_no_rows() -> Self {
        EncodeError(Kind::PageOfNoRows)
    }

    pub(crate) fn key_differs() -> Self {
        EncodeError(Kind::KeyDiffers)
    }

    pub(crate) fn nothing_set() -> Self {
        EncodeError(Kind::NothingSet)
    }

    pub(crate) fn no_such_key(table: &'static str, name: &'static str) -> Self {
        EncodeError(Kind::NoSuchKey(table, name))
    }

    pub(crate) fn no_rows_named() -> Self {
        EncodeError(Kind::NoRowsNamed)
    }

    pub(crate) fn every_row(clause: String) -> Self {
        EncodeError(Kind::EveryRow(clause))
    }
}

impl std::fmt::Display for EncodeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0 {
            Kind::Value(parameter, _) => write!(f, "parameter ${parameter} cannot be encoded"),
            Kind::TooManyParameters(count) => write!(
                f,
                "the statement has {count} parameters and PostgreSQL takes at most {}; send rows with `.rows(..)`, \
                 lists with `.in_(..)`",
                crate::args::MAX_PARAMETERS
            ),
            Kind::TooManyOptionals => write!(
                f,
                "the statement has more than {} parts that may be absent",
                crate::args::Present::MAX
            ),
            Kind::NoRowsNamed => f.write_str(
                "every condition of the statement is absent; say `.all_rows()` if every row is meant",
            ),
            Kind::EveryRow(clause) => write!(
                f,
                "the list of `{}` is empty, which leaves no row out; say `.all_rows()` if every row is meant",
                clause.trim_start()
            ),
            Kind::Token => f.write_str("the page's token is not whole, or of another query"),
            Kind::PageOfNoRows => {
                f.write_str("a page of 0 rows has no next one: give `keyset` the number of rows of a page")
            }
            Kind::KeyDiffers => f.write_str(
                "an expression of `group_by` stands elsewhere in the query with another value; give both the same, or \
                 name what is computed first: `select(..).as_(..)`",
            ),
            Kind::NothingSet => f.write_str(
                "the update sets no column: every field of the patch is `None`; ask `patch.is_empty()` first",
            ),
            Kind::NoSuchKey(table, name) => write!(
                f,
                "table `{table}` has no primary key or unique constraint named `{name}`, which an `on_conflict` names"
            ),
        }
    }
}

impl std::error::Error for EncodeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0 {
            Kind::Value(_, source) => Some(source.as_ref()),
            Kind::TooManyParameters(_)
            | Kind::TooManyOptionals
            | Kind::NoRowsNamed
            | Kind::EveryRow(_)
            | Kind::Token
            | Kind::PageOfNoRows
            | Kind::NothingSet
            | Kind::KeyDiffers
            | Kind::NoSuchKey(..) => None,
        }
    }
}

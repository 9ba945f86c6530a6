//! Many rows by one statement: a struct that derives `Insert`, sent column by column as arrays.

use super::Values;
use crate::args::{Args, Bind};
use crate::check::refuse;
use crate::copied::copied;
use crate::expr::MayAssign;
use crate::sql::{Node, RowColumn, equal};
use crate::table::{CanSet, Col, Column, Table};
use crate::value::{BaseValue, Input, Value};

/// A struct for new rows of a table; derived.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a struct for new rows",
    label = "does not derive `Insert`",
    note = "derive `Insert` for a struct with `#[orm(table = ..)]` that has the columns to be set"
)]
pub trait InsertRow: Sized {
    /// The struct itself. What follows is said of this type, so that of a struct that does not derive it nothing else is
    /// complained of.
    type This;
    /// The table.
    type Table: Table;
    /// The columns it has a value for.
    const COLUMNS: &'static [RowColumn];

    /// Encodes the rows, one array a column, in the order of [`COLUMNS`](InsertRow::COLUMNS).
    fn bind(rows: &[Self], args: &mut Args);
}

/// The rows of `R` are rows of the table `T`.
#[diagnostic::on_unimplemented(
    message = "`{R}` is of the table `{Self}`, the statement writes to `{T}`",
    label = "not of `{T}`",
    note = "write it to `{Self}`, or derive it for a struct with `#[orm(table = {T})]`"
)]
pub trait IsTableOf<T, R> {}

impl<T, R> IsTableOf<T, R> for T {}

/// Rows to be inserted.
#[derive(Debug)]
pub struct Rows<'r, R>(&'r [R]);

impl<'r, R> Rows<'r, R> {
    pub(crate) fn new(rows: &'r [R]) -> Self {
        Rows(rows)
    }
}

copied!(['r, R] Rows<'r, R>);

impl<R: InsertRow> Bind for Rows<'_, R> {
    fn bind(&self, args: &mut Args) {
        R::bind(self.0, args);
        args.push_deferred();
    }
}

impl<R: InsertRow> Values for Rows<'_, R> {
    const NODE: &'static Node = &Node::Unnest(R::COLUMNS);
}

/// The column as a bulk insert sends it.
pub const fn row_column<C, S>(_: &Col<C, S>) -> RowColumn
where
    C: Column<Access: CanSet<C>>,
{
    any_column::<C>()
}

/// The column as a struct of values sends it, whether statements may set it or not.
pub(crate) const fn any_column<C: Column>() -> RowColumn {
    let ty = <C::Value as Value>::TYPE;
    RowColumn {
        name: C::NAME.raw,
        quoted: C::NAME.quoted,
        param: ty.param,
        bulk: ty.bulk,
        cast: if C::CAST.is_empty() { ty.cast } else { C::CAST },
        is_key: false,
    }
}

/// Encodes one column of the rows.
pub fn bind_column<C, S, R, V>(args: &mut Args, _: &Col<C, S>, rows: &[R], value: impl Fn(&R) -> &V)
where
    C: Column,
    V: Input<<C::Value as Value>::Base, Null: MayAssign<<C::Value as Value>::Null, C>>,
{
    let element = <<C::Value as Value>::Base as BaseValue>::TYPE.param;
    let values = rows.iter().map(value);
    if <C::Value as Value>::TYPE.bulk.flattened {
        args.push_flattened(values);
    } else {
        args.push_array(element, values);
    }
}

/// Checks that rows with these columns have every column of `T` that must be set.
///
/// # Panics
/// When one is missing; evaluated by the compiler, which shows the message.
pub const fn check_row<T: Table>(columns: &[RowColumn]) {
    let mut required = T::META.columns;
    while let Some((column, rest)) = required.split_first() {
        let optional = column.nullable
            || column.default.is_some()
            || column.identity.is_some()
            || column.generated.is_some();
        if !optional && !contains(columns, column.name) {
            refuse("the row misses the required column `", column.name, "`: add a field for it");
        }
        required = rest;
    }
}

pub(crate) const fn contains(mut columns: &[RowColumn], name: &str) -> bool {
    while let Some((column, rest)) = columns.split_first() {
        if equal(column.name.as_bytes(), name.as_bytes()) {
            return true;
        }
        columns = rest;
    }
    false
}

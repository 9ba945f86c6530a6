//! Rules over a whole table.

use syn::ext::IdentExt as _;

use super::column::check_column;
use super::key::{
    check_foreign_keys, check_indexes, check_nulls, check_primary_key, check_set_null, check_uniques,
};
use super::{check_default_name, check_renamed};
use crate::attr::column::ColumnAttr;
use crate::attr::table::TableAttr;
use crate::errors::Errors;
use crate::model::table::TableIr;

/// PostgreSQL's `MaxHeapAttributeNumber`.
const COLUMNS: usize = 1600;

/// An insert's check of required columns is 16 groups of 16.
const REQUIRED: usize = 256;

pub(crate) fn check_table(attr: &TableAttr, ir: &TableIr, errors: &Errors) {
    let ident = attr.ident.unraw();
    if attr.table.is_none() {
        check_default_name(&ir.name, &attr.ident, "table", errors);
    }
    match attr.columns.len() {
        0 => {
            let message = format_args!("table `{ident}` has no columns; give the struct a field");
            errors.at(attr.ident.span(), message);
        }
        count if count > COLUMNS => {
            let message = format_args!("table `{ident}` has {count} columns and PostgreSQL allows {COLUMNS}");
            errors.at(attr.ident.span(), message);
        }
        _ => {}
    }
    if ir.required.len() > REQUIRED {
        let message = format_args!(
            "table `{ident}` has {} columns that an insert must set and at most {REQUIRED} can be checked; \
             give some a default or make them `Option`",
            ir.required.len()
        );
        errors.at(attr.ident.span(), message);
    }
    check_column_names(attr, ir, errors);
    check_renamed(attr.renamed_from.as_ref(), &ir.name, "the table", errors);
    for (column, attr) in ir.columns.iter().zip(&attr.columns) {
        check_renamed(attr.renamed_from.as_ref(), &column.name, "the column", errors);
    }
    attr.columns.iter().for_each(|column| check_column(column, errors));
    check_primary_key(attr, errors);
    check_uniques(attr, ir, errors);
    check_indexes(attr, errors);
    check_nulls(attr, errors);
    check_foreign_keys(attr, errors);
    check_set_null(attr, errors);
}

/// Two fields may not be one column.
fn check_column_names(attr: &TableAttr, ir: &TableIr, errors: &Errors) {
    for (at, (column, attr)) in ir.columns.iter().zip(&attr.columns).enumerate() {
        if attr.name.is_none() {
            check_default_name(&column.name, &attr.field, "name", errors);
        }
        if let Some(earlier) = ir.columns.iter().take(at).position(|other| other.name == column.name) {
            let span = attr.name.as_ref().map_or_else(|| attr.field.span(), |name| name.span);
            let Some(first) = attr_at(ir, earlier) else { continue };
            let (name, second) = (&column.name, attr.field.unraw());
            let message = format_args!(
                "two columns are named `{name}`: `{first}` and `{second}`; rename one with `name = \"..\"`"
            );
            errors.at(span, message);
        }
    }
}

fn attr_at(ir: &TableIr, at: usize) -> Option<syn::Ident> {
    ir.columns.get(at).map(|column| column.field.unraw())
}

/// How messages call a field's column.
pub(super) fn shown(column: &ColumnAttr) -> String {
    format!("column `{}`", column.field.unraw())
}

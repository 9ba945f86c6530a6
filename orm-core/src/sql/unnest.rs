//! The source of a bulk insert: arrays, one a column, that PostgreSQL puts together into rows.
//!
//! A plain column is one array parameter of a built-in type. An array-typed column is three: whether the row has an
//! array at all, the elements of every row one after the other, and for each element the number of its row; they are
//! grouped again in the statement, because an array of arrays must be rectangular in PostgreSQL.

use super::Cursor;
use super::write::{push, push_column, push_number, push_param, push_separator};
use crate::meta::BulkMeta;
use postgres_types::Type;

/// A column of a bulk insert.
#[derive(Debug, Clone, Copy)]
pub struct RowColumn {
    /// The name as in the catalog.
    pub name: &'static str,
    /// The name, quoted.
    pub quoted: &'static str,
    /// The built-in type that one value is sent as.
    pub param: &'static Type,
    /// How its values travel.
    pub bulk: BulkMeta,
    /// The cast of one value, or nothing.
    pub cast: &'static str,
    /// Whether it is part of the primary key, which an update of many rows does not set.
    pub is_key: bool,
}

/// The types of its parameters, in the order in which [`write_unnest`] numbers them.
pub(super) fn unnest_types(columns: &[RowColumn], types: &mut Vec<Type>) {
    types.extend(
        columns
            .iter()
            .map(|column| if column.bulk.flattened { Type::BOOL_ARRAY } else { column.bulk.param.clone() }),
    );
    for column in columns.iter().filter(|column| column.bulk.flattened) {
        types.extend([column.bulk.param.clone(), Type::INT8_ARRAY]);
    }
}

/// ` ("a", "b") select r.c1, r.c2::"kind" from unnest($1::int4[], $2::text[]) as r(c1, c2)`; numbers for the names
/// inside, so that no name of the table's can clash with the statement's own.
pub(super) const fn write_unnest(columns: &[RowColumn], out: &mut [u8], at: &mut Cursor) {
    push(out, at, " (");
    write_names(columns, out, at);
    push(out, at, ") select ");
    write_values(columns, out, at);
    write_source(columns, out, at);
}

/// ` from unnest($1::int4[], $2::text[]) as r(c1, c2)`.
pub(super) const fn write_source(columns: &[RowColumn], out: &mut [u8], at: &mut Cursor) {
    push(out, at, " from unnest(");
    write_arrays(columns, out, at);
    let arrays = has_arrays(columns);
    push(out, at, if arrays { ") with ordinality as r(" } else { ") as r(" });
    write_numbers(columns.len(), out, at);
    push(out, at, if arrays { ", n)" } else { ")" });
    write_groups(columns, out, at);
}

const fn has_arrays(columns: &[RowColumn]) -> bool {
    let mut rest = columns;
    while let [column, others @ ..] = rest {
        if column.bulk.flattened {
            return true;
        }
        rest = others;
    }
    false
}

const fn write_names(columns: &[RowColumn], out: &mut [u8], at: &mut Cursor) {
    let mut rest = columns;
    while let [column, others @ ..] = rest {
        push(out, at, column.quoted);
        push(out, at, if others.is_empty() { "" } else { ", " });
        rest = others;
    }
}

const fn write_numbers(columns: usize, out: &mut [u8], at: &mut Cursor) {
    let mut number = 1;
    while number <= columns {
        push(out, at, if number == 1 { "c" } else { ", c" });
        push_number(out, at, number);
        number += 1;
    }
}

const fn write_values(columns: &[RowColumn], out: &mut [u8], at: &mut Cursor) {
    let mut rest = columns;
    let mut number = 1;
    while let [column, others @ ..] = rest {
        write_value(column, number, out, at);
        push(out, at, if others.is_empty() { "" } else { ", " });
        rest = others;
        number += 1;
    }
}

const fn write_value(column: &RowColumn, number: usize, out: &mut [u8], at: &mut Cursor) {
    // NULL stays NULL, and a row whose array is empty has no group.
    push(out, at, if column.bulk.flattened { "case when r.c" } else { "r.c" });
    push_number(out, at, number);
    if column.bulk.flattened {
        push(out, at, " then coalesce(a");
        push_number(out, at, number);
        push(out, at, ".elements, '{}')");
    }
    push(out, at, column.cast);
    push(out, at, if column.bulk.flattened { " end" } else { "" });
}

/// `"score" = r.c2` for each column that is not of the key, as items.
pub(super) const fn write_set(columns: &[RowColumn], out: &mut [u8], at: &mut Cursor) {
    let mut rest = columns;
    let mut number = 1;
    while let [column, others @ ..] = rest {
        if !column.is_key {
            push_separator(out, at);
            push(out, at, column.quoted);
            push(out, at, " = ");
            write_value(column, number, out, at);
        }
        rest = others;
        number += 1;
    }
}

/// `"workers"."id" = r.c1` for each column of the key, as items.
pub(super) const fn write_key(source: &str, columns: &[RowColumn], out: &mut [u8], at: &mut Cursor) {
    let mut rest = columns;
    let mut number = 1;
    while let [column, others @ ..] = rest {
        if column.is_key {
            push_separator(out, at);
            push_column(out, at, source, column.quoted);
            push(out, at, " = ");
            write_value(column, number, out, at);
        }
        rest = others;
        number += 1;
    }
}

const fn write_arrays(columns: &[RowColumn], out: &mut [u8], at: &mut Cursor) {
    let mut rest = columns;
    while let [column, others @ ..] = rest {
        push_param(out, at);
        push(out, at, "::");
        push(out, at, if column.bulk.flattened { "boolean[]" } else { column.bulk.name });
        push(out, at, if others.is_empty() { "" } else { ", " });
        rest = others;
    }
}

/// For each array-typed column ` left join (select n, array_agg(e order by o) as elements from unnest(..) .. group by n) as a2 on a2.n = r.n`.
const fn write_groups(columns: &[RowColumn], out: &mut [u8], at: &mut Cursor) {
    let mut rest = columns;
    let mut number = 1;
    while let [column, others @ ..] = rest {
        if column.bulk.flattened {
            push(out, at, " left join (select n, array_agg(e order by o) as elements from unnest(");
            push_param(out, at);
            push(out, at, "::");
            push(out, at, column.bulk.name);
            push(out, at, ", ");
            push_param(out, at);
            push(out, at, "::bigint[]) with ordinality as u(e, n, o) group by n) as a");
            push_number(out, at, number);
            push(out, at, " on a");
            push_number(out, at, number);
            push(out, at, ".n = r.n");
        }
        rest = others;
        number += 1;
    }
}

//! The assignments that a statement writes by itself or only perhaps, and the name of a key.

use super::write::{equal, push, push_param, push_separator, write_default};
use super::{Cursor, RowColumn, SetList};
use crate::args::Present;
use crate::meta::{KeyMeta, OnUpdate, TableMeta};

/// `"updated_at" = now()` for each column that every update writes and this one does not set, as items.
pub(super) const fn write_on_update(columns: &[OnUpdate], set: &SetList, out: &mut [u8], at: &mut Cursor) {
    let mut rest = columns;
    while let [column, others @ ..] = rest {
        if !set.contains(column.column) {
            write_default_of(column, out, at);
        }
        rest = others;
    }
}

/// `"score" = $1` for each column that is present, as items.
pub(super) const fn write_patch(
    columns: &[RowColumn],
    on_update: &[OnUpdate],
    out: &mut [u8],
    at: &mut Cursor,
    present: Present,
) {
    let mut rest = columns;
    while let [column, others @ ..] = rest {
        at.optionals += 1;
        if present.contains(at.optionals - 1) {
            push_separator(out, at);
            push(out, at, column.quoted);
            push(out, at, " = ");
            push_param(out, at);
            push(out, at, column.cast);
        } else if let Some(column) = find(on_update, column.quoted) {
            write_default_of(column, out, at);
        }
        rest = others;
    }
}

const fn find<'c>(mut columns: &'c [OnUpdate], name: &str) -> Option<&'c OnUpdate> {
    while let [column, others @ ..] = columns {
        if equal(column.column.as_bytes(), name.as_bytes()) {
            return Some(column);
        }
        columns = others;
    }
    None
}

const fn write_default_of(column: &OnUpdate, out: &mut [u8], at: &mut Cursor) {
    push_separator(out, at);
    push(out, at, column.column);
    push(out, at, " = ");
    write_default(&column.value, out, at);
}

/// The name of the key that is present.
pub(super) const fn write_key_name(table: &TableMeta, out: &mut [u8], at: &mut Cursor, present: Present) {
    if let Some(key) = &table.primary_key {
        write_if_present(key, out, at, present);
    }
    let mut rest = table.uniques;
    while let [key, others @ ..] = rest {
        write_if_present(key, out, at, present);
        rest = others;
    }
}

const fn write_if_present(key: &KeyMeta, out: &mut [u8], at: &mut Cursor, present: Present) {
    at.optionals += 1;
    if present.contains(at.optionals - 1) {
        push(out, at, "\"");
        push_doubled(out, at, key.name);
        push(out, at, "\"");
    }
}

/// Doubles the quotes in a name.
const fn push_doubled(out: &mut [u8], at: &mut Cursor, name: &str) {
    let mut done = 0;
    let mut scan = 0;
    while scan < name.len() {
        let (_, [byte, ..]) = name.as_bytes().split_at(scan) else { return };
        if matches!(byte, b'"') {
            // The byte is ASCII, so both cuts are between characters.
            push(out, at, name.split_at(scan + 1).0.split_at(done).1);
            done = scan;
        }
        scan += 1;
    }
    push(out, at, name.split_at(done).1);
}

impl SetList {
    /// Whether the column of this name, quoted, is one of them.
    pub(crate) const fn contains(&self, name: &str) -> bool {
        let mut list = self;
        loop {
            match list {
                SetList::Empty => return false,
                SetList::Column(column, rest) => {
                    if equal(column.as_bytes(), name.as_bytes()) {
                        return true;
                    }
                    list = rest;
                }
                SetList::Columns(columns, rest) => {
                    let mut columns = *columns;
                    while let [column, others @ ..] = columns {
                        if equal(column.quoted.as_bytes(), name.as_bytes()) {
                            return true;
                        }
                        columns = others;
                    }
                    list = rest;
                }
            }
        }
    }
}

//! A table.

use super::{CheckMeta, ColumnMeta, ForeignKeyMeta, IndexMeta, KeyMeta};

/// The name of a table, as in the catalog (not quoted).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TableName {
    /// The schema, when the struct names one; else the table is found by the `search_path`.
    pub schema: Option<&'static str>,
    /// The table's own name.
    pub name: &'static str,
}

/// Everything `#[derive(Table)]` knows of a table.
///
/// Constraints and indexes always carry their names: the given one, or the one that PostgreSQL would choose.
#[derive(Debug, Clone, Copy)]
pub struct TableMeta {
    /// The table's name.
    pub name: TableName,
    /// What the table was called, in the same schema.
    pub renamed_from: Option<&'static str>,
    /// The doc comment of the struct.
    pub comment: Option<&'static str>,
    /// The columns, in the order of the struct's fields.
    pub columns: &'static [ColumnMeta],
    /// The primary key.
    pub primary_key: Option<KeyMeta>,
    /// Unique constraints.
    pub uniques: &'static [KeyMeta],
    /// Indexes that are not part of a constraint.
    pub indexes: &'static [IndexMeta],
    /// Foreign keys.
    pub foreign_keys: &'static [ForeignKeyMeta],
    /// Check constraints, of columns and of the table.
    pub checks: &'static [CheckMeta],
}

impl TableMeta {
    /// A table of nothing but a name, for the rest to be said of it.
    pub const fn new(name: TableName) -> Self {
        TableMeta {
            name,
            renamed_from: None,
            comment: None,
            columns: &[],
            primary_key: None,
            uniques: &[],
            indexes: &[],
            foreign_keys: &[],
            checks: &[],
        }
    }
}

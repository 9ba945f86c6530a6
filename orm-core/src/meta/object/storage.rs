//! How a table is stored.

use super::table_of;
use crate::meta::{ObjectMeta, TableName};
use crate::table::Columns;

/// How a table is stored; made by [`storage`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StorageMeta {
    /// The table.
    pub table: TableName,
    /// Whether it is lost in a crash.
    pub unlogged: bool,
    /// Its tablespace.
    pub tablespace: Option<&'static str>,
    /// Its storage parameters, names and values.
    pub with: &'static [(&'static str, &'static str)],
}

/// How this table is stored; nothing said of it is PostgreSQL's default.
///
/// ```
/// # use mizzle::prelude::*;
/// # #[derive(Table)]
/// # #[orm(table = "notes")]
/// # struct Note { #[orm(primary_key, identity)] id: i64 }
/// use mizzle::object::storage;
///
/// assert!(storage(Note).unlogged().with(&[("fillfactor", "70")]).unlogged);
/// ```
pub const fn storage<C: Columns>(_: C) -> StorageMeta {
    StorageMeta { table: table_of::<C>(), unlogged: false, tablespace: None, with: &[] }
}

impl StorageMeta {
    /// Without a log of its changes: faster, and empty after a crash.
    pub const fn unlogged(mut self) -> Self {
        self.unlogged = true;
        self
    }

    /// In this tablespace.
    pub const fn tablespace(mut self, name: &'static str) -> Self {
        self.tablespace = Some(name);
        self
    }

    /// With these storage parameters (CREATE TABLE), such as `("fillfactor", "70")`.
    pub const fn with(mut self, parameters: &'static [(&'static str, &'static str)]) -> Self {
        self.with = parameters;
        self
    }

    #[doc(hidden)]
    pub const fn object(self) -> ObjectMeta {
        ObjectMeta::Storage(self)
    }
}

//! An index and its keys.

use super::CollationMeta;

/// An index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IndexMeta {
    /// The index's name.
    pub name: &'static str,
    /// Whether it is a unique index.
    pub unique: bool,
    /// Whether one NULL equals another (PostgreSQL 15).
    pub nulls_not_distinct: bool,
    /// The access method (`using gin`); B-tree when it is not given.
    pub method: Option<&'static str>,
    /// What is indexed, in order.
    pub keys: &'static [IndexKeyMeta],
    /// Columns kept in the index without being part of its key.
    pub include: &'static [&'static str],
    /// The condition of a partial index.
    pub predicate: Option<&'static str>,
    /// Storage parameters, as written: `fillfactor = 70`.
    pub with: Option<&'static str>,
    /// The tablespace.
    pub tablespace: Option<&'static str>,
}

impl IndexMeta {
    /// An index of nothing, for the rest to be said of it.
    pub const EMPTY: Self = IndexMeta {
        name: "",
        unique: false,
        nulls_not_distinct: false,
        method: None,
        keys: &[],
        include: &[],
        predicate: None,
        with: None,
        tablespace: None,
    };
}

/// One key of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IndexKeyMeta {
    /// What is indexed.
    pub target: IndexTargetMeta,
    /// The collation, if not that of the column.
    pub collation: Option<CollationMeta>,
    /// The operator class with its parameters, as written, if not the default of the type.
    pub opclass: Option<&'static str>,
    /// Whether the order is descending.
    pub descending: bool,
    /// Where NULLs come, when it is said.
    pub nulls: Option<NullsMeta>,
}

impl IndexKeyMeta {
    /// A column, by name.
    pub const fn column(name: &'static str) -> Self {
        Self::of(IndexTargetMeta::Column(name))
    }

    /// An SQL expression, as written.
    pub const fn expression(sql: &'static str) -> Self {
        Self::of(IndexTargetMeta::Expression(sql))
    }

    const fn of(target: IndexTargetMeta) -> Self {
        IndexKeyMeta { target, collation: None, opclass: None, descending: false, nulls: None }
    }
}

/// What a key of an index holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IndexTargetMeta {
    /// A column, by name.
    Column(&'static str),
    /// An SQL expression, as written.
    Expression(&'static str),
}

/// Where NULLs come in an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NullsMeta {
    /// Before all values.
    First,
    /// After all values.
    Last,
}

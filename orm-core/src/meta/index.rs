//! An index and its keys.

/// An index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IndexMeta {
    /// The index's name.
    pub name: &'static str,
    /// Whether it is a unique index.
    pub unique: bool,
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
}

/// One key of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IndexKeyMeta {
    /// What is indexed.
    pub target: IndexTargetMeta,
    /// Whether the order is descending.
    pub descending: bool,
    /// Where NULLs come, when it is said.
    pub nulls: Option<NullsMeta>,
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

//! Indexes for tests to begin with.

use orm_kit::catalog::{Index, IndexKey};
use std::collections::BTreeMap;

/// An index of these keys with nothing said of it.
pub(crate) fn index(name: &str, method: &str, keys: Vec<IndexKey>) -> Index {
    Index {
        name: name.to_owned(),
        unique: false,
        nulls_not_distinct: false,
        method: method.to_owned(),
        keys,
        include: Vec::new(),
        predicate: None,
        with: BTreeMap::new(),
        tablespace: None,
        comment: None,
    }
}

/// A key that is a column.
pub(crate) fn key(column: &str) -> IndexKey {
    IndexKey {
        column: Some(column.to_owned()),
        expression: None,
        collation: None,
        opclass: None,
        descending: false,
        nulls: None,
    }
}

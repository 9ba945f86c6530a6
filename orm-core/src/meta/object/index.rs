//! Indexes of materialized views; those of a table are attributes of its struct.

use crate::meta::{CollationMeta, IndexKeyMeta, IndexMeta, NullsMeta};

/// The index `name` on these keys, for [`ViewMeta::indexes`](super::ViewMeta::indexes).
///
/// ```
/// use mizzle::meta::IndexMeta;
/// use mizzle::object::{index, key, key_sql};
///
/// const BY_DAY: IndexMeta = index("totals_by_day", &[key("day").desc(), key_sql("lower(name)")]).unique();
/// assert_eq!(BY_DAY.keys.len(), 2);
/// ```
pub const fn index(name: &'static str, keys: &'static [IndexKeyMeta]) -> IndexMeta {
    IndexMeta { name, keys, ..IndexMeta::EMPTY }
}

/// A column as the key of an index.
pub const fn key(column: &'static str) -> IndexKeyMeta {
    IndexKeyMeta::column(column)
}

/// An SQL expression as the key of an index.
pub const fn key_sql(expression: &'static str) -> IndexKeyMeta {
    IndexKeyMeta::expression(expression)
}

impl IndexMeta {
    /// It refuses equal keys.
    pub const fn unique(mut self) -> Self {
        self.unique = true;
        self
    }

    /// One NULL equals another (PostgreSQL 15).
    pub const fn nulls_not_distinct(mut self) -> Self {
        self.nulls_not_distinct = true;
        self
    }

    /// Of this access method, `gin` for one.
    pub const fn using(mut self, method: &'static str) -> Self {
        self.method = Some(method);
        self
    }

    /// It carries these columns without their being part of the key.
    pub const fn include(mut self, columns: &'static [&'static str]) -> Self {
        self.include = columns;
        self
    }

    /// It is about rows of this condition only.
    pub const fn filter(mut self, condition: &'static str) -> Self {
        self.predicate = Some(condition);
        self
    }

    /// With these storage parameters, as written: `fillfactor = 70`.
    pub const fn with(mut self, parameters: &'static str) -> Self {
        self.with = Some(parameters);
        self
    }

    /// In this tablespace.
    pub const fn tablespace(mut self, name: &'static str) -> Self {
        self.tablespace = Some(name);
        self
    }
}

impl IndexKeyMeta {
    /// Counting down.
    pub const fn desc(mut self) -> Self {
        self.descending = true;
        self
    }

    /// With NULLs before all values.
    pub const fn nulls_first(mut self) -> Self {
        self.nulls = Some(NullsMeta::First);
        self
    }

    /// With NULLs after all values.
    pub const fn nulls_last(mut self) -> Self {
        self.nulls = Some(NullsMeta::Last);
        self
    }

    /// By this collation of PostgreSQL's own.
    pub const fn collate(mut self, name: &'static str) -> Self {
        self.collation = Some(CollationMeta { schema: None, name });
        self
    }

    /// By this collation of a schema.
    pub const fn collate_in(mut self, schema: &'static str, name: &'static str) -> Self {
        self.collation = Some(CollationMeta { schema: Some(schema), name });
        self
    }

    /// By this operator class, with its parameters, as written.
    pub const fn opclass(mut self, opclass: &'static str) -> Self {
        self.opclass = Some(opclass);
        self
    }
}

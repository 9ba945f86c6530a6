//! Partitioned tables and their partitions.

use super::{UNNAMED, table_of};
use crate::meta::{ObjectMeta, TableName};
use crate::table::Columns;

/// How a table is partitioned; made by [`partitioned`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartitionedMeta {
    /// The table.
    pub table: TableName,
    /// What stands behind `partition by`.
    pub by: &'static str,
}

/// A partition of a table; made by [`partition`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartitionMeta {
    /// Its own name.
    pub name: TableName,
    /// The partitioned table.
    pub of: TableName,
    /// `for values from (..) to (..)`, `for values in (..)` or `default`.
    pub bound: &'static str,
}

/// The table is partitioned: `range (created_at)`, `list (country)`, `hash (id)`.
///
/// ```
/// # use mizzle::prelude::*;
/// # #[derive(Table)]
/// # #[orm(table = "events")]
/// # struct Event { #[orm(primary_key)] year: i32 }
/// use mizzle::object::{partition, partitioned};
///
/// let by_year = partitioned(Event, "range (year)");
/// let first = partition("events_2026", "for values from (2026) to (2027)").of(Event);
/// assert_eq!(by_year.table, first.of);
/// ```
pub const fn partitioned<C: Columns>(_: C, by: &'static str) -> PartitionedMeta {
    PartitionedMeta { table: table_of::<C>(), by }
}

/// The partition `name` of the rows in `bound`.
pub const fn partition(name: &'static str, bound: &'static str) -> PartitionMeta {
    PartitionMeta { name: TableName { schema: None, name }, of: UNNAMED, bound }
}

impl PartitionedMeta {
    #[doc(hidden)]
    pub const fn object(self) -> ObjectMeta {
        ObjectMeta::Partitioned(self)
    }
}

impl PartitionMeta {
    /// It is in this schema.
    pub const fn schema(mut self, schema: &'static str) -> Self {
        self.name.schema = Some(schema);
        self
    }

    /// Of this table.
    pub const fn of<C: Columns>(mut self, _: C) -> Self {
        self.of = table_of::<C>();
        self
    }

    #[doc(hidden)]
    pub const fn object(self) -> ObjectMeta {
        assert!(!self.of.name.is_empty(), "the partition is of no table: say `.of(Event)`");
        ObjectMeta::Partition(self)
    }
}

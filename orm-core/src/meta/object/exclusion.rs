//! Exclusion constraints.

use super::{UNNAMED, table_of};
use crate::meta::{ObjectMeta, TableName};
use crate::table::Columns;

/// An exclusion constraint; made by [`exclusion`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExclusionMeta {
    /// Its name.
    pub name: &'static str,
    /// The table it is on.
    pub table: TableName,
    /// Its index's method.
    pub method: &'static str,
    /// Keys and the operators that compare them: no two rows hold all of them.
    pub elements: &'static [(&'static str, &'static str)],
    /// The rows it is about.
    pub predicate: Option<&'static str>,
}

/// The exclusion constraint `name` by an index of `gist`: no two rows for which every operator holds.
///
/// A key is a column's name, or an expression in parentheses.
///
/// ```
/// # use mizzle::prelude::*;
/// # #[derive(Table)]
/// # #[orm(table = "bookings")]
/// # struct Booking { #[orm(primary_key, identity)] id: i64, during: Range<i32> }
/// use mizzle::object::exclusion;
///
/// let once = exclusion("bookings_once", &[("during", "&&")]).on(Booking);
/// assert_eq!(once.method, "gist");
/// ```
pub const fn exclusion(
    name: &'static str,
    elements: &'static [(&'static str, &'static str)],
) -> ExclusionMeta {
    ExclusionMeta { name, table: UNNAMED, method: "gist", elements, predicate: None }
}

impl ExclusionMeta {
    /// It is on this table.
    pub const fn on<C: Columns>(mut self, _: C) -> Self {
        self.table = table_of::<C>();
        self
    }

    /// Its index's method.
    pub const fn using(mut self, method: &'static str) -> Self {
        self.method = method;
        self
    }

    /// It is about rows of this condition only.
    pub const fn filter(mut self, condition: &'static str) -> Self {
        self.predicate = Some(condition);
        self
    }

    #[doc(hidden)]
    pub const fn object(self) -> ObjectMeta {
        assert!(!self.table.name.is_empty(), "the exclusion is on no table: say `.on(Booking)`");
        ObjectMeta::Exclusion(self)
    }
}

//! Triggers, written in SQL.

use super::{UNNAMED, table_of};
use crate::meta::{ObjectMeta, TableName};
use crate::table::Columns;

/// A trigger of a table; made by [`trigger`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TriggerMeta {
    /// Its name.
    pub name: &'static str,
    /// The table it is on.
    pub table: TableName,
    /// The statement that makes it.
    pub definition: &'static str,
}

/// The trigger `name`, and the `create trigger` that makes it, often a file's.
///
/// ```
/// # use mizzle::prelude::*;
/// # #[derive(Table)]
/// # #[orm(table = "notes")]
/// # struct Note { #[orm(primary_key, identity)] id: i64 }
/// use mizzle::object::trigger;
///
/// let touch = trigger(
///     "touch",
///     "create trigger touch before update on notes for each row execute function touch()",
/// );
/// assert_eq!(touch.on(Note).table.name, "notes");
/// ```
pub const fn trigger(name: &'static str, definition: &'static str) -> TriggerMeta {
    TriggerMeta { name, table: UNNAMED, definition }
}

impl TriggerMeta {
    /// It is on this table, which its definition names too.
    pub const fn on<C: Columns>(mut self, _: C) -> Self {
        self.table = table_of::<C>();
        self
    }

    #[doc(hidden)]
    pub const fn object(self) -> ObjectMeta {
        assert!(!self.table.name.is_empty(), "the trigger is on no table: say `.on(Worker)`");
        ObjectMeta::Trigger(self)
    }
}

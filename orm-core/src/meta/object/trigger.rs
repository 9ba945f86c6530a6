//! Triggers.

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
    /// `before update`: when it fires.
    pub event: &'static str,
    /// What stands behind the table: `for each row execute function touch()`.
    pub action: &'static str,
}

/// The trigger `name`, which fires at `event` (`before update`, `after insert or delete`) and does `action`, the words that stand
/// behind the table in CREATE TRIGGER.
///
/// ```
/// # use mizzle::prelude::*;
/// # #[derive(Table)]
/// # #[orm(table = "notes")]
/// # struct Note { #[orm(primary_key, identity)] id: i64 }
/// use mizzle::object::trigger;
///
/// let touch = trigger("touch", "before update", "for each row execute function touch()").on(Note);
/// assert_eq!(touch.table.name, "notes");
/// ```
pub const fn trigger(name: &'static str, event: &'static str, action: &'static str) -> TriggerMeta {
    TriggerMeta { name, table: UNNAMED, event, action }
}

impl TriggerMeta {
    /// It is on this table.
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

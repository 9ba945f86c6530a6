//! What differs between two catalogs.

use crate::catalog::{Object, ObjectName};

/// One difference: what must happen to an object for the one catalog to become the other.
///
/// ```
/// use orm_kit::{catalog::{Column, Name, Object}, change::Change};
///
/// let column = Object::Column(Name::new("public", "workers"), Column::new("email", "text"));
/// assert_eq!(Change::Create(column).object_name().to_string(), "column `workers.email`");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "there are hundreds of them at most")]
pub enum Change {
    /// It is new; a new table's own parts are in it.
    Create(Object),
    /// It is gone; what goes with it has no change of its own.
    Drop(Object),
    /// It is the same object, and something of it differs; a table's own parts change by themselves.
    Alter {
        /// As it was.
        from: Object,
        /// As it is to be, under the same name.
        to: Object,
    },
    /// It is the same object under another name or in another schema; what else differs is an [`Change::Alter`] of the new name.
    Rename {
        /// What it was called.
        from: ObjectName,
        /// What it is to be called.
        to: ObjectName,
    },
}

impl Change {
    /// What the object is called, by its new name.
    pub fn object_name(&self) -> ObjectName {
        match self {
            Change::Create(object) | Change::Drop(object) | Change::Alter { to: object, .. } => {
                object.object_name()
            }
            Change::Rename { to, .. } => to.clone(),
        }
    }
}

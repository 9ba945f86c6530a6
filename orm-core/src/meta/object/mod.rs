//! What a schema declares beside its structs: constant values behind the semicolon of [`schema!`](crate::schema).
//!
//! They are values and not attributes because nothing of them is a Rust type, and so that a table that has none of them pays
//! nothing for them when it is compiled.
//!
//! ```
//! use mizzle::object::{extension, grant, policy, role, row_security};
//! use mizzle::prelude::*;
//!
//! #[derive(Table)]
//! #[orm(table = "notes")]
//! struct Note {
//!     #[orm(primary_key, identity)]
//!     id: i64,
//!     author: String,
//! }
//!
//! const SCHEMA: Schema = schema![
//!     Note;
//!     extension("citext"),
//!     role("writer").login(),
//!     row_security(Note),
//!     policy("own_notes").on(Note).to(&["writer"]).using("author = current_user"),
//!     grant("select, insert").on(Note).to("writer"),
//! ];
//! assert_eq!(SCHEMA.objects().len(), 6);
//! ```

mod exclusion;
mod extension;
mod grant;
mod index;
mod partition;
mod policy;
mod role;
mod routine;
mod sequence;
mod storage;
mod trigger;
mod view;

pub use exclusion::{ExclusionMeta, exclusion};
pub use extension::{ExtensionMeta, extension};
pub use grant::{GrantMeta, GrantTargetMeta, grant};
pub use index::{index, key, key_sql};
pub use partition::{PartitionMeta, PartitionedMeta, partition, partitioned};
pub use policy::{PolicyCommandMeta, PolicyMeta, RowSecurityMeta, policy, row_security};
pub use role::{RoleMeta, role};
pub use routine::{RoutineMeta, function, procedure};
pub use sequence::{SequenceMeta, SequenceOptionsMeta, sequence};
pub use storage::{StorageMeta, storage};
pub use trigger::{TriggerMeta, trigger};
pub use view::{ViewMeta, materialized_view, view, view_sql};

use super::TableName;
use crate::table::{Columns, Source, Table};

/// The table whose columns these are.
const fn table_of<C: Columns>() -> TableName {
    <<C::Source as Source>::Table as Table>::NAME
}

/// A name before anything is said of its table.
const UNNAMED: TableName = TableName { schema: None, name: "" };

//! The schema as constant data: what the derives write down and the kit, the DDL and a user's own tools read.

mod column;
mod index;
mod key;
pub mod object;
mod schema;
mod table;
mod types;
mod unique;

pub use column::{ColumnMeta, DefaultMeta, GeneratedMeta, IdentityMeta, OnUpdate};
pub use index::{IndexKeyMeta, IndexMeta, IndexTargetMeta, NullsMeta};
pub use key::{ActionMeta, CheckMeta, ForeignKeyMeta, KeyMeta, TimingMeta};
pub use schema::{Object, ObjectMeta, Schema};
pub use table::{TableMeta, TableName};
pub use types::{
    BulkMeta, CollationMeta, CompositeMeta, DomainMeta, EnumMeta, FieldMeta, TypeClass, TypeMeta,
};

//! The schema: every object of a database that a program declares.

use super::object::{
    ExclusionMeta, ExtensionMeta, GrantMeta, PartitionMeta, PartitionedMeta, PolicyMeta, RoleMeta,
    RoutineMeta, RowSecurityMeta, SequenceMeta, StorageMeta, TriggerMeta, ViewMeta,
};
use super::{CompositeMeta, DomainMeta, EnumMeta, TableMeta};

/// An object of the schema.
#[derive(Debug, Clone, Copy)]
pub enum ObjectMeta {
    /// A table.
    Table(&'static TableMeta),
    /// An enum type.
    Enum(&'static EnumMeta),
    /// A domain.
    Domain(&'static DomainMeta),
    /// A composite type.
    Composite(&'static CompositeMeta),
    /// An extension.
    Extension(ExtensionMeta),
    /// A role.
    Role(RoleMeta),
    /// A sequence.
    Sequence(SequenceMeta),
    /// A function or procedure.
    Routine(RoutineMeta),
    /// A view.
    View(ViewMeta),
    /// A trigger.
    Trigger(TriggerMeta),
    /// That a table's policies count.
    RowSecurity(RowSecurityMeta),
    /// A policy.
    Policy(PolicyMeta),
    /// Privileges.
    Grant(GrantMeta),
    /// How a table is partitioned.
    Partitioned(PartitionedMeta),
    /// A partition.
    Partition(PartitionMeta),
    /// How a table is stored.
    Storage(StorageMeta),
    /// An exclusion constraint.
    Exclusion(ExclusionMeta),
}

/// A Rust type that is an object of the schema: what [`schema!`](crate::schema) may list.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an object of the schema",
    label = "neither a table, nor an enum, a domain or a composite type",
    note = "derive `Table`, `PgEnum` or `PgComposite` for it, or `PgNewtype` with `#[orm(domain = \"..\")]`"
)]
pub trait Object {
    /// What it is.
    const OBJECT: ObjectMeta;
}

/// All objects of a program's database, as constant data; made by [`schema!`](crate::schema).
#[derive(Debug, Clone, Copy)]
pub struct Schema {
    objects: &'static [ObjectMeta],
}

impl Schema {
    /// A schema of these objects.
    pub const fn new(objects: &'static [ObjectMeta]) -> Self {
        Schema { objects }
    }

    /// The objects, in the order they were listed in.
    pub const fn objects(&self) -> &'static [ObjectMeta] {
        self.objects
    }

    /// The tables, in the order they were listed in.
    pub fn tables(&self) -> impl Iterator<Item = &'static TableMeta> {
        self.objects.iter().filter_map(|object| match object {
            ObjectMeta::Table(table) => Some(*table),
            _ => None,
        })
    }

    /// The SQL that makes the whole schema in an empty database, in an order that runs: schemas, types, tables,
    /// indexes, foreign keys, comments, and what is declared beside the structs. Each statement ends with a semicolon and a line break.
    ///
    /// ```
    /// use mizzle::prelude::*;
    ///
    /// #[derive(Table)]
    /// #[orm(table = "notes")]
    /// struct Note { #[orm(primary_key, identity)] id: i64, #[orm(index)] body: String }
    ///
    /// const SCHEMA: Schema = schema![Note];
    ///
    /// assert_eq!(
    ///     SCHEMA.create_sql(),
    ///     r#"create table "notes" (
    ///     "id" bigint not null generated always as identity,
    ///     "body" text not null,
    ///     constraint "notes_pkey" primary key ("id")
    /// );
    /// create index "notes_body_idx" on "notes" ("body");
    /// "#
    /// );
    /// ```
    pub fn create_sql(&self) -> String {
        crate::ddl::create_schema(self)
    }
}

/// Lists the objects of a schema: `schema![TaskStatus, Worker, Task]`, in any order; behind a semicolon what is no struct,
/// see [`object`](crate::meta::object).
#[macro_export]
macro_rules! schema {
    ($($object:ty),* $(,)? $(; $($declared:expr),* $(,)?)?) => {
        $crate::meta::Schema::new({
            // Not a `const` block: there a list of calls has no place of its own, and `.indexes(&[index(..)])` needs one.
            const OBJECTS: &[$crate::meta::ObjectMeta] = &[
                $(<$object as $crate::meta::Object>::OBJECT,)*
                $($($declared.object(),)*)?
            ];
            OBJECTS
        })
    };
}

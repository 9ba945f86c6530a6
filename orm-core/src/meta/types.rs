//! Types: what a Rust type is called in SQL and how its parameters travel, enums, domains and composite types.

use super::{CheckMeta, DefaultMeta};
use postgres_types::Type;

/// The PostgreSQL type that a Rust type stands for.
pub struct TypeMeta {
    /// The name in SQL, ready to be written: `integer`, `"task_status"`, `text[]`.
    pub name: &'static str,
    /// The built-in type that parameters are sent as, so that preparing needs no look-up in the catalog.
    pub param: &'static Type,
    /// What follows such a parameter in SQL: nothing, or a cast (`::"task_status"`).
    pub cast: &'static str,
    /// Whether a result column of this type can be decoded.
    pub accepts: fn(&Type) -> bool,
    /// What kind of type it is, for the literals that may stand for its values.
    pub class: TypeClass,
    /// How many of its values travel in one parameter.
    pub bulk: BulkMeta,
}

/// What kind of type it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypeClass {
    /// `smallint`, `integer`, `bigint`
    Integer {
        /// Its width.
        bits: u32,
    },
    /// `real`, `double precision`
    Float,
    /// `numeric`
    Numeric,
    /// `boolean`
    Boolean,
    /// `text` and its kin
    Text,
    /// `json`, `jsonb`
    Json,
    /// Any other.
    Other,
}

/// How the values of one column of many rows travel: an array of them, or for an array-typed column an array of all
/// their elements.
#[derive(Debug, Clone, Copy)]
pub struct BulkMeta {
    /// The built-in array type.
    pub param: &'static Type,
    /// Its name in SQL: `text[]`.
    pub name: &'static str,
    /// Whether the values are arrays themselves.
    pub flattened: bool,
}

impl std::fmt::Debug for TypeMeta {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// A collation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CollationMeta {
    /// The schema; without one it is PostgreSQL's own.
    pub schema: Option<&'static str>,
    /// The name, as in the catalog: `C`, `de-x-icu`.
    pub name: &'static str,
}

/// An enum type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EnumMeta {
    /// The schema, when one is named.
    pub schema: Option<&'static str>,
    /// The type's name, as in the catalog.
    pub name: &'static str,
    /// The labels, in order.
    pub labels: &'static [&'static str],
    /// What the type was called, in the same schema.
    pub renamed_from: Option<&'static str>,
    /// Labels that were called otherwise: first what they were called, then what they are.
    pub renamed_labels: &'static [(&'static str, &'static str)],
    /// The doc comment of the enum.
    pub comment: Option<&'static str>,
}

impl EnumMeta {
    /// The enum `name` of these labels.
    pub const fn new(name: &'static str, labels: &'static [&'static str]) -> Self {
        EnumMeta { schema: None, name, labels, renamed_from: None, renamed_labels: &[], comment: None }
    }
}

/// A composite type: a list of fields.
#[derive(Debug, Clone, Copy)]
pub struct CompositeMeta {
    /// The schema, when one is named.
    pub schema: Option<&'static str>,
    /// The type's name, as in the catalog.
    pub name: &'static str,
    /// The fields, in order.
    pub fields: &'static [FieldMeta],
    /// What the type was called, in the same schema.
    pub renamed_from: Option<&'static str>,
    /// The doc comment of the struct.
    pub comment: Option<&'static str>,
}

impl CompositeMeta {
    /// The composite type `name` without fields, for the rest to be said of it.
    pub const fn new(name: &'static str) -> Self {
        CompositeMeta { schema: None, name, fields: &[], renamed_from: None, comment: None }
    }
}

/// A field of a composite type. It may always be NULL: PostgreSQL knows no other.
#[derive(Debug, Clone, Copy)]
pub struct FieldMeta {
    /// The name, as in the catalog.
    pub name: &'static str,
    /// The type that the field's Rust type stands for.
    pub ty: &'static TypeMeta,
    /// The SQL type by attribute (`varchar(255)`).
    pub sql_type: Option<&'static str>,
    /// The doc comment of the field.
    pub comment: Option<&'static str>,
}

impl FieldMeta {
    /// The field's SQL type as a `create type` names it.
    pub const fn type_name(&self) -> &'static str {
        match self.sql_type {
            Some(name) => name,
            None => self.ty.name,
        }
    }

    /// Whether the type may be one that is not built in.
    pub(crate) fn is_user_defined(&self) -> bool {
        // Only a user's type is not what its parameters are sent as.
        self.sql_type.is_some() || !self.ty.cast.is_empty()
    }
}

/// A domain: a type with conditions on its values.
#[derive(Debug, Clone, Copy)]
pub struct DomainMeta {
    /// The schema, when one is named.
    pub schema: Option<&'static str>,
    /// The domain's name, as in the catalog.
    pub name: &'static str,
    /// The type below it.
    pub base: &'static TypeMeta,
    /// The type below it by attribute (`varchar(255)`).
    pub sql_type: Option<&'static str>,
    /// The conditions on `value`.
    pub checks: &'static [CheckMeta],
    /// Whether it takes no NULL.
    pub not_null: bool,
    /// What a column of it takes by default.
    pub default: Option<DefaultMeta>,
    /// The collation, if not that of the type below it.
    pub collation: Option<CollationMeta>,
    /// What the domain was called, in the same schema.
    pub renamed_from: Option<&'static str>,
    /// The doc comment of the struct.
    pub comment: Option<&'static str>,
}

impl DomainMeta {
    /// The domain `name` over a type.
    pub const fn new(name: &'static str, base: &'static TypeMeta) -> Self {
        DomainMeta {
            schema: None,
            name,
            base,
            sql_type: None,
            checks: &[],
            not_null: false,
            default: None,
            collation: None,
            renamed_from: None,
            comment: None,
        }
    }
}

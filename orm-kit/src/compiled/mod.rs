//! The compiled schema as a catalog.

mod object;
mod rename;
mod table;

use crate::catalog::{self, Catalog, Composite, Domain, DomainCheck, Enum, Field, Name, type_name};
use crate::diff::Rename;
use orm_core::meta::{CheckMeta, CompositeMeta, DomainMeta, EnumMeta, FieldMeta, ObjectMeta, Schema};
use std::collections::BTreeSet;

/// The schema that an object is in if it names none.
const DEFAULT_SCHEMA: &str = "public";

/// What a program's [`Schema`] declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compiled {
    /// The objects.
    pub catalog: Catalog,
    /// What they were called (`renamed_from`), tables before their columns.
    pub renames: Vec<Rename>,
}

/// What a program's [`Schema`] declares.
///
/// ```
/// use mizzle::prelude::*;
/// use orm_kit::{catalog::Name, compiled::compiled};
///
/// #[derive(Table)]
/// #[orm(table = "notes")]
/// struct Note {
///     #[orm(primary_key, identity)]
///     id: i64,
///     #[orm(varchar(40))]
///     body: String,
/// }
///
/// let catalog = compiled(&schema![Note]).catalog;
/// let notes = catalog.table(&Name::new("public", "notes")).expect("it is declared");
/// assert_eq!(notes.columns[1].ty, "character varying(40)");
/// ```
pub fn compiled(schema: &Schema) -> Compiled {
    let mut catalog = Catalog::default();
    let mut schemas = BTreeSet::new();
    for object in schema.objects() {
        let name = match object {
            ObjectMeta::Table(meta) => {
                catalog.tables.push(table::table(meta));
                meta.name.schema
            }
            ObjectMeta::Enum(meta) => {
                catalog.enums.push(enum_type(meta));
                meta.schema
            }
            ObjectMeta::Domain(meta) => {
                catalog.domains.push(domain(meta));
                meta.schema
            }
            ObjectMeta::Composite(meta) => {
                catalog.composites.push(composite(meta));
                meta.schema
            }
            declared => object::declare(declared, &mut catalog),
        };
        schemas.extend(name);
    }
    // What is said of a table may stand before the table.
    for object in schema.objects() {
        object::describe(object, &mut catalog);
    }
    schemas.remove(DEFAULT_SCHEMA);
    let namespace = |name: &str| catalog::Schema { name: name.to_owned(), comment: None };
    catalog.schemas = schemas.into_iter().map(namespace).collect();
    catalog.sort();
    Compiled { catalog, renames: rename::renames(schema) }
}

fn name(schema: Option<&str>, name: &str) -> Name {
    Name::new(schema.unwrap_or(DEFAULT_SCHEMA), name)
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

fn text(text: Option<&str>) -> Option<String> {
    text.map(str::to_owned)
}

fn enum_type(meta: &EnumMeta) -> Enum {
    let EnumMeta { schema, name: own, labels, renamed_from: _, renamed_labels: _, comment } = meta;
    Enum { name: name(*schema, own), labels: owned(labels), comment: text(*comment) }
}

fn domain(meta: &DomainMeta) -> Domain {
    let DomainMeta {
        schema,
        name: own,
        base,
        sql_type,
        checks,
        not_null,
        default,
        collation,
        renamed_from: _,
        comment,
    } = meta;
    let check = |check: &CheckMeta| DomainCheck {
        name: check.name.to_owned(),
        expression: check.expression.to_owned(),
    };
    Domain {
        name: name(*schema, own),
        base: type_name(sql_type.unwrap_or(base.name), DEFAULT_SCHEMA),
        not_null: *not_null,
        default: default.as_ref().map(table::default),
        collation: collation.as_ref().map(table::collation),
        checks: checks.iter().map(check).collect(),
        comment: text(*comment),
    }
}

fn composite(meta: &CompositeMeta) -> Composite {
    let CompositeMeta { schema, name: own, fields, renamed_from: _, comment } = meta;
    let field = |field: &FieldMeta| Field {
        name: field.name.to_owned(),
        ty: type_name(field.type_name(), DEFAULT_SCHEMA),
        collation: None,
        comment: text(field.comment),
    };
    Composite {
        name: name(*schema, own),
        fields: fields.iter().map(field).collect(),
        comment: text(*comment),
    }
}

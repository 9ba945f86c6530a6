//! What the objects of a schema were called.

use super::DEFAULT_SCHEMA;
use crate::catalog::{Kind, ObjectName};
use crate::diff::Rename;
use orm_core::meta::{ObjectMeta, Schema};

/// All that is said by `renamed_from`.
pub(super) fn renames(schema: &Schema) -> Vec<Rename> {
    let mut renames = Vec::new();
    for object in schema.objects() {
        match object {
            ObjectMeta::Table(meta) => {
                let (schema, own) = (meta.name.schema, meta.name.name);
                renames.extend(rename(Kind::Table, schema, "", meta.renamed_from, own));
                for column in meta.columns {
                    renames.extend(rename(Kind::Column, schema, own, column.renamed_from, column.name));
                }
            }
            ObjectMeta::Enum(meta) => {
                renames.extend(rename(Kind::Enum, meta.schema, "", meta.renamed_from, meta.name));
                for (from, to) in meta.renamed_labels {
                    renames.extend(rename(Kind::Label, meta.schema, meta.name, Some(from), to));
                }
            }
            ObjectMeta::Domain(meta) => {
                renames.extend(rename(Kind::Domain, meta.schema, "", meta.renamed_from, meta.name));
            }
            ObjectMeta::Composite(meta) => {
                renames.extend(rename(Kind::Composite, meta.schema, "", meta.renamed_from, meta.name));
            }
            _ => {}
        }
    }
    renames
}

fn rename(kind: Kind, schema: Option<&str>, table: &str, from: Option<&str>, to: &str) -> Option<Rename> {
    let name = |name: &str| ObjectName {
        kind,
        schema: schema.unwrap_or(DEFAULT_SCHEMA).to_owned(),
        table: table.to_owned(),
        name: name.to_owned(),
    };
    Some(Rename { from: name(from?), to: name(to) })
}

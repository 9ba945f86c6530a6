//! A table as a struct.

use super::Pull;
use super::rust_name::field_ident;
use crate::catalog::{Column, ForeignKey, Generated, Identity, Table};
use std::collections::{HashMap, HashSet};

/// The fields of a struct by the names of their columns.
pub(super) type FieldNames = HashMap<String, String>;

impl Pull<'_> {
    pub(super) fn table(&mut self, table: &Table) {
        let ident = self.names.get(&table.name).unwrap_or_default().to_owned();
        let fields = field_names(table);
        let mut attributes = vec![format!("table = {:?}", table.name.name)];
        attributes.extend(self.schema_of(&table.name));
        attributes.extend(self.table_attributes(table, &fields));
        self.source.push('\n');
        self.comment("", table.comment.as_deref());
        self.source += "#[derive(Table, Debug, Clone, PartialEq)]\n";
        self.attributes("", &attributes);
        self.line(format_args!("pub struct {ident} {{"));
        for column in &table.columns {
            self.column(table, column, &fields);
        }
        self.source += "}\n";
        self.listed.push(ident);
        if !table.inherits.is_empty() {
            self.unsaid(format_args!("table `{}`: that it inherits from others", table.name));
        }
    }

    fn column(&mut self, table: &Table, column: &Column, fields: &FieldNames) {
        let Column {
            name,
            ty,
            nullable,
            default,
            identity,
            generated,
            collation,
            storage,
            compression,
            comment,
        } = column;
        let field = fields.get(name).cloned().unwrap_or_default();
        let rust = self.rust_type(ty);
        let mut attributes = Vec::new();
        attributes.extend((field.trim_start_matches("r#") != name).then(|| format!("name = {name:?}")));
        attributes.extend(rust.attribute);
        attributes.extend(self.key_attributes(table, column));
        attributes.extend(identity.as_ref().map(identity_attribute));
        if let Some(Generated { expression, stored }) = generated {
            attributes.push(format!("generated = {expression:?}"));
            if !stored {
                attributes.push("virtual".to_owned());
            }
        }
        attributes.extend(default.as_ref().map(|text| self.default(ty, text)));
        attributes.extend(collation.as_ref().map(|name| format!("collate = {:?}", collation_name(name))));
        attributes.extend(storage.as_ref().map(|storage| format!("storage = {storage}")));
        attributes.extend(compression.as_ref().map(|method| format!("compression = {method}")));
        self.comment("    ", comment.as_deref());
        self.attributes("    ", &attributes);
        if *nullable {
            self.line(format_args!("    pub {field}: Option<{}>,", rust.name));
        } else {
            self.line(format_args!("    pub {field}: {},", rust.name));
        }
    }

    /// The table of Rust that a key references, if there is one.
    pub(super) fn target(&self, key: &ForeignKey) -> Option<(String, FieldNames)> {
        let table = self.catalog.table(&key.table)?;
        Some((self.names.get(&key.table)?.to_owned(), field_names(table)))
    }
}

/// A collation, its schema with it unless it is PostgreSQL's.
pub(super) fn collation_name(name: &crate::catalog::Name) -> String {
    if name.schema == "pg_catalog" { name.name.clone() } else { format!("{}.{}", name.schema, name.name) }
}

/// Fields, each named as its column as far as Rust lets it be.
pub(super) fn field_names(table: &Table) -> FieldNames {
    let mut taken = HashSet::new();
    let mut fields = FieldNames::new();
    for column in &table.columns {
        let mut field = field_ident(&column.name);
        while !taken.insert(field.clone()) {
            field.push('_');
        }
        fields.insert(column.name.clone(), field);
    }
    fields
}

/// `identity`, `identity(by_default, start = 100)`.
fn identity_attribute(Identity { always, options }: &Identity) -> String {
    let mut words = Vec::new();
    if !always {
        words.push("by_default".to_owned());
    }
    for (word, value) in [
        ("increment", options.increment),
        ("min", options.min),
        ("max", options.max),
        ("start", options.start),
        ("cache", options.cache),
    ] {
        words.extend(value.map(|value| format!("{word} = {value}")));
    }
    if options.cycle {
        words.push("cycle".to_owned());
    }
    if words.is_empty() { "identity".to_owned() } else { format!("identity({})", words.join(", ")) }
}

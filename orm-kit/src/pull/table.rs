//! A table as a struct.

use super::Pull;
use super::default::Value;
use super::rust_name::FieldNames;
use super::rust_type::rust_type;
use crate::catalog::{Column, ForeignKey, Generated, Identity, Name, Table};

impl Pull<'_> {
    pub(super) fn table(&mut self, table: &Table) {
        let ident = self.names.get(&table.name).unwrap_or_default().to_owned();
        let fields = self.names.fields(table);
        let mut attributes = vec![format!("table = {:?}", table.name.name)];
        attributes.extend(self.schema_of(&table.name));
        attributes.extend(self.table_attributes(table, &fields));
        self.repeats |= lists_columns_twice(&attributes);
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
        let rust = rust_type(&self.names, ty);
        let mut attributes = Vec::new();
        attributes.extend((field.trim_start_matches("r#") != name).then(|| format!("name = {name:?}")));
        attributes.extend(rust.attribute);
        attributes.extend(self.key_attributes(table, column, fields));
        attributes.extend(identity.as_ref().map(identity_attribute));
        if let Some(Generated { expression, stored }) = generated {
            attributes.push(format!("generated = {expression:?}"));
            if !stored {
                attributes.push("virtual".to_owned());
            }
        }
        let value = default.as_ref().map(|text| Value::of(self.catalog, &self.names, ty, text));
        attributes.extend(value.map(|value| value.attribute()));
        attributes.extend(collation.as_ref().map(collate_attribute));
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
        Some((self.names.get(&key.table)?.to_owned(), self.names.fields(table)))
    }
}

/// `collate = "C"`, or `collate("app", "german")`.
pub(super) fn collate_attribute(name: &Name) -> String {
    match collation_names(name) {
        (None, name) => format!("collate = {name}"),
        (Some(schema), name) => format!("collate({schema}, {name})"),
    }
}

/// A collation as literals of Rust: its schema, unless it is PostgreSQL's own, and its name.
pub(super) fn collation_names(name: &Name) -> (Option<String>, String) {
    let schema = (name.schema != "pg_catalog").then(|| format!("{:?}", name.schema));
    (schema, format!("{:?}", name.name))
}

/// Whether there are several lists of columns, of which clippy believes that they are one.
fn lists_columns_twice(attributes: &[String]) -> bool {
    attributes.iter().filter(|attribute| attribute.contains("columns(")).count() > 1
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

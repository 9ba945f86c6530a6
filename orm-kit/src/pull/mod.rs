//! A catalog as Rust: the structs, enums and lists that declare what a database holds.

mod attribute;
mod declared;
mod default;
mod rust_name;
mod rust_type;
mod table;
mod types;

use crate::catalog::{Catalog, Name};
use rust_name::{Names, type_ident};
use std::fmt::Write;

/// Rust source, and what it could not say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pulled {
    /// A module that declares the catalog's objects and lists them as `SCHEMA`.
    pub source: String,
    /// What has no words in Rust, a line each: it stays in the database, and nothing here drops it.
    pub unsaid: Vec<String>,
}

/// Writes a catalog that a server printed as a Rust module.
///
/// ```
/// use orm_kit::catalog::{Catalog, Column, Name, Table};
/// use orm_kit::pull::pull;
///
/// let mut workers = Table::new(Name::new("public", "workers"));
/// workers.columns.push(Column::new("email", "character varying(255)"));
/// let pulled = pull(&Catalog { tables: vec![workers], ..Catalog::default() });
/// assert!(pulled.source.contains("pub struct Worker {\n    #[orm(varchar(255))]\n    pub email: String,\n}"));
/// ```
pub fn pull(catalog: &Catalog) -> Pulled {
    let names = names(catalog);
    let mut pull = Pull { catalog, names, source: String::new(), listed: Vec::new(), unsaid: Vec::new() };
    pull.source += "//! The schema of the database.\n\nuse mizzle::prelude::*;\n";
    for ty in &catalog.enums {
        pull.enum_type(ty);
    }
    for ty in &catalog.domains {
        pull.domain(ty);
    }
    for ty in &catalog.composites {
        pull.composite(ty);
    }
    for table in catalog.tables.iter().filter(|table| table.partition.is_none()) {
        pull.table(table);
    }
    let declared = pull.declared();
    pull.schema(&declared);
    Pulled { source: pull.source, unsaid: pull.unsaid }
}

/// What is written so far.
struct Pull<'c> {
    catalog: &'c Catalog,
    names: Names,
    source: String,
    /// The types that `schema!` lists.
    listed: Vec<String>,
    unsaid: Vec<String>,
}

/// The Rust name of each type and table; equal ones of different schemas begin with their schema's.
fn names(catalog: &Catalog) -> Names {
    let mut names = Names::default();
    for ty in &catalog.enums {
        names.add(&ty.name, type_ident(&ty.name.name));
    }
    for ty in &catalog.domains {
        names.add(&ty.name, type_ident(&ty.name.name));
    }
    for ty in &catalog.composites {
        names.add(&ty.name, type_ident(&ty.name.name));
    }
    for table in &catalog.tables {
        names.add(&table.name, type_ident(&rust_name::singular(&table.name.name)));
    }
    names
}

impl Pull<'_> {
    /// What cannot be said of an object.
    fn unsaid(&mut self, what: std::fmt::Arguments<'_>) {
        self.unsaid.push(what.to_string());
    }

    /// A doc comment, which is the comment in the database.
    fn comment(&mut self, indent: &str, comment: Option<&str>) {
        for line in comment.into_iter().flat_map(str::lines) {
            let space = if line.is_empty() { "" } else { " " };
            self.line(format_args!("{indent}///{space}{line}"));
        }
    }

    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        // Writing to a `String` does not fail.
        let _ = writeln!(self.source, "{line}");
    }

    fn attributes(&mut self, indent: &str, attributes: &[String]) {
        if attributes.is_empty() {
            return;
        }
        let one_line = attributes.join(", ");
        if one_line.len() + indent.len() < 92 {
            self.line(format_args!("{indent}#[orm({one_line})]"));
        } else {
            self.line(format_args!("{indent}#[orm("));
            for attribute in attributes {
                self.line(format_args!("{indent}    {attribute},"));
            }
            self.line(format_args!("{indent})]"));
        }
    }

    /// `SCHEMA`, with everything that is written.
    fn schema(&mut self, declared: &[String]) {
        self.source += "\n/// Everything that the database holds.\npub const SCHEMA: Schema = schema![\n";
        for name in std::mem::take(&mut self.listed) {
            self.line(format_args!("    {name},"));
        }
        if !declared.is_empty() {
            self.source += "    ;\n";
        }
        for object in declared {
            self.line(format_args!("    {object},"));
        }
        self.source += "];\n";
    }

    /// `schema = "app"`, for what is not in `public`.
    fn schema_of(&self, name: &Name) -> Option<String> {
        (name.schema != "public").then(|| format!("schema = {:?}", name.schema))
    }
}

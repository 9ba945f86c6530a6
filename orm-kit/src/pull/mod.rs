//! A catalog as Rust: the structs, enums and lists that declare what a database holds.

mod attribute;
mod case;
mod declared;
mod default;
mod kept;
mod merge;
mod rust_name;
mod rust_type;
mod sayable;
mod table;
mod types;

pub(crate) use sayable::sayable;

pub use merge::pull_again;

use crate::catalog::{Catalog, Name};
use default::Value;
use kept::Kept;
use rust_name::Names;
use std::fmt::Write;

/// Rust source, and what it could not say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pulled {
    /// A module that declares the catalog's objects and lists them as `SCHEMA`.
    pub source: String,
    /// What it declares, just as it will be read back when it is compiled.
    pub said: Catalog,
    /// What has no words in Rust, a line each: it stays in the database, and nothing here drops it.
    pub unsaid: Vec<String>,
    /// What a file that was there said and the database does not, a line each.
    pub gone: Vec<String>,
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
    write(catalog, &Kept::default())
}

fn write(catalog: &Catalog, kept: &Kept) -> Pulled {
    let (mut said, unsaid) = sayable(catalog);
    said.sort();
    let mut pull = Pull {
        catalog: &said,
        names: Names::of(&said, kept),
        source: String::new(),
        listed: Vec::new(),
        repeats: false,
    };
    pull.source += "//! The schema of the database.\n\nuse mizzle::prelude::*;\n";
    for ty in &said.enums {
        pull.enum_type(ty);
    }
    for ty in &said.domains {
        pull.domain(ty);
    }
    for ty in &said.composites {
        pull.composite(ty);
    }
    for table in said.tables.iter().filter(|table| table.partition.is_none()) {
        pull.table(table);
    }
    let declared = pull.declared();
    pull.schema(&declared);
    let Pull { mut source, names, repeats, .. } = pull;
    if repeats {
        let allow = "#![allow(clippy::duplicated_attributes, reason = \"a column may be in several keys and indexes\")]";
        source = source.replacen("\n\n", &format!("\n\n{allow}\n\n"), 1);
    }
    let defaults = said.clone();
    for domain in &mut said.domains {
        if let Some(text) = &mut domain.default {
            *text = Value::of(&defaults, &names, &domain.base, text).sql();
        }
    }
    for column in said.tables.iter_mut().flat_map(|table| &mut table.columns) {
        if let Some(text) = &mut column.default {
            *text = Value::of(&defaults, &names, &column.ty, text).sql();
        }
    }
    Pulled { source, said, unsaid, gone: Vec::new() }
}

/// What is written so far.
struct Pull<'c> {
    catalog: &'c Catalog,
    names: Names,
    source: String,
    /// The types that `schema!` lists.
    listed: Vec<String>,
    /// Whether a struct has lists of columns that clippy takes for one.
    repeats: bool,
}

impl Pull<'_> {
    /// A doc comment, which is the comment in the database.
    fn comment(&mut self, indent: &str, comment: Option<&str>) {
        // What rustc takes in no comment: a return by itself, and letters that change the direction of writing.
        let is_odd = |c: char| {
            (c.is_control() && c != '\n') || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        };
        if let Some(text) = comment.filter(|text| text.contains(is_odd)) {
            self.line(format_args!("{indent}#[doc = {text:?}]"));
            return;
        }
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
        if !attributes.is_empty() {
            self.line(format_args!("{indent}{}", orm_attribute(indent, attributes)));
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

/// `#[orm(..)]`, of several lines if it is long; nothing if there is nothing in it.
fn orm_attribute(indent: &str, items: &[String]) -> String {
    if items.is_empty() {
        return String::new();
    }
    let one_line = items.join(", ");
    if one_line.len() + indent.len() < 92 {
        return format!("#[orm({one_line})]");
    }
    let lines: String = items.iter().map(|item| format!("{indent}    {item},\n")).collect();
    format!("#[orm(\n{lines}{indent})]")
}

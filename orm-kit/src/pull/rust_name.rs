//! Names of Rust for names of SQL.

use super::kept::Kept;
use crate::catalog::{Catalog, Name, Table};
use std::collections::{HashMap, HashSet};

/// What the module has already, and types of the prelude and of Rust's that a struct must not hide.
const TYPES: &[&str] = &[
    "Box",
    "Client",
    "Clone",
    "Copy",
    "Db",
    "Debug",
    "Eq",
    "Err",
    "Executor",
    "Insert",
    "Interval",
    "Isolation",
    "Json",
    "MacAddr",
    "Multirange",
    "None",
    "Ok",
    "Option",
    "PartialEq",
    "Patch",
    "PgComposite",
    "PgEnum",
    "PgNewtype",
    "Range",
    "Result",
    "Row",
    "Run",
    "SCHEMA",
    "Schema",
    "Some",
    "String",
    "Table",
    "Tx",
    "Update",
    "Vec",
];

/// The fields of a struct by the names of their columns.
pub(super) type FieldNames = HashMap<String, String>;

/// The Rust names of a catalog's types and tables, and of what is in them.
#[derive(Debug, Default)]
pub(super) struct Names {
    of: HashMap<Name, String>,
    taken: HashSet<String>,
    /// Columns, fields of composite types and labels, by the table or type.
    parts: HashMap<Name, FieldNames>,
}

impl Names {
    /// Each has the name that it is kept by, else one made of its name in SQL; equal ones of different schemas begin with their
    /// schema's.
    pub(super) fn of(catalog: &Catalog, kept: &Kept) -> Self {
        let mut names = Names::default();
        names.taken.extend(kept.taken().map(str::to_owned));
        let types = catalog.enums.iter().map(|ty| &ty.name);
        let types = types.chain(catalog.domains.iter().map(|ty| &ty.name));
        let types = types.chain(catalog.composites.iter().map(|ty| &ty.name));
        let mut all: Vec<_> = types.map(|name| (name, type_ident(&name.name))).collect();
        let tables = catalog.tables.iter().filter(|table| table.partition.is_none());
        all.extend(tables.clone().map(|table| (&table.name, type_ident(&singular(&table.name.name)))));
        // Of two the one in `public` has the plain name.
        all.sort_by_key(|(name, _)| name.schema != "public");
        all.into_iter().for_each(|(name, ident)| names.add(name, ident, kept));
        for ty in &catalog.enums {
            names.add_parts(&ty.name, ty.labels.iter(), (type_ident, ""), kept);
        }
        for ty in &catalog.composites {
            names.add_parts(&ty.name, ty.fields.iter().map(|field| &field.name), (field_ident, "_"), kept);
        }
        for table in tables {
            let columns = table.columns.iter().map(|column| &column.name);
            names.add_parts(&table.name, columns, (field_ident, "_"), kept);
        }
        names
    }

    fn add(&mut self, name: &Name, ident: String, kept: &Kept) {
        if let Some(kept) = kept.ident(name) {
            self.of.insert(name.clone(), kept.to_owned());
            return;
        }
        let mut free = ident.clone();
        if TYPES.contains(&free.as_str()) || self.taken.contains(&free) {
            free = type_ident(&name.schema) + &ident;
        }
        let mut number = 2;
        while !self.taken.insert(free.clone()) {
            free = format!("{ident}{number}");
            number += 1;
        }
        // A table is a type too, and PostgreSQL lets no other type have its name.
        self.of.insert(name.clone(), free);
    }

    fn add_parts<'n>(
        &mut self,
        of: &Name,
        parts: impl Iterator<Item = &'n String> + Clone,
        (ident, before_number): (fn(&str) -> String, &str),
        kept: &Kept,
    ) {
        let mut taken: HashSet<String> =
            parts.clone().filter_map(|part| kept.part(of, part)).map(str::to_owned).collect();
        let mut names = FieldNames::new();
        for part in parts {
            let free = kept.part(of, part).map_or_else(
                || {
                    let ident = ident(part);
                    let mut free = ident.clone();
                    let mut number = 2;
                    while !taken.insert(free.clone()) {
                        let plain = ident.trim_start_matches("r#").trim_end_matches('_');
                        free = format!("{plain}{before_number}{number}");
                        number += 1;
                    }
                    free
                },
                str::to_owned,
            );
            names.insert(part.clone(), free);
        }
        self.parts.insert(of.clone(), names);
    }

    pub(super) fn get(&self, name: &Name) -> Option<&str> {
        self.of.get(name).map(String::as_str)
    }

    /// The column or field `part` of a table or type, or the variant of a label.
    pub(super) fn part(&self, of: &Name, part: &str) -> Option<&str> {
        self.parts.get(of)?.get(part).map(String::as_str)
    }

    /// The fields of a table.
    pub(super) fn fields(&self, table: &Table) -> FieldNames {
        self.parts.get(&table.name).cloned().unwrap_or_default()
    }
}

/// `task_status` as `TaskStatus`.
pub(super) fn type_ident(name: &str) -> String {
    let mut ident = String::new();
    for word in name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let mut letters = word.chars();
        ident.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        // Letters that are all large say nothing by that.
        if name.chars().any(char::is_lowercase) {
            ident.push_str(letters.as_str());
        } else {
            ident.extend(letters.flat_map(char::to_lowercase));
        }
    }
    starting_well(&ident, "T")
}

/// `workerId` as `worker_id`, `type` as `r#type`; a field or a function.
pub(super) fn field_ident(name: &str) -> String {
    let mut ident = String::new();
    let mut after_lower = false;
    for c in name.chars() {
        if c.is_uppercase() {
            if after_lower && !ident.ends_with('_') {
                ident.push('_');
            }
            ident.extend(c.to_lowercase());
        } else if c.is_alphanumeric() {
            ident.push(c);
        } else if !ident.ends_with('_') {
            ident.push('_');
        }
        after_lower = c.is_lowercase() || c.is_numeric();
    }
    starting_well(&ident, "c_")
}

/// The name itself if Rust takes it, with `r#` if that helps; else what Rust takes of it, behind a prefix.
fn starting_well(ident: &str, prefix: &str) -> String {
    if is_ident(ident) {
        return ident.to_owned();
    }
    let raw = format!("r#{ident}");
    if is_ident(&raw) {
        return raw;
    }
    let suffixed = format!("{ident}_");
    if is_ident(&suffixed) && !ident.is_empty() && ident != "_" {
        return suffixed;
    }
    // Letters and digits of Unicode are not quite those of Rust.
    let plain: String = ident.chars().filter(|c| is_ident(&format!("a{c}"))).collect();
    format!("{prefix}{}", plain.trim_matches('_'))
}

fn is_ident(text: &str) -> bool {
    // A keyword of editions to come.
    text != "gen" && syn::parse_str::<syn::Ident>(text).is_ok()
}

/// `workers` as `worker`, `categories` as `category`: English, as far as three rules reach.
pub(super) fn singular(name: &str) -> String {
    if let Some(stem) = name.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    for ending in ["sses", "shes", "ches", "xes", "zes"] {
        if name.ends_with(ending) {
            return name.strip_suffix("es").unwrap_or(name).to_owned();
        }
    }
    if ["ss", "us", "is"].iter().any(|ending| name.ends_with(ending)) {
        return name.to_owned();
    }
    name.strip_suffix('s').filter(|stem| !stem.is_empty()).unwrap_or(name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::{field_ident, is_ident, singular, type_ident};

    #[test]
    fn names_are_rust() {
        for (name, field) in [
            ("email", "email"),
            ("workerId", "worker_id"),
            ("HTTPStatus", "httpstatus"),
            ("type", "r#type"),
            ("gen", "r#gen"),
            ("self", "self_"),
            ("2fa", "c_2fa"),
            ("a b-c", "a_b_c"),
            ("a__b", "a_b"),
            ("a\"\nb", "a_b"),
            ("größe", "größe"),
            ("x²", "c_x"),
            ("", "c_"),
            ("_", "c_"),
            ("\u{1F600}", "c_"),
        ] {
            let found = field_ident(name);
            assert!(is_ident(&found), "{name}: {found}");
            assert_eq!(found, field, "{name}");
        }
        for (name, ty) in [
            ("task_status", "TaskStatus"),
            ("taskStatus", "TaskStatus"),
            ("3d", "T3d"),
            ("IN_PROGRESS", "InProgress"),
            ("HTTP error", "HTTPError"),
            ("self", "Self_"),
            ("", "T"),
            ("²", "T"),
            ("日本", "日本"),
        ] {
            assert_eq!(type_ident(name), ty);
            assert!(is_ident(ty));
        }
    }

    #[test]
    fn tables_are_rows() {
        for (table, row) in [
            ("workers", "worker"),
            ("categories", "category"),
            ("addresses", "address"),
            ("boxes", "box"),
            ("status", "status"),
            ("analysis", "analysis"),
            ("news_item", "news_item"),
            ("s", "s"),
        ] {
            assert_eq!(singular(table), row);
        }
    }
}

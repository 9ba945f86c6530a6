//! Names of Rust for names of SQL.

use crate::catalog::Name;
use std::collections::{HashMap, HashSet};

/// Words that only `r#` makes names of.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Words that nothing makes names of, and names that the module has already.
const TAKEN: &[&str] = &["self", "Self", "super", "crate", "_"];

/// Types of the prelude and of Rust's, which a struct must not hide.
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
    "Schema",
    "Some",
    "String",
    "Table",
    "Tx",
    "Update",
    "Vec",
];

/// The Rust names of a catalog's types and tables.
#[derive(Debug, Default)]
pub(super) struct Names {
    of: HashMap<Name, String>,
    taken: HashSet<String>,
}

impl Names {
    /// Gives an object the name `ident`, or one like it if that is taken.
    pub(super) fn add(&mut self, name: &Name, ident: String) {
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

    pub(super) fn get(&self, name: &Name) -> Option<&str> {
        self.of.get(name).map(String::as_str)
    }
}

/// `task_status` as `TaskStatus`.
pub(super) fn type_ident(name: &str) -> String {
    let mut ident = String::new();
    for word in name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let mut letters = word.chars();
        ident.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        ident.push_str(letters.as_str());
    }
    starting_well(ident, "T")
}

/// `workerId` as `worker_id`, `type` as `r#type`; a field or a function.
pub(super) fn field_ident(name: &str) -> String {
    let mut ident = String::new();
    let mut after_lower = false;
    for c in name.chars() {
        if c.is_uppercase() {
            if after_lower {
                ident.push('_');
            }
            ident.extend(c.to_lowercase());
        } else if c.is_alphanumeric() || c == '_' {
            ident.push(c);
        } else if !ident.ends_with('_') {
            ident.push('_');
        }
        after_lower = c.is_lowercase() || c.is_numeric();
    }
    let ident = starting_well(ident, "c_");
    if KEYWORDS.contains(&ident.as_str()) {
        format!("r#{ident}")
    } else if TAKEN.contains(&ident.as_str()) {
        ident + "_"
    } else {
        ident
    }
}

fn starting_well(ident: String, prefix: &str) -> String {
    if ident.starts_with(|c: char| c.is_alphabetic() || c == '_') && is_plain(&ident) {
        ident
    } else {
        let plain: String = ident.chars().filter(|c| c.is_alphanumeric() || *c == '_').collect();
        format!("{prefix}{plain}")
    }
}

/// Letters that Rust takes: its identifiers are Unicode's, of which letters and digits are most.
fn is_plain(ident: &str) -> bool {
    ident.chars().all(|c| c.is_alphanumeric() || c == '_')
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
    use super::{field_ident, singular, type_ident};

    #[test]
    fn names_are_rust() {
        for (name, field) in [
            ("email", "email"),
            ("workerId", "worker_id"),
            ("HTTPStatus", "httpstatus"),
            ("type", "r#type"),
            ("self", "self_"),
            ("2fa", "c_2fa"),
            ("a b-c", "a_b_c"),
            ("größe", "größe"),
            ("", "c_"),
            ("\u{1F600}", "_"),
        ] {
            let found = field_ident(name);
            assert!(found == field || name == "\u{1F600}", "{name}: {found}");
        }
        assert_eq!(type_ident("task_status"), "TaskStatus");
        assert_eq!(type_ident("taskStatus"), "TaskStatus");
        assert_eq!(type_ident("3d"), "T3d");
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

//! Names that a person gave to what was pulled before.

use crate::catalog::Name;
use std::collections::HashMap;

/// Names of Rust for tables and types, and for what is in them.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// The name of a struct or enum, and those of its fields or variants by columns or labels.
    pub(super) of: HashMap<Name, (String, HashMap<String, String>)>,
    /// Names of whatever else the module holds.
    pub(super) others: Vec<String>,
}

impl Kept {
    /// Names that nothing new may have.
    pub(super) fn taken(&self) -> impl Iterator<Item = &str> {
        self.of.values().map(|(ident, _)| ident).chain(&self.others).map(String::as_str)
    }

    pub(super) fn ident(&self, name: &Name) -> Option<&str> {
        self.of.get(name).map(|(ident, _)| ident.as_str())
    }

    pub(super) fn part(&self, of: &Name, part: &str) -> Option<&str> {
        self.of.get(of)?.1.get(part).map(String::as_str)
    }
}

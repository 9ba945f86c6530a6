//! Constraints: keys, foreign keys and checks.

use super::TableName;

/// A primary key or a unique constraint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyMeta {
    /// The constraint's name.
    pub name: &'static str,
    /// The names of its columns, in order.
    pub columns: &'static [&'static str],
}

/// A foreign key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ForeignKeyMeta {
    /// The constraint's name.
    pub name: &'static str,
    /// The referring columns, in order.
    pub columns: &'static [&'static str],
    /// The table referred to. A name and not its metadata, so that tables may refer to each other in a circle.
    pub table: TableName,
    /// The columns referred to, in the order of `columns`.
    pub targets: &'static [&'static str],
    /// What happens to the referring row when its target is deleted.
    pub on_delete: Option<ActionMeta>,
    /// What happens to the referring row when its target's key changes.
    pub on_update: Option<ActionMeta>,
}

/// What a foreign key does when its target goes or changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActionMeta {
    /// `no action`: an error at the end of the statement (PostgreSQL's default).
    NoAction,
    /// `restrict`: an error at once.
    Restrict,
    /// `cascade`: the referring row goes or changes too.
    Cascade,
    /// `set null`
    SetNull,
    /// `set default`
    SetDefault,
}

/// A check constraint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckMeta {
    /// The constraint's name.
    pub name: &'static str,
    /// The SQL condition, as written.
    pub expression: &'static str,
}

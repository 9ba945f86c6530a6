//! Constraints: keys, foreign keys and checks.

use super::TableName;

/// A primary key or a unique constraint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyMeta {
    /// The constraint's name.
    pub name: &'static str,
    /// The names of its columns, in order.
    pub columns: &'static [&'static str],
    /// Columns that its index carries without being part of the key.
    pub include: &'static [&'static str],
    /// Whether one NULL equals another (PostgreSQL 15).
    pub nulls_not_distinct: bool,
    /// When it is checked.
    pub timing: TimingMeta,
}

impl KeyMeta {
    /// The key `name` of these columns and nothing else.
    pub const fn new(name: &'static str, columns: &'static [&'static str]) -> Self {
        KeyMeta { name, columns, include: &[], nulls_not_distinct: false, timing: TimingMeta::NotDeferrable }
    }
}

/// When a constraint is checked (CREATE TABLE, `DEFERRABLE`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimingMeta {
    /// With each statement, always.
    NotDeferrable,
    /// `deferrable`: with each statement, unless a transaction defers it.
    Deferrable,
    /// `deferrable initially deferred`: when the transaction commits.
    InitiallyDeferred,
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
    /// `match full`: all of its columns are NULL or none is.
    pub match_full: bool,
    /// When it is checked.
    pub timing: TimingMeta,
}

impl ForeignKeyMeta {
    /// No columns and no table, for the rest to be said of it.
    pub const EMPTY: Self = ForeignKeyMeta {
        name: "",
        columns: &[],
        table: TableName { schema: None, name: "" },
        targets: &[],
        on_delete: None,
        on_update: None,
        match_full: false,
        timing: TimingMeta::NotDeferrable,
    };
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
    /// Whether tables that inherit from this one do not have it.
    pub no_inherit: bool,
}

impl CheckMeta {
    /// The check `name` of a condition.
    pub const fn new(name: &'static str, expression: &'static str) -> Self {
        CheckMeta { name, expression, no_inherit: false }
    }
}

//! Constraints of a table.

use super::{Name, Nulls};
use serde::{Deserialize, Serialize};

/// A constraint of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Constraint {
    /// The primary key.
    PrimaryKey(PrimaryKey),
    /// A unique key.
    Unique(Unique),
    /// A foreign key.
    ForeignKey(ForeignKey),
    /// A check.
    Check(Check),
    /// An exclusion.
    Exclusion(Exclusion),
}

impl Constraint {
    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Constraint::PrimaryKey(key) => &key.name,
            Constraint::Unique(key) => &key.name,
            Constraint::ForeignKey(key) => &key.name,
            Constraint::Check(check) => &check.name,
            Constraint::Exclusion(exclusion) => &exclusion.name,
        }
    }
}

/// When a constraint is checked (CREATE TABLE, `DEFERRABLE`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timing {
    /// With each statement, always.
    #[default]
    NotDeferrable,
    /// With each statement, unless a transaction defers it.
    Immediate,
    /// When the transaction commits.
    Deferred,
}

/// A primary key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrimaryKey {
    /// Its name.
    pub name: String,
    /// Its columns.
    pub columns: Vec<String>,
    /// Columns that its index carries besides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include: Vec<String>,
    /// When it is checked.
    #[serde(default, skip_serializing_if = "is_default")]
    pub timing: Timing,
    /// What `comment on` says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// A unique key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unique {
    /// Its name.
    pub name: String,
    /// Its columns.
    pub columns: Vec<String>,
    /// Columns that its index carries besides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include: Vec<String>,
    /// Whether NULL equals NULL (PostgreSQL 15).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nulls_not_distinct: bool,
    /// When it is checked.
    #[serde(default, skip_serializing_if = "is_default")]
    pub timing: Timing,
    /// What `comment on` says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// A foreign key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForeignKey {
    /// Its name.
    pub name: String,
    /// Its columns.
    pub columns: Vec<String>,
    /// The table that it references.
    pub table: Name,
    /// The columns there, one for each of its own.
    pub targets: Vec<String>,
    /// What happens when the referenced row is deleted.
    #[serde(default, skip_serializing_if = "is_default")]
    pub on_delete: Action,
    /// What happens when the referenced key is updated.
    #[serde(default, skip_serializing_if = "is_default")]
    pub on_update: Action,
    /// How NULLs match.
    #[serde(default, rename = "match", skip_serializing_if = "is_default")]
    pub matching: Match,
    /// When it is checked.
    #[serde(default, skip_serializing_if = "is_default")]
    pub timing: Timing,
    /// Whether existing rows are known to satisfy it.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub validated: bool,
    /// What `comment on` says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// What a foreign key does when what it references changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// An error, at the end of the statement or transaction.
    #[default]
    NoAction,
    /// An error at once.
    Restrict,
    /// The same to the referencing rows.
    Cascade,
    /// NULL.
    SetNull,
    /// The columns' defaults.
    SetDefault,
}

/// How a composite foreign key takes NULL.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Match {
    /// One NULL is enough to reference nothing.
    #[default]
    Simple,
    /// All of its columns are NULL or none is.
    Full,
}

/// A check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// Its name.
    pub name: String,
    /// The condition, without parentheses around it.
    pub expression: String,
    /// Whether children do not inherit it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub no_inherit: bool,
    /// Whether existing rows are known to satisfy it.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub validated: bool,
    /// What `comment on` says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// An exclusion constraint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exclusion {
    /// Its name.
    pub name: String,
    /// Its index's method.
    pub method: String,
    /// What must not hold for two rows, all of them together.
    pub elements: Vec<ExclusionElement>,
    /// The rows it is about, if not all.
    #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
    pub predicate: Option<String>,
    /// When it is checked.
    #[serde(default, skip_serializing_if = "is_default")]
    pub timing: Timing,
    /// What `comment on` says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// One element of an exclusion: a key and the operator that compares it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExclusionElement {
    /// A column's name quoted as needed, or an expression in parentheses.
    pub key: String,
    /// Its operator class, if not the default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opclass: Option<String>,
    /// Where NULLs stand, `desc` before it: the words behind the key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nulls: Option<Nulls>,
    /// The operator.
    pub operator: String,
}

pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

fn yes() -> bool {
    true
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_yes(value: &bool) -> bool {
    *value
}

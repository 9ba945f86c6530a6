//! Who may do what: roles, grants and policies.

use super::{Kind, Name, ObjectName};
use serde::{Deserialize, Serialize};

/// A role that the schema declares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Its name.
    pub name: String,
    /// Whether it may connect.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub login: bool,
    /// Whether it has the rights of the roles it is in without asking for them.
    pub inherit: bool,
    /// Whether it may make databases.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub create_db: bool,
    /// Whether it may make roles.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub create_role: bool,
    /// Whether row security does not count for it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bypass_rls: bool,
    /// The roles that it is in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub member_of: Vec<String>,
}

/// A privilege that a role has on an object.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// What it is on.
    pub on: GrantTarget,
    /// `select`, `insert`, ..: one word of SQL in lower case.
    pub privilege: String,
    /// The columns that it is for, if not all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// Who has it; `public` is everyone.
    pub to: String,
    /// Whether he may pass it on.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub grantable: bool,
}

impl Grant {
    /// Whether the privilege goes with the object.
    pub(crate) fn goes_with(&self, name: &ObjectName) -> bool {
        let is = |own: &Name| name.schema == own.schema && name.name == own.name;
        match (&self.on, name.kind) {
            (GrantTarget::Schema(schema), Kind::Schema) => *schema == name.name,
            (GrantTarget::Table(table), Kind::Table | Kind::View) => is(table),
            (GrantTarget::Table(table), Kind::Column) => {
                name.schema == table.schema && name.table == table.name && self.columns.contains(&name.name)
            }
            (GrantTarget::Sequence(sequence), Kind::Sequence) => is(sequence),
            (GrantTarget::Type(ty), Kind::Enum | Kind::Domain | Kind::Composite) => is(ty),
            (GrantTarget::Routine(routine, arguments), Kind::Routine) => {
                name.schema == routine.schema && name.name == format!("{}({arguments})", routine.name)
            }
            _ => false,
        }
    }
}

/// What a privilege is on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GrantTarget {
    /// A schema.
    Schema(String),
    /// A table or a view.
    Table(Name),
    /// A sequence.
    Sequence(Name),
    /// A function or procedure, with the types of its arguments.
    Routine(Name, String),
    /// A type or a domain.
    Type(Name),
}

/// A policy of a table (PostgreSQL manual 5.9).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Its name.
    pub name: String,
    /// Whether it allows by itself, not only narrows what others allow.
    pub permissive: bool,
    /// What it is for.
    pub command: PolicyCommand,
    /// Whom it is for; `public` is everyone.
    pub to: Vec<String>,
    /// Which rows are seen, without parentheses around it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub using: Option<String>,
    /// Which rows may be written, without parentheses around it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with_check: Option<String>,
    /// What `comment on` says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// What a policy is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PolicyCommand {
    /// Everything.
    All,
    /// `select`.
    Select,
    /// `insert`.
    Insert,
    /// `update`.
    Update,
    /// `delete`.
    Delete,
}

//! Functions, procedures and triggers.

use super::Name;
use serde::{Deserialize, Serialize};

/// A function or a procedure: the statement that makes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Routine {
    /// Its name.
    pub name: Name,
    /// The types of its arguments, as `pg_get_function_identity_arguments` prints them.
    pub arguments: String,
    /// Whether it is a procedure.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub procedure: bool,
    /// `create or replace function ..`, without a semicolon.
    pub definition: String,
    /// What `comment on` says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// A trigger of a table: the statement that makes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trigger {
    /// Its name.
    pub name: String,
    /// `create trigger ..`, without a semicolon.
    pub definition: String,
    /// What `comment on` says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

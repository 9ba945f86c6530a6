//! A column.

use super::{Name, SequenceOptions};
use serde::{Deserialize, Serialize};

/// A column of a table.
///
/// ```
/// use orm_kit::catalog::Column;
///
/// let title = Column::new("title", "text");
/// assert!(!title.nullable);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type, as [`type_name`](super::type_name) spells it.
    #[serde(rename = "type")]
    pub ty: String,
    /// Whether it may be NULL.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nullable: bool,
    /// Its default, as SQL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// How it numbers itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<Identity>,
    /// How it is computed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generated: Option<Generated>,
    /// Its collation, if not that of its type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collation: Option<Name>,
    /// `plain`, `external`, `extended` or `main`, if not that of its type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub storage: Option<String>,
    /// `pglz` or `lz4`, if one is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compression: Option<String>,
    /// What `comment on` says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

impl Column {
    /// A column that is not NULL and has nothing but a name and a type.
    pub fn new(name: impl Into<String>, ty: impl Into<String>) -> Self {
        Column {
            name: name.into(),
            ty: ty.into(),
            nullable: false,
            default: None,
            identity: None,
            generated: None,
            collation: None,
            storage: None,
            compression: None,
            comment: None,
        }
    }
}

/// An identity column (PostgreSQL manual 5.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// `generated always`, not `by default`.
    pub always: bool,
    /// How its sequence counts.
    #[serde(default)]
    pub options: SequenceOptions,
}

/// A generated column (PostgreSQL manual 5.4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Generated {
    /// The expression, without parentheses around it.
    pub expression: String,
    /// `stored`, not `virtual` (PostgreSQL 18).
    pub stored: bool,
}

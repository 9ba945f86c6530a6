//! The qualified name of an object.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The name of an object in a schema; it prints unquoted, for messages.
///
/// ```
/// use orm_kit::catalog::Name;
///
/// assert_eq!(Name::new("app", "workers").to_string(), "app.workers");
/// assert_eq!(Name::new("public", "workers").to_string(), "workers");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// The schema (namespace) it is in.
    #[serde(default = "public", skip_serializing_if = "is_public")]
    pub schema: String,
    /// What it is called there.
    pub name: String,
}

impl Name {
    /// The name of `name` in `schema`.
    pub fn new(schema: impl Into<String>, name: impl Into<String>) -> Self {
        Name { schema: schema.into(), name: name.into() }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if is_public(&self.schema) {
            f.write_str(&self.name)
        } else {
            write!(f, "{}.{}", self.schema, self.name)
        }
    }
}

fn public() -> String {
    "public".to_owned()
}

fn is_public(schema: &str) -> bool {
    schema == "public"
}

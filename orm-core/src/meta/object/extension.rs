//! Extensions.

use crate::meta::ObjectMeta;

/// An extension; made by [`extension`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExtensionMeta {
    /// Its name.
    pub name: &'static str,
    /// The schema of its objects.
    pub schema: Option<&'static str>,
    /// Its version.
    pub version: Option<&'static str>,
}

/// The extension `name`, in the schema and version that the server takes by itself.
///
/// ```
/// use mizzle::object::{ExtensionMeta, extension};
///
/// const CITEXT: ExtensionMeta = extension("citext").schema("extensions");
/// assert_eq!(CITEXT.schema, Some("extensions"));
/// ```
pub const fn extension(name: &'static str) -> ExtensionMeta {
    ExtensionMeta { name, schema: None, version: None }
}

impl ExtensionMeta {
    /// Its objects are in this schema.
    pub const fn schema(mut self, schema: &'static str) -> Self {
        self.schema = Some(schema);
        self
    }

    /// It is of this version.
    pub const fn version(mut self, version: &'static str) -> Self {
        self.version = Some(version);
        self
    }

    #[doc(hidden)]
    pub const fn object(self) -> ObjectMeta {
        ObjectMeta::Extension(self)
    }
}

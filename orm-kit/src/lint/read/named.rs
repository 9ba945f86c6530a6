//! A name in a statement.

use crate::catalog::Name;
use crate::script::{Cursor, unquote};

/// A name as a statement writes it, and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    /// As it is written, with its schema if that is.
    pub(crate) written: String,
    /// The schema, if it is written.
    pub(crate) schema: Option<String>,
    /// The last part, unquoted.
    pub(crate) name: String,
}

impl Named {
    /// The name that comes next.
    pub(crate) fn read(cursor: &mut Cursor<'_>) -> Option<Self> {
        let parts = cursor.parts()?;
        let (last, before) = parts.split_last()?;
        Some(Named {
            written: parts.join("."),
            schema: before.last().map(|schema| unquote(schema)),
            name: unquote(last),
        })
    }

    /// The names that come next, with commas between them.
    pub(crate) fn list(cursor: &mut Cursor<'_>) -> Vec<Self> {
        let mut names = Vec::new();
        while let Some(name) = Named::read(cursor) {
            names.push(name);
            if !cursor.comma() {
                break;
            }
        }
        names
    }

    /// With its schema, which is `public` if none is written: what a catalog calls it.
    pub(crate) fn full(&self) -> Name {
        Name::new(self.schema.as_deref().unwrap_or("public"), self.name.as_str())
    }

    /// Another name in the same schema, as a statement would write it.
    pub(crate) fn beside(&self, name: &str) -> String {
        let mut cursor = Cursor::new(&self.written);
        match cursor.parts().unwrap_or_default().as_slice() {
            [.., schema, _] => format!("{schema}.{name}"),
            _ => name.to_owned(),
        }
    }
}

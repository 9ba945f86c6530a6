//! What a database holds behind a migration, and what the migration follows.

use crate::catalog::Catalog;
use crate::error::Error;
use serde::{Deserialize, Serialize};

/// The version of the format that this kit writes, and the newest that it reads.
pub const SNAPSHOT_VERSION: u32 = 1;

/// A `snapshot.json`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// The migrations that it follows.
    pub parents: Vec<String>,
    /// What the database holds behind it.
    pub catalog: Catalog,
}

/// What every version has: enough to know which one it is, and to put migrations in order.
#[derive(Deserialize)]
struct Head {
    version: u32,
    parents: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    parents: Vec<String>,
    catalog: Catalog,
}

impl Snapshot {
    /// Reads the text of a `snapshot.json`.
    ///
    /// # Errors
    /// If it is not as this version of the kit writes it, or a newer one wrote it.
    pub fn parse(text: &str) -> Result<Self, Error> {
        parents(text)?;
        let File { version: _, parents, catalog } = serde_json::from_str(text).map_err(unread)?;
        Ok(Snapshot { parents, catalog })
    }

    /// The text of a `snapshot.json`.
    ///
    /// ```
    /// use orm_kit::migration::Snapshot;
    ///
    /// let snapshot = Snapshot { parents: vec!["20261101120000_init".to_owned()], ..Snapshot::default() };
    /// assert_eq!(Snapshot::parse(&snapshot.to_json()?)?, snapshot);
    /// # Ok::<(), orm_kit::Error>(())
    /// ```
    ///
    /// # Errors
    /// If the catalog cannot be written as JSON.
    pub fn to_json(&self) -> Result<String, Error> {
        let Snapshot { parents, catalog } = self.clone();
        let json = serde_json::to_string_pretty(&File { version: SNAPSHOT_VERSION, parents, catalog });
        Ok(json.map_err(|error| Error::new("the snapshot cannot be written").caused_by(error))? + "\n")
    }
}

/// The parents that a `snapshot.json` names.
pub(super) fn parents(text: &str) -> Result<Vec<String>, Error> {
    let Head { version, parents } = serde_json::from_str(text).map_err(unread)?;
    if version > SNAPSHOT_VERSION {
        return Err(Error::new(format!(
            "a newer mizzle wrote version {version} of the format, and this one reads up to {SNAPSHOT_VERSION}; update it"
        )));
    }
    Ok(parents)
}

fn unread(error: serde_json::Error) -> Error {
    let line = error.line();
    Error::new("found something that is no snapshot; restore the file").at_line(line).caused_by(error)
}

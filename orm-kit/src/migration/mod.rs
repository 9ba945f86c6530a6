//! Migrations as folders: what is in one, which follows which, and how a new one is written.
//!
//! A folder `migrations/20261101120000_add_workers/` holds `migration.sql`, the script that is run; `down.sql`, the way
//! back, or one line `-- mizzle: irreversible: <why>`; and `snapshot.json`, what the database holds behind it and which
//! migrations it follows. The folder's name is the migration's.
//!
//! A program that migrates by itself has them inside: [`build::embed`](crate::build::embed) in its build script, and
//! [`embedded!`](crate::embedded) where they are used. A build script and no macro, because only it can tell cargo
//! that a new folder is there: a macro would leave the program with the migrations of its last build.

mod folder;
mod graph;
mod name;
mod snapshot;
mod squash;
mod write;

pub use folder::read_all;
pub use snapshot::{SNAPSHOT_VERSION, Snapshot};
pub use squash::{Squash, Unsaid, Way};
pub use write::{Back, New, write};

use crate::error::Error;
use crate::script::Script;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// A migration, as its folder holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migration {
    name: String,
    folder: String,
    sql: String,
    down: Option<String>,
    parents: Vec<String>,
    snapshot: Option<String>,
}

impl Migration {
    /// A migration of its parts, without a snapshot: what [`embedded!`](crate::embedded) makes.
    ///
    /// ```
    /// use orm_kit::migration::Migration;
    ///
    /// let init = Migration::new("20261101120000_init", "create table notes ()", None, &[]);
    /// assert_eq!(init.file(), "20261101120000_init/migration.sql");
    /// ```
    pub fn new(name: &str, sql: &str, down: Option<&str>, parents: &[&str]) -> Self {
        Migration {
            name: name.to_owned(),
            folder: name.to_owned(),
            sql: sql.to_owned(),
            down: down.map(str::to_owned),
            parents: parents.iter().map(|parent| (*parent).to_owned()).collect(),
            snapshot: None,
        }
    }

    /// The name of its folder.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The migrations that it follows; none for the first one, several where branches were merged.
    pub fn parents(&self) -> &[String] {
        &self.parents
    }

    /// The text of `migration.sql`.
    pub fn sql(&self) -> &str {
        &self.sql
    }

    /// The text of `down.sql`, if there is one.
    pub fn down(&self) -> Option<&str> {
        self.down.as_deref()
    }

    /// What errors call `migration.sql`.
    pub fn file(&self) -> String {
        format!("{}/migration.sql", self.folder)
    }

    /// What errors call `down.sql`.
    pub fn down_file(&self) -> String {
        format!("{}/down.sql", self.folder)
    }

    /// SHA-256 of `migration.sql`, the same for both sorts of line ends.
    ///
    /// ```
    /// # use orm_kit::migration::Migration;
    /// let lf = Migration::new("20261101120000_init", "select 1;\n", None, &[]);
    /// let crlf = Migration::new("20261101120000_init", "select 1;\r\n", None, &[]);
    /// assert_eq!(lf.checksum(), crlf.checksum());
    /// ```
    pub fn checksum(&self) -> String {
        checksum(&self.sql)
    }

    /// What `migration.sql` says.
    ///
    /// # Errors
    /// As [`Script::parse`], with the file's name.
    pub fn script(&self) -> Result<Script, Error> {
        Script::parse(&self.sql).map_err(|error| error.in_file(self.file()))
    }

    /// The migrations that it stands for, in order; none for most.
    ///
    /// # Errors
    /// As [`Migration::script`].
    pub fn replaces(&self) -> Result<Vec<String>, Error> {
        // Few do, and scripts may be long.
        if self.sql.contains("replaces") { Ok(self.script()?.replaces) } else { Ok(Vec::new()) }
    }

    /// What `down.sql` says.
    ///
    /// # Errors
    /// As [`Script::parse`], and if there is no such file or it says that there is no way back.
    pub fn down_script(&self) -> Result<Script, Error> {
        let fail = |message: String| Err(Error::new(message).in_file(self.down_file()));
        let Some(down) = &self.down else {
            return fail(
                "there is no such file, so nothing says how to take the migration back; write it".to_owned(),
            );
        };
        let script = Script::parse(down).map_err(|error| error.in_file(self.down_file()))?;
        match &script.irreversible {
            Some(reason) => {
                fail(format!("the migration cannot be taken back: {reason}; write a new one instead"))
            }
            None => Ok(script),
        }
    }

    /// What the database holds behind it, as its `snapshot.json` says; nothing for one that is embedded.
    ///
    /// # Errors
    /// If the file is not as this version of the kit writes it.
    pub fn snapshot(&self) -> Result<Option<Snapshot>, Error> {
        let parse =
            |text: &String| Snapshot::parse(text).map_err(|error| error.in_file(self.snapshot_file()));
        self.snapshot.as_ref().map(parse).transpose()
    }

    fn snapshot_file(&self) -> String {
        format!("{}/snapshot.json", self.folder)
    }
}

/// SHA-256 in hexadecimal, with every CRLF as LF.
pub(crate) fn checksum(text: &str) -> String {
    let mut hexadecimal = String::new();
    for byte in Sha256::digest(text.replace("\r\n", "\n")) {
        // Writing to a `String` does not fail.
        let _ = write!(hexadecimal, "{byte:02x}");
    }
    hexadecimal
}

/// Migrations in an order in which they can run: each behind those that it follows, else by name.
///
/// ```
/// use orm_kit::migration::{Migration, Migrations};
///
/// let migrations = Migrations::new(vec![
///     Migration::new("20261102080000_body", "alter table notes add body text", None, &["20261101120000_init"]),
///     Migration::new("20261101120000_init", "create table notes ()", None, &[]),
/// ])?;
/// let names: Vec<_> = migrations.iter().map(Migration::name).collect();
/// assert_eq!(names, ["20261101120000_init", "20261102080000_body"]);
/// assert_eq!(migrations.head()?.map(Migration::name), Some("20261102080000_body"));
/// # Ok::<(), orm_kit::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Migrations {
    list: Vec<Migration>,
}

impl Migrations {
    /// Puts migrations in order.
    ///
    /// # Errors
    /// If two have one name, one follows a migration that is not there, or some follow each other in a circle.
    pub fn new(list: Vec<Migration>) -> Result<Self, Error> {
        Ok(Migrations { list: graph::order(list)? })
    }

    /// All of them.
    pub fn iter(&self) -> std::slice::Iter<'_, Migration> {
        self.list.iter()
    }

    /// The one of this name.
    pub fn get(&self, name: &str) -> Option<&Migration> {
        self.list.iter().find(|migration| migration.name == name)
    }

    /// Those that no other one follows.
    pub fn heads(&self) -> Vec<&Migration> {
        let followed =
            |migration: &&Migration| !self.list.iter().any(|other| other.parents.contains(&migration.name));
        self.list.iter().filter(followed).collect()
    }

    /// The one that no other one follows; nothing if there are none at all.
    ///
    /// # Errors
    /// If there are several: two branches have one each.
    pub fn head(&self) -> Result<Option<&Migration>, Error> {
        match *self.heads() {
            [] => Ok(None),
            [head] => Ok(Some(head)),
            ref heads => {
                let names: Vec<_> = heads.iter().map(|head| format!("`{}`", head.name)).collect();
                Err(Error::new(format!(
                    "{} migrations have none behind them: {}; join the branches by `mizzle merge`",
                    heads.len(),
                    names.join(", ")
                )))
            }
        }
    }

    /// The migrations that must have run for this one: its parents, theirs and so on, in order, without itself.
    pub(crate) fn ancestors(&self, name: &str) -> Vec<&Migration> {
        let mut wanted: Vec<&str> = vec![name];
        let mut found = Vec::new();
        // Parents come before their children, so that one pass from the end finds them all.
        for migration in self.list.iter().rev() {
            if wanted.contains(&migration.name.as_str()) {
                wanted.extend(migration.parents.iter().map(String::as_str));
                found.push(migration);
            }
        }
        found.retain(|migration| migration.name != name);
        found.reverse();
        found
    }
}

impl<'a> IntoIterator for &'a Migrations {
    type Item = &'a Migration;
    type IntoIter = std::slice::Iter<'a, Migration>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// The migrations that [`build::embed`](crate::build::embed) put into the program.
///
/// ```ignore
/// let migrations = orm_kit::embedded!()?;
/// ```
#[macro_export]
macro_rules! embedded {
    () => {
        $crate::migration::from_parts(include!(concat!(env!("OUT_DIR"), "/mizzle_migrations.rs")))
    };
}

/// What a build script writes of a migration: name, `migration.sql`, `down.sql`, parents.
#[doc(hidden)]
pub type Parts<'a> = (&'a str, &'a str, Option<&'a str>, &'a [&'a str]);

#[doc(hidden)]
pub fn from_parts(parts: &[Parts<'_>]) -> Result<Migrations, Error> {
    Migrations::new(
        parts.iter().map(|(name, sql, down, parents)| Migration::new(name, sql, *down, parents)).collect(),
    )
}

#[cfg(test)]
mod tests;

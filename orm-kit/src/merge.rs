//! Joining the branches of a history: what they do together, if they get along.

use crate::catalog::Catalog;
use crate::change::Change;
use crate::describe::Described;
use crate::diff::{Clash, Flat, merge};
use crate::error::Error;
use crate::migration::{Back, Migration, Migrations, New, Snapshot, write};
use crate::plan::Plan;
use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};

/// The branches of a history, joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    /// The last migration of each branch.
    pub heads: Vec<String>,
    /// What a database holds that has all of them.
    pub catalog: Catalog,
    /// Where the order in which the branches run would matter; then there is nothing to be joined.
    pub conflicts: Vec<Conflict>,
}

/// Two migrations of different branches that do not get along. Its `Display` is a line for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// What a migration of one branch does.
    pub one: Side,
    /// What one of another does.
    pub other: Side,
}

/// What a migration does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// Its name.
    pub migration: String,
    /// What it does.
    pub change: Change,
}

impl Merge {
    /// Compares the branches of these migrations, each with the last that it has in common with the others.
    ///
    /// # Errors
    /// If a snapshot is missing or cannot be read.
    pub fn new(migrations: &Migrations) -> Result<Self, Error> {
        let heads: Vec<&str> = migrations.heads().into_iter().map(Migration::name).collect();
        Merge::of(migrations, &heads)
    }

    fn of(migrations: &Migrations, heads: &[&str]) -> Result<Self, Error> {
        let mut conflicts = Vec::new();
        let mut merged: BTreeSet<&str> = BTreeSet::new();
        let mut catalog = Catalog::default();
        for head in heads {
            let theirs = with_ancestors(migrations, head);
            let common: BTreeSet<&str> = merged.intersection(&theirs).copied().collect();
            if merged.is_empty() {
                catalog = snapshot(migrations, head)?;
            } else {
                // Branches that were joined twice already have several last common migrations.
                let nearest: Vec<&str> = common
                    .iter()
                    .copied()
                    .filter(|name| {
                        !common
                            .iter()
                            .any(|other| other != name && with_ancestors(migrations, other).contains(name))
                    })
                    .collect();
                let base = Merge::of(migrations, &nearest)?.catalog;
                let clashes;
                (catalog, clashes) = merge(&base, &catalog, &snapshot(migrations, head)?);
                for Clash { one, other } in clashes {
                    conflicts.push(Conflict {
                        one: side(migrations, &merged, &common, one)?,
                        other: side(migrations, &theirs, &common, other)?,
                    });
                }
            }
            merged.extend(theirs);
        }
        Ok(Merge { heads: heads.iter().map(ToString::to_string).collect(), catalog, conflicts })
    }

    /// Writes the migration that follows all branches, and has nothing to do itself.
    ///
    /// # Errors
    /// If there are conflicts, or the file system refuses.
    pub fn write(&self, folder: &Path, name: &str) -> Result<PathBuf, Error> {
        let Merge { heads, catalog, conflicts } = self;
        if let Some(conflict) = conflicts.first() {
            return Err(Error::new(format!("the branches do not get along: {conflict}")));
        }
        let snapshot = Snapshot { parents: heads.clone(), catalog: catalog.clone() };
        let head = format!("-- It joins {}; there is nothing to do.\n", heads.join(", "));
        let nothing = Plan::default();
        let down = Back::By(&nothing);
        write(folder, &New { name, head: &head, plan: &nothing, contract: false, down, snapshot: &snapshot })
    }
}

/// A migration and all that it follows.
fn with_ancestors<'a>(migrations: &'a Migrations, name: &'a str) -> BTreeSet<&'a str> {
    migrations.ancestors(name).into_iter().map(Migration::name).chain([name]).collect()
}

fn snapshot(migrations: &Migrations, name: &str) -> Result<Catalog, Error> {
    let snapshot = migrations.get(name).map(Migration::snapshot).transpose()?.flatten();
    let missing = || Error::new(format!("migration `{name}` has no snapshot"));
    snapshot.map(|snapshot| snapshot.catalog).ok_or_else(missing)
}

/// The last migration of a branch that changed what the branch has changed; its last one for what was made anew.
fn side(
    migrations: &Migrations,
    branch: &BTreeSet<&str>,
    common: &BTreeSet<&str>,
    change: Change,
) -> Result<Side, Error> {
    let object = change.object_name();
    let (mut changed, mut last) = (None, "");
    for migration in migrations {
        let name = migration.name();
        if !branch.contains(name) || common.contains(name) {
            continue;
        }
        last = name;
        let before = match migration.parents().first() {
            Some(parent) => snapshot(migrations, parent)?,
            None => Catalog::default(),
        };
        let after = snapshot(migrations, name)?;
        if Flat::of(&before).get(&object) != Flat::of(&after).get(&object) {
            changed = Some(name);
        }
    }
    Ok(Side { migration: changed.unwrap_or(last).to_owned(), change })
}

impl Side {
    /// What it does, as a line for a person.
    pub(crate) fn change_words(&self) -> String {
        Described(&self.change).to_string()
    }
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Conflict { one, other } = self;
        write!(f, "{one} and {other}")
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.change_words(), self.migration)
    }
}

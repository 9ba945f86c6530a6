//! The first migrations as one: for an empty database, while those that have them go on.

use super::folder::show;
use super::write::write_as;
use super::{Back, Migration, Migrations, New, Snapshot, name};
use crate::catalog::Catalog;
use crate::ddl;
use crate::error::Error;
use crate::plan::{Mode, Plan, Segment, Statement};
use crate::script::{Kind, Script, is_declarative, render};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The first migrations, to be made one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Squash {
    /// Those that it stands for, in order.
    pub replaces: Vec<String>,
    /// Their statements that no snapshot knows of, such as rows that they insert.
    pub unsaid: Vec<Unsaid>,
    migrations: Vec<Migration>,
    followers: Vec<Migration>,
    catalog: Catalog,
}

/// A statement that no snapshot knows of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsaid {
    /// The file.
    pub file: String,
    /// The line in it, counted from one.
    pub line: usize,
    /// The statement.
    pub sql: String,
}

/// What the one migration says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// What the last snapshot holds, made at once.
    Snapshot,
    /// Every statement of all of them.
    Statements,
}

impl Squash {
    /// Takes all migrations up to `to`, the last one unless it is named.
    ///
    /// # Errors
    /// If there are fewer than two, one behind them follows one in their midst, or they end between a migration and its
    /// contract.
    pub fn new(migrations: &Migrations, to: Option<&str>) -> Result<Self, Error> {
        let last = match to {
            None => migrations.head()?,
            Some(name) => Some(migrations.get(name).ok_or_else(|| {
                Error::new(format!("there is no migration `{name}`; `mizzle status` lists them"))
            })?),
        };
        let Some(last) = last else { return Err(Error::new("there are no migrations")) };
        let mut taken: Vec<&Migration> = migrations.ancestors(last.name());
        taken.push(last);
        if taken.len() < 2 {
            return Err(Error::new(format!("migration `{}` is the only one up to there", last.name())));
        }
        let names: BTreeSet<&str> = taken.iter().map(|migration| migration.name()).collect();
        let mut followers = Vec::new();
        for migration in migrations.iter().filter(|migration| !names.contains(migration.name())) {
            let parents = || migration.parents().iter().filter(|name| names.contains(name.as_str()));
            if parents().next().is_none() {
                continue;
            }
            if let Some(parent) = parents().find(|parent| *parent != last.name()) {
                return Err(Error::new(format!(
                    "migration `{}` follows `{parent}`, which would be gone; squash up to a migration that all others \
                     follow",
                    migration.name()
                )));
            }
            if migration.script()?.contract {
                return Err(Error::new(format!(
                    "migration `{}` is the contract of `{}`; squash up to it, or up to what comes before both",
                    migration.name(),
                    last.name()
                )));
            }
            followers.push(migration.clone());
        }
        let snapshot = last
            .snapshot()?
            .ok_or_else(|| Error::new(format!("migration `{}` has no snapshot", last.name())))?;
        let mut unsaid = Vec::new();
        let mut replaces: Vec<String> = Vec::new();
        for migration in &taken {
            let script = migration.script()?;
            for statement in script.statements().filter(|statement| !is_declarative(&statement.sql)) {
                let (line, sql) = (statement.line, statement.sql.clone());
                unsaid.push(Unsaid { file: migration.file(), line, sql });
            }
            replaces.extend(script.replaces);
            replaces.push(migration.name().to_owned());
        }
        Ok(Squash {
            replaces,
            unsaid,
            migrations: taken.into_iter().cloned().collect(),
            followers,
            catalog: snapshot.catalog,
        })
    }

    /// The text of the one migration.
    ///
    /// # Errors
    /// If the scripts cannot stand in one.
    pub fn script(&self, way: Way) -> Result<String, Error> {
        let (head, plan) = self.parts(way)?;
        Ok(head + &render(&plan, false))
    }

    /// Writes the one migration, has those behind it follow it, and removes the others.
    ///
    /// # Errors
    /// If the file system refuses, or the scripts cannot stand in one.
    pub fn write(&self, folder: &Path, name: &str, way: Way) -> Result<PathBuf, Error> {
        let last = self.replaces.last().map(String::as_str).unwrap_or_default();
        let name = format!("{}_{}", last.get(..name::STAMP).unwrap_or_default(), name::slug(name));
        let (head, plan) = self.parts(way)?;
        let snapshot = Snapshot { parents: Vec::new(), catalog: self.catalog.clone() };
        let down = Back::Irreversible("it stands for several migrations, whose ways back are gone");
        let new = New { name: &name, head: &head, plan: &plan, contract: false, down, snapshot: &snapshot };
        let written = write_as(folder, &name, &new)?;
        for follower in &self.followers {
            self.follow(folder, follower, last, &name)?;
        }
        for migration in self.migrations.iter().rev() {
            let path = folder.join(migration.name());
            fs::remove_dir_all(&path).map_err(|error| {
                Error::new("the migration cannot be removed").in_file(show(&path)).caused_by(error)
            })?;
        }
        Ok(written)
    }

    /// What the script begins with, and what else it does.
    fn parts(&self, way: Way) -> Result<(String, Plan), Error> {
        let lines = self.replaces.iter().map(|name| format!("-- mizzle: replaces {name}\n"));
        let head: String = lines.collect();
        Ok(match way {
            Way::Snapshot => (head + "\n", self.plan()),
            Way::Statements => (head + &self.statements()?, Plan::default()),
        })
    }

    /// What makes the last snapshot in an empty database.
    fn plan(&self) -> Plan {
        let mut sql = ddl::create_all(&self.catalog);
        if !self.catalog.routines.is_empty() {
            // A body may name a table that comes later.
            sql.insert(0, "set local check_function_bodies to off".to_owned());
        }
        let statements = sql.into_iter().map(|sql| Statement { comment: String::new(), sql }).collect();
        Plan { segments: vec![Segment { mode: Mode::Transaction, statements }], hazards: Vec::new() }
    }

    /// All scripts, one behind the other.
    fn statements(&self) -> Result<String, Error> {
        let mut text = String::new();
        let mut expected = 0;
        for migration in &self.migrations {
            let script = migration.script()?;
            if let Some(set) = script.statements().find(|statement| statement.kind() == Kind::Session) {
                return Err(Error::new(
                    "it holds to the end of the script, for the migrations behind it too; write `set local`",
                )
                .at_line(set.line)
                .of_statement(&set.sql)
                .in_file(migration.file()));
            }
            expected += script.statements().count();
            // What says something of the whole script says nothing of a part.
            let lines = migration.sql().lines().filter(|line| {
                let words = line.trim_start_matches(['-', ' ']);
                !["mizzle: contract", "mizzle: replaces"].iter().any(|head| words.starts_with(head))
            });
            text += &format!("\n-- {}\n-- mizzle: transaction\n", migration.name());
            lines.for_each(|line| text = std::mem::take(&mut text) + line + "\n");
            if !text.trim_end().ends_with(';') {
                text += ";\n";
            }
        }
        let found = Script::parse(&text)?.statements().count();
        if found == expected {
            return Ok(text);
        }
        Err(Error::new(format!(
            "the scripts cannot be put together: {found} statements instead of {expected}; end each by `;`"
        )))
    }

    /// Has a migration follow the new one instead of the last of the old.
    fn follow(&self, folder: &Path, follower: &Migration, last: &str, name: &str) -> Result<(), Error> {
        let Some(mut snapshot) = follower.snapshot()? else { return Ok(()) };
        for parent in snapshot.parents.iter_mut().filter(|parent| *parent == last) {
            name.clone_into(parent);
        }
        let path = folder.join(follower.name()).join("snapshot.json");
        fs::write(&path, snapshot.to_json()?).map_err(|error| {
            Error::new("the snapshot cannot be written").in_file(show(&path)).caused_by(error)
        })
    }
}

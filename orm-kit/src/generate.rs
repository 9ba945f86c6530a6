//! The next migration: from the last snapshot to a schema.

use crate::catalog::{Catalog, Kind, ObjectName};
use crate::change::Change;
use crate::diff::{Candidate, Rename, candidates, diff};
use crate::error::Error;
use crate::migration::{Back, Migrations, New, Snapshot, write};
use crate::plan::{Hazard, HazardKind, Plan};
use crate::planner::{self, Down, Planned};
use std::path::{Path, PathBuf};

/// What differs between the last snapshot and a schema, and what to do about it.
#[derive(Debug, Clone)]
pub struct Generation {
    /// The migrations it follows; none for the first.
    pub parents: Vec<String>,
    /// The schema.
    pub to: Catalog,
    /// What differs, in the order in which it is done.
    pub changes: Vec<Change>,
    /// What may be a rename and is taken for a drop and a create.
    pub questions: Vec<Candidate>,
    /// What is done.
    pub planned: Planned,
}

impl Generation {
    /// Compares `to` with the snapshot of the last migration.
    ///
    /// # Errors
    /// If several migrations are the last, or the last has no snapshot that can be read.
    pub fn new(
        migrations: &Migrations,
        to: &Catalog,
        renames: &[Rename],
        options: &planner::Options,
    ) -> Result<Self, Error> {
        let head = migrations.head()?;
        let snapshot = head.map(|head| head.snapshot()).transpose()?.flatten();
        let from = snapshot.map(|snapshot| snapshot.catalog).unwrap_or_default();
        let changes = diff(&from, to, renames);
        Ok(Generation {
            parents: head.iter().map(|head| head.name().to_owned()).collect(),
            to: to.clone(),
            questions: candidates(&from, to, renames),
            planned: planner::plan(&from, to, &changes, options),
            changes,
        })
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// What a person must agree to first, if only these kinds are allowed.
    pub fn refused(&self, allowed: &[HazardKind]) -> Vec<&Hazard> {
        let contract = self.planned.contract.iter().flat_map(|plan| &plan.hazards);
        self.planned
            .expand
            .hazards
            .iter()
            .chain(contract)
            .filter(|hazard| !allowed.contains(&hazard.kind))
            .collect()
    }

    /// Writes the migration, and behind it the contract if there is one; their folders.
    ///
    /// # Errors
    /// If the file system refuses.
    pub fn write(&self, folder: &Path, name: Option<&str>) -> Result<Vec<PathBuf>, Error> {
        let Planned { expand, contract, down } = &self.planned;
        let title = name.map_or_else(|| title(&self.changes), str::to_owned);
        let mut snapshot = Snapshot { parents: self.parents.clone(), catalog: self.to.clone() };
        let mut written = Vec::new();
        if !expand.segments.is_empty() || contract.is_none() {
            let down = match down {
                Down::Plan(plan) => Back::By(plan),
                Down::Irreversible(reason) => Back::Irreversible(reason),
            };
            let new =
                New { name: &title, head: "", plan: expand, contract: false, down, snapshot: &snapshot };
            written.push(write(folder, &new)?);
        }
        if let Some(contract) = contract {
            if let Some(name) = written.last().and_then(|path| path.file_name()) {
                snapshot.parents = vec![name.to_string_lossy().into_owned()];
            }
            let name = format!("{title}_contract");
            let down = Back::Irreversible("what a contract takes away is gone");
            let new =
                New { name: &name, head: "", plan: contract, contract: true, down, snapshot: &snapshot };
            written.push(write(folder, &new)?);
        }
        Ok(written)
    }
}

/// What a person finds in a migration to fill in.
const CUSTOM: &str = "\
-- Write SQL here, each name with its schema. It runs in one transaction; a line of `mizzle: no transaction` like this
-- one, a comment, has the statements below it run by themselves.
";

/// Writes an empty migration behind the last, for a person to fill in: it changes nothing that the schema knows of.
///
/// # Errors
/// As [`Generation::new`] and [`Generation::write`].
pub fn custom(migrations: &Migrations, folder: &Path, name: &str) -> Result<PathBuf, Error> {
    let head = migrations.head()?;
    let snapshot = head.map(|head| head.snapshot()).transpose()?.flatten();
    let snapshot = Snapshot {
        parents: head.iter().map(|head| head.name().to_owned()).collect(),
        catalog: snapshot.map(|snapshot| snapshot.catalog).unwrap_or_default(),
    };
    let down = Back::Irreversible("nobody has written the way back yet");
    write(
        folder,
        &New { name, head: CUSTOM, plan: &Plan::default(), contract: false, down, snapshot: &snapshot },
    )
}

/// What the first changes do, in a few words: `create_workers_and_2_more`.
fn title(changes: &[Change]) -> String {
    // Parts of other objects name a migration only if there is nothing else.
    let rank = |change: &&Change| match change.object_name().kind {
        Kind::Table => 0,
        Kind::Column => 1,
        Kind::Enum | Kind::Domain | Kind::Composite | Kind::View | Kind::Routine | Kind::Sequence => 2,
        _ => 3,
    };
    let Some(first) = changes.iter().min_by_key(rank) else { return "nothing".to_owned() };
    let ObjectName { kind: _, schema: _, table, name } = first.object_name();
    let verb = match first {
        Change::Create(_) if table.is_empty() => "create",
        Change::Create(_) => "add",
        Change::Drop(_) => "drop",
        Change::Alter { .. } => "alter",
        Change::Rename { .. } => "rename",
    };
    let others = changes.iter().filter(|change| rank(change) <= rank(&first)).count().saturating_sub(1);
    // An index is mostly called after its table.
    let of = if table.is_empty() || name.starts_with(&table) { String::new() } else { format!("{table}_") };
    match others {
        0 => format!("{verb}_{of}{name}"),
        more => format!("{verb}_{of}{name}_and_{more}_more"),
    }
}

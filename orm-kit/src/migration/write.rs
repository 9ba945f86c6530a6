//! A new migration's folder.

use super::folder::show;
use super::{Snapshot, name};
use crate::error::Error;
use crate::plan::Plan;
use crate::script::render;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A migration that is to be written.
#[derive(Debug, Clone)]
pub struct New<'a> {
    /// What it is for, in any words.
    pub name: &'a str,
    /// What the script begins with: lines of comments, or nothing.
    pub head: &'a str,
    /// What it does; nothing, for a file that a person fills in.
    pub plan: &'a Plan,
    /// It takes away what code of before it may still use.
    pub contract: bool,
    /// The way back.
    pub down: Back<'a>,
    /// What it follows, and what the database holds behind it.
    pub snapshot: &'a Snapshot,
}

/// The way back from a migration.
#[derive(Debug, Clone, Copy)]
pub enum Back<'a> {
    /// It does this.
    By(&'a Plan),
    /// There is none, and why.
    Irreversible(&'a str),
}

/// Writes a migration into this folder, under a name that no other one there has and that sorts behind all of them.
/// Either the whole folder is there in the end or nothing is; what is there already is never touched.
///
/// # Errors
/// If the file system refuses.
pub fn write(folder: impl AsRef<Path>, new: &New<'_>) -> Result<PathBuf, Error> {
    let (folder, slug) = (folder.as_ref(), name::slug(new.name));
    draft(folder, new, |draft| place(folder, draft, &slug))
}

/// Writes a migration as [`write`] does, under this very name.
pub(super) fn write_as(folder: &Path, name: &str, new: &New<'_>) -> Result<PathBuf, Error> {
    let path = folder.join(name);
    if path.exists() {
        return Err(Error::new("there is such a migration already; choose another name").in_file(show(&path)));
    }
    draft(folder, new, |draft| fs::rename(draft, &path).map(|()| path.clone()))
}

/// Writes the files beside the migrations, and puts them among these in one step.
fn draft(
    folder: &Path,
    new: &New<'_>,
    place: impl FnOnce(&Path) -> std::io::Result<PathBuf>,
) -> Result<PathBuf, Error> {
    let New { name, head, plan, contract, down, snapshot } = new;
    let down = match down {
        Back::By(plan) => render(plan, false),
        Back::Irreversible(reason) => {
            format!("-- mizzle: irreversible: {}\n", reason.split_whitespace().collect::<Vec<_>>().join(" "))
        }
    };
    let files = [
        ("migration.sql", (*head).to_owned() + &render(plan, *contract)),
        ("down.sql", down),
        ("snapshot.json", snapshot.to_json()?),
    ];
    let unwritten = |path: &Path, error| {
        Error::new("the migration cannot be written").in_file(show(path)).caused_by(error)
    };
    fs::create_dir_all(folder).map_err(|error| unwritten(folder, error))?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
    let draft = folder.join(format!(".{}_{now}_{}", process::id(), name::slug(name)));
    let written = fill(&draft, &files).and_then(|()| place(&draft));
    if written.is_err() {
        // The error that is reported is the one that led here.
        let _ = fs::remove_dir_all(&draft);
    }
    written.map_err(|error| unwritten(folder, error))
}

fn fill(draft: &Path, files: &[(&str, String)]) -> std::io::Result<()> {
    fs::create_dir(draft)?;
    for (name, text) in files {
        let mut file = File::create_new(draft.join(name))?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
    }
    Ok(())
}

/// Gives the draft its name. A rename replaces no folder that has files in it, so that of two writers with one idea of
/// the next name the second takes the one behind it.
fn place(folder: &Path, draft: &Path, slug: &str) -> std::io::Result<PathBuf> {
    let mut time = SystemTime::now();
    loop {
        let mut last = String::new();
        for entry in fs::read_dir(folder)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            last = last.max(if name::is_name(&name) { name } else { String::new() });
        }
        let stamp = name::stamp(time);
        let path = folder.join(format!("{stamp}_{slug}"));
        // A clock that is years behind the last migration must not keep us here; then the name is only a new one.
        let is_behind =
            last.get(..name::STAMP).is_none_or(|last| last < stamp.as_str()) || last_is_far(&last, &stamp);
        if is_behind && !path.exists() {
            match fs::rename(draft, &path) {
                Err(_) if path.exists() => {}
                renamed => return renamed.map(|()| path),
            }
        }
        time += Duration::from_secs(1);
    }
}

/// It is of another day.
fn last_is_far(last: &str, stamp: &str) -> bool {
    last.get(..8) > stamp.get(..8)
}

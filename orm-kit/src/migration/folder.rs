//! Migrations from a folder of folders.

use super::{Migration, Migrations, name, snapshot};
use crate::error::Error;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// Reads all migrations of a folder; none if there is no such folder. Files beside them, and folders whose names begin
/// with a dot, are left alone.
///
/// # Errors
/// If a file is missing, is not UTF-8 or cannot be read, a folder is not named as a migration is, or they cannot be put
/// in order; several heads are none yet, see [`Migrations::head`].
pub fn read_all(folder: impl AsRef<Path>) -> Result<Migrations, Error> {
    let folder = folder.as_ref();
    let unread =
        |error| Error::new("the folder of migrations cannot be read").in_file(show(folder)).caused_by(error);
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Migrations::default()),
        entries => entries.map_err(unread)?,
    };
    let mut list = Vec::new();
    for entry in entries {
        let path = entry.map_err(unread)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && !name.starts_with('.') {
            list.push(read(&path, name)?);
        }
    }
    Migrations::new(list)
}

fn read(folder: &Path, name: String) -> Result<Migration, Error> {
    if !name::is_name(&name) {
        return Err(Error::new(
            "found a folder that is not named as a migration is, `YYYYMMDDHHMMSS_name`; rename it, or move it elsewhere",
        )
        .in_file(show(folder)));
    }
    let file = |file: &str| text(&folder.join(file));
    let sql = file("migration.sql")?
        .map_err(|path| missing(path, "a migration without it is none: restore it, or remove the folder"))?;
    let snapshot = file("snapshot.json")?
        .map_err(|path| missing(path, "restore it, or let `mizzle generate --custom` make the folder"))?;
    let parents =
        snapshot::parents(&snapshot).map_err(|error| error.in_file(show(&folder.join("snapshot.json"))))?;
    let down = file("down.sql")?.ok();
    Ok(Migration { name, folder: show(folder), sql, down, parents, snapshot: Some(snapshot) })
}

fn missing(path: String, advice: &str) -> Error {
    Error::new("there is no such file").advise(advice).in_file(path)
}

/// The text of a file, or its path if there is none.
fn text(path: &Path) -> Result<Result<String, String>, Error> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Err(show(path))),
        Err(error) => return Err(Error::new("the file cannot be read").in_file(show(path)).caused_by(error)),
    };
    String::from_utf8(bytes).map(Ok).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = error.as_bytes().iter().take(valid).filter(|byte| **byte == b'\n').count() + 1;
        Error::new("found bytes that are no UTF-8; save the file as UTF-8").in_file(show(path)).at_line(line)
    })
}

/// A path as errors show it.
pub(super) fn show(path: &Path) -> String {
    path.display().to_string()
}

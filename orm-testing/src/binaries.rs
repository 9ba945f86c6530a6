//! The folder with PostgreSQL's programs.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use crate::error::{Kind, Result};

/// Where installations put a folder for each version: what comes before the version, and what after.
const PLACES: &[(&str, &str)] = &[
    ("/usr/lib/postgresql/", "bin"),
    ("/usr/pgsql-", "bin"),
    ("/usr/libexec/postgresql", ""),
    ("/opt/homebrew/opt/postgresql@", "bin"),
    ("/usr/local/opt/postgresql@", "bin"),
    ("/home/linuxbrew/.linuxbrew/opt/postgresql@", "bin"),
    ("/Applications/Postgres.app/Contents/Versions/", "bin"),
];

/// Finds the folder that holds `initdb` and `postgres`.
pub(crate) fn find() -> Result<PathBuf> {
    if let Some(folder) = env::var_os("MIZZLE_PG_BIN").filter(|folder| !folder.is_empty()) {
        let folder = PathBuf::from(folder);
        return if has_server(&folder) { Ok(folder) } else { Err(Kind::NoPrograms(folder).into()) };
    }
    let on_path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&on_path)
        .find(|folder| has_server(folder))
        .or_else(|| by_pg_config().filter(|folder| has_server(folder)))
        .or_else(|| installed().find(|folder| has_server(folder)))
        .ok_or_else(|| Kind::NoServer.into())
}

/// As [`find`], for a server of the test's own, which `DATABASE_URL` cannot stand in for.
pub(crate) fn find_installed() -> Result<PathBuf> {
    find().map_err(|error| if error.is_no_server() { Kind::NotInstalled.into() } else { error })
}

fn has_server(folder: &Path) -> bool {
    folder.is_absolute() && folder.join("initdb").is_file() && folder.join("postgres").is_file()
}

fn by_pg_config() -> Option<PathBuf> {
    let output = Command::new("pg_config").arg("--bindir").output().ok()?;
    Some(PathBuf::from(String::from_utf8(output.stdout).ok()?.trim_end()))
}

/// The folders of the places above that exist, the newest version of each place first.
fn installed() -> impl Iterator<Item = PathBuf> {
    PLACES.iter().flat_map(|(before, after)| {
        let (parent, stem) = before.rsplit_once('/').unwrap_or_default();
        let mut versions: Vec<(u32, PathBuf)> = fs::read_dir(format!("{parent}/"))
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| {
                let version = entry.file_name().to_str()?.strip_prefix(stem)?.parse().ok()?;
                Some((version, entry.path().join(after)))
            })
            .collect();
        versions.sort_by(|a, b| b.cmp(a));
        versions.into_iter().map(|(_, folder)| folder)
    })
}

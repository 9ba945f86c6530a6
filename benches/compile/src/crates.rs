//! Generating a crate.

use crate::table::Table;
use crate::{Result, by_hand, by_mizzle};
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Peer {
    ByHand,
    Mizzle,
}

impl Peer {
    pub const ALL: [Peer; 2] = [Peer::ByHand, Peer::Mizzle];

    pub fn name(self) -> &'static str {
        match self {
            Peer::ByHand => "by-hand",
            Peer::Mizzle => "mizzle",
        }
    }
}

/// Where crates are generated and built: the same in each run, so that dependencies are built once.
pub fn folder() -> Result<PathBuf> {
    let folder = std::env::temp_dir().join("mizzle-bench-compile");
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// The repository.
pub fn root() -> Result<PathBuf> {
    Ok(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?)
}

/// Writes the crate of so many tables; its folder.
pub fn generate(folder: &Path, peer: Peer, tables: usize) -> Result<PathBuf> {
    let tables = (0..tables).map(|number| Table { number });
    let mut statuses = String::new();
    let mut lib = String::from("pub mod status;\n");
    let mut files = Vec::new();
    for table in tables.clone() {
        if table.number.is_multiple_of(10) {
            statuses += &match peer {
                Peer::ByHand => by_hand::status(table.status()),
                Peer::Mizzle => by_mizzle::status(table.status()),
            };
        }
        let text = match peer {
            Peer::ByHand => by_hand::table(table),
            Peer::Mizzle => by_mizzle::table(table),
        };
        lib += &format!("pub mod table_{};\n", table.number);
        files.push((format!("src/table_{}.rs", table.number), text));
    }
    files.push(("src/lib.rs".to_owned(), lib));
    files.push(("src/status.rs".to_owned(), statuses));
    let dependencies = match peer {
        Peer::ByHand => by_hand::DEPENDENCIES,
        Peer::Mizzle => by_mizzle::DEPENDENCIES,
    };
    write(&folder.join(format!("{}-{}", peer.name(), tables.len())), dependencies, "", &files)
}

/// Writes a crate; its folder.
pub fn write(
    folder: &Path,
    dependencies: &str,
    profile: &str,
    files: &[(String, String)],
) -> Result<PathBuf> {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let root = root()?;
    let dependencies = dependencies.replace("{root}", &root.to_string_lossy());
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]{dependencies}\n{profile}"
    );
    fs::create_dir_all(folder.join("src"))?;
    fs::write(folder.join("Cargo.toml"), manifest)?;
    // The versions that the repository is tested with.
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    for (path, text) in files {
        fs::write(folder.join(path), text)?;
    }
    Ok(folder.to_owned())
}

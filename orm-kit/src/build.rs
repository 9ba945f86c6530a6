//! What a build script does to put migrations into its program.

use crate::error::Error;
use crate::migration::read_all;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

/// Makes the migrations of this folder, beside `Cargo.toml`, those of [`embedded!`](crate::embedded). It belongs into a
/// `build.rs`:
///
/// ```no_run
/// fn main() -> Result<(), orm_kit::Error> {
///     orm_kit::build::embed("migrations")
/// }
/// ```
///
/// and then, in the program:
///
/// ```ignore
/// Migrator::new(url).migrations(orm_kit::embedded!()?).run(&mut progress).await?;
/// ```
///
/// The program is built again when anything in the folder changes, new migrations too. Every script is read while it is
/// built, so that a mistake in one is an error of the build. The snapshots stay outside.
///
/// # Errors
/// As [`read_all`] and [`Script::parse`](crate::script::Script::parse), if there are several heads, and if this is no
/// build script.
pub fn embed(folder: &str) -> Result<(), Error> {
    let variable = |name: &str| {
        env::var(name).map_err(|_| Error::new(format!("there is no `{name}`; call this in a build script")))
    };
    let (root, out) = (variable("CARGO_MANIFEST_DIR")?, variable("OUT_DIR")?);
    println!("cargo::rerun-if-changed={folder}");
    let text = embedding(&Path::new(&root).join(folder))?;
    let path = Path::new(&out).join("mizzle_migrations.rs");
    fs::write(&path, text).map_err(|error| {
        Error::new("the file cannot be written").in_file(path.display().to_string()).caused_by(error)
    })
}

/// The expression that `embedded!` includes.
fn embedding(folder: &Path) -> Result<String, Error> {
    let migrations = read_all(folder)?;
    migrations.head()?;
    let mut text = "&[\n".to_owned();
    for migration in &migrations {
        migration.script()?;
        let name = migration.name();
        let file =
            |file: &str| format!("include_str!({:?})", folder.join(name).join(file).display().to_string());
        let down = migration.down().map_or("None".to_owned(), |_| format!("Some({})", file("down.sql")));
        // Writing to a `String` does not fail.
        let _ = writeln!(text, "({name:?}, {}, {down}, &{:?}),", file("migration.sql"), migration.parents());
    }
    Ok(text + "]\n")
}

#[cfg(test)]
mod tests {
    use super::embedding;
    use std::{env, fs, process};

    #[test]
    fn what_is_embedded_names_the_files() {
        let folder = env::temp_dir().join(format!("mizzle_{}_embed", process::id()));
        let migration = folder.join("20260101000000_it's \"a\"");
        fs::create_dir_all(&migration).unwrap();
        fs::write(migration.join("migration.sql"), "select 1").unwrap();
        fs::write(migration.join("snapshot.json"), r#"{"version": 1, "parents": [], "catalog": {}}"#)
            .unwrap();
        let text = embedding(&folder);
        fs::write(migration.join("migration.sql"), "select 1;\nvacuum").unwrap();
        let error = embedding(&folder);
        fs::remove_dir_all(&folder).unwrap();
        let path = migration.join("migration.sql");
        assert_eq!(
            text.unwrap(),
            format!(
                "&[\n(\"20260101000000_it's \\\"a\\\"\", include_str!({:?}), None, &[]),\n]\n",
                path.display().to_string()
            )
        );
        assert_eq!(error.unwrap_err().line(), Some(2));
    }
}

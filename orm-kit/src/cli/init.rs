//! `mizzle init`: a project that has a schema, a binary for it and a place for migrations.

use super::Kit;
use super::args::Init;
use super::output::{Outcome, Output};
use crate::config::Config;
use crate::error::Error;
use serde_json::json;
use std::fs;
use std::path::Path;

pub(super) fn init(kit: &Kit, args: &Init) -> Result<Outcome, Error> {
    let Kit { config, file, output, .. } = kit;
    let package = package()?;
    // A configuration that is there already says where things are.
    let Config { migrations, schema, bin, .. } = config;
    let bin = if file.exists() { bin } else { &args.bin };
    let library = Path::new("src/lib.rs");
    let has_module = fs::read_to_string(library).is_ok_and(|text| text.contains("mod schema;"));
    let mut written = vec![
        write(file, &configuration(bin), *output)?,
        write(schema, SCHEMA, *output)?,
        write(library, LIBRARY, *output)?,
        write(Path::new(&format!("src/bin/{bin}.rs")), &binary(&package.replace('-', "_")), *output)?,
    ];
    if !migrations.is_dir() {
        fs::create_dir_all(migrations).map_err(|error| {
            Error::new("the folder cannot be made").in_file(migrations.display().to_string()).caused_by(error)
        })?;
        let name = format!("{}/", migrations.display());
        output.line(format_args!("wrote {name}"));
        written.push(Some(name));
    }
    let has_library = written.iter().flatten().any(|name| Path::new(name) == library);
    output.note("\nnext:");
    if !has_library && !has_module {
        output.note(format_args!("  add `pub mod schema;` to {}", library.display()));
    }
    if Path::new("src/main.rs").exists() {
        output.note(format_args!(
            "  add `default-run = \"{package}\"` below [package] in Cargo.toml, so that `cargo run` still knows what to run"
        ));
    }
    output.note("  cargo add mizzle orm-kit");
    output.note(format_args!("  write tables into {}, and list them in its SCHEMA", schema.display()));
    output.note("  mizzle generate && mizzle migrate");
    output.json(&json!({ "status": "done", "written": written.iter().flatten().collect::<Vec<_>>() }));
    Ok(Outcome::Done)
}

/// The name of the package here.
fn package() -> Result<String, Error> {
    let failed = || {
        Error::new("there is no package here")
            .in_file("Cargo.toml")
            .advise("run `cargo init --lib` first, or go to the folder of the package")
    };
    let text = fs::read_to_string("Cargo.toml").map_err(|error| failed().caused_by(error))?;
    let manifest: toml::Table = toml::from_str(&text).map_err(|error| failed().caused_by(error))?;
    let name = manifest.get("package").and_then(|package| package.get("name")).and_then(toml::Value::as_str);
    name.map(str::to_owned).ok_or_else(failed)
}

/// Writes a file that is not there yet; its name, if it was written.
fn write(file: &Path, text: &str, output: Output) -> Result<Option<String>, Error> {
    let name = file.display().to_string();
    if file.exists() {
        output.line(format_args!("{name} is there already"));
        return Ok(None);
    }
    let failed = |error| Error::new("the file cannot be written").in_file(name.clone()).caused_by(error);
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    fs::write(file, text).map_err(failed)?;
    output.line(format_args!("wrote {name}"));
    Ok(Some(name))
}

fn configuration(bin: &str) -> String {
    format!(
        "\
# What the kit needs to know; every line may be left out.
migrations = \"migrations\"
# The binary with the compiled schema.
bin = \"{bin}\"
# The database, unless DATABASE_URL names one.
# url = \"postgres://localhost/app\"
"
    )
}

fn binary(package: &str) -> String {
    format!(
        "\
//! Migrations of this project: `mizzle` runs it with the compiled schema.

use std::process::ExitCode;

fn main() -> ExitCode {{
    orm_kit::main({package}::schema::SCHEMA)
}}
"
    )
}

const LIBRARY: &str = "\
//! The library of this project.

pub mod schema;
";

const SCHEMA: &str = "\
//! The tables of this project.

use mizzle::prelude::*;

/// Everything that the database holds.
pub const SCHEMA: Schema = schema![];
";

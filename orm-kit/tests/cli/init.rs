//! `init`, and how the command finds the binary that it makes.

use crate::run::Project;
use std::process::Command;
use std::{env, fs};

const MANIFEST: &str = "[package]\nname = \"orm-kit-cli\"\nedition = \"2024\"\n";

/// The folder `made` is compiled as a library and a binary of this package.
#[test]
fn what_is_made_compiles() {
    let mut project = Project::new();
    project.without_schema().write("Cargo.toml", MANIFEST);
    let ran = project.run(&["init", "--bin", "made"]).code(0);
    let files = ["mizzle.toml", "src/schema.rs", "src/lib.rs", "src/bin/made.rs"];
    let wrote: String = files.iter().map(|file| format!("wrote {file}\n")).collect();
    assert_eq!(ran.out, wrote + "wrote migrations/\n");
    assert_eq!(
        ran.err,
        "\nnext:\n  cargo add mizzle orm-kit\n  write tables into src/schema.rs, and list them in its SCHEMA\n  \
         mizzle generate && mizzle migrate\n"
    );
    for file in files {
        let made = fs::read_to_string(format!("{}/made/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        assert_eq!(project.read(file), made, "{file}");
    }
    let output =
        Command::new(env!("CARGO_BIN_EXE_made")).arg("generate").current_dir(&project.folder).output();
    assert_eq!(
        String::from_utf8(output.unwrap().stderr).unwrap(),
        "nothing differs from the last snapshot\n"
    );
}

#[test]
fn nothing_that_is_there_is_touched() {
    let mut project = Project::new();
    project.without_schema();
    project.run(&["init"]).code(1).says(
        "error: Cargo.toml: there is no package here; run `cargo init --lib` first, or go to the folder of the package",
    );
    project.write("Cargo.toml", MANIFEST);
    project.write("mizzle.toml", "bin = \"database\"\nmigrations = \"db\"\n");
    project.write("src/lib.rs", "//! Mine.\n");
    project.write("src/main.rs", "fn main() {}\n");
    let ran = project.run(&["init"]).code(0);
    assert_eq!(
        ran.out,
        "mizzle.toml is there already\nwrote src/schema.rs\nsrc/lib.rs is there already\nwrote src/bin/database.rs\n\
         wrote db/\n"
    );
    let ran = ran.says("  add `pub mod schema;` to src/lib.rs\n");
    ran.says("  add `default-run = \"orm-kit-cli\"` below [package] in Cargo.toml");
    assert_eq!(project.read("src/lib.rs"), "//! Mine.\n");
    let ran = project.run(&["init", "--output", "json"]).code(0).json();
    assert_eq!(ran, serde_json::json!({ "status": "done", "written": [] }));
}

/// Cargo is one that says what it is asked.
#[cfg(unix)]
#[test]
fn the_command_runs_the_binary_of_the_project() {
    use std::os::unix::fs::PermissionsExt;

    let mut project = Project::new();
    project.without_schema();
    project.write("mizzle.toml", "bin = \"database\"\npackage = \"app\"\n");
    project.write("cargo", "#!/bin/sh\necho \"$@\"\nexit 3\n");
    let cargo = project.folder.join("cargo");
    fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).unwrap();
    let run = |arguments: &[&str]| project.run_by(&cargo, arguments);
    let ran = run(&["check", "--sql"]).code(3);
    assert_eq!(ran.out, "run --quiet --bin database --package app -- check --sql\n");
    assert_eq!(ran.err, "building `database`, which holds the schema\n");
    for arguments in [&["generate"][..], &["push"], &["export"], &["diff", "schema", "empty"]] {
        run(arguments).code(3).says(&arguments.join(" "));
    }
    // These need no schema, and so no binary.
    run(&["generate", "--custom"]).code(0);
    run(&["diff", "migrations", "empty"]).code(0);
    run(&["migrate", "--dry-run"]).code(1).says("error: no database is named");
    // A step is a function of the project.
    let custom = format!("migrations/{}/migration.sql", project.migration("custom"));
    project.write(&custom, "-- mizzle: step usernames of public.users\n");
    for arguments in [&["migrate"][..], &["down"], &["reset", "--force"]] {
        run(arguments).code(3).says(&arguments.join(" "));
    }
    fs::remove_file(&cargo).unwrap();
    run(&["check"]).code(1).says("error: cargo does not run; install Rust, or run the binary itself");
}

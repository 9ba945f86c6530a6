//! The project's own binary, which holds the compiled schema.

use super::output::Output;
use crate::config::Config;
use crate::error::Error;
use crate::migration::read_all;
use crate::plan::Mode;
use crate::script::Script;
use std::env;
use std::process::{Command, ExitCode};

/// Whether a migration runs a function of it; what cannot be read is told by whoever reads it next.
pub(super) fn has_steps(config: &Config) -> bool {
    let migrations = read_all(&config.migrations).unwrap_or_default();
    let runs_step = |script: Script| script.segments.iter().any(|it| matches!(it.mode, Mode::Step { .. }));
    // Few do, and scripts may be long.
    let mentions = |text: &str| text.contains("mizzle:") && text.contains("step");
    migrations.iter().any(|migration| {
        (mentions(migration.sql()) && migration.script().is_ok_and(runs_step))
            || (migration.down().is_some_and(mentions) && migration.down_script().is_ok_and(runs_step))
    })
}

/// Builds and runs it with the arguments of this process.
pub(super) fn run(config: &Config, output: Output) -> Result<ExitCode, Error> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["run", "--quiet", "--bin", &config.bin]);
    if let Some(package) = &config.package {
        cargo.args(["--package", package]);
    }
    cargo.arg("--").args(env::args_os().skip(1));
    output.note(format_args!("building `{}`, which holds the schema", config.bin));
    let status = cargo.status().map_err(|error| {
        Error::new("cargo does not run").caused_by(error).advise("install Rust, or run the binary itself")
    })?;
    let code = status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1);
    if code == 101 {
        output.note(format_args!(
            "the binary `{}` does not build or run; `mizzle init` makes one, `bin` in mizzle.toml names it",
            config.bin
        ));
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::from(code))
}

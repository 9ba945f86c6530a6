//! The project's own binary, which holds the compiled schema.

use super::output::Output;
use crate::config::Config;
use crate::error::Error;
use std::env;
use std::process::{Command, ExitCode};

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

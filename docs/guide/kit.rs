//! The kit of a project whose tables are those of the guide: three lines, as `mizzle init` writes them.

use std::process::ExitCode;

fn main() -> ExitCode {
    orm_kit::main(guide::SCHEMA)
}

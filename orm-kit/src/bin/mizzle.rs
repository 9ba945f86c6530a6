//! The command `mizzle`.

use std::process::ExitCode;

fn main() -> ExitCode {
    orm_kit::main_without_schema()
}

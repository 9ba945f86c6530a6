//! Migrations of this project: `mizzle` runs it with the compiled schema.

use std::process::ExitCode;

fn main() -> ExitCode {
    orm_kit::main(orm_kit_cli::schema::SCHEMA)
}

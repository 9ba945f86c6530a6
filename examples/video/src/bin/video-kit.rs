//! Migrations of this project: `mizzle` runs it with the compiled schema.

use std::process::ExitCode;

fn main() -> ExitCode {
    orm_kit::main_with(video::schema::SCHEMA, video::steps::STEPS)
}

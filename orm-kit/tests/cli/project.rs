//! The binary of a project, whose schema is the one that the variable `PROJECT_SCHEMA` names.

mod schemas;

use orm_kit::migrate::{Batch, Moved};
use std::env;
use std::process::ExitCode;

/// A step of a migration, which finds nothing to do.
async fn nothing(_: &mizzle::Tx, _: Batch) -> Result<Moved, mizzle::Error> {
    Ok(Moved { rows: 0, next: None })
}

fn main() -> ExitCode {
    match env::var("PROJECT_SCHEMA") {
        Ok(name) => orm_kit::main_with(schemas::named(&name), orm_kit::steps![nothing]),
        Err(_) => orm_kit::main_without_schema(),
    }
}

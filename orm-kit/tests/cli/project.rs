//! The binary of a project, whose schema is the one that the variable `PROJECT_SCHEMA` names.

mod schemas;

use std::env;
use std::process::ExitCode;

fn main() -> ExitCode {
    match env::var("PROJECT_SCHEMA") {
        Ok(name) => orm_kit::main(schemas::named(&name)),
        Err(_) => orm_kit::main_without_schema(),
    }
}

//! The migrations as a part of the program, for one that applies them itself.

use crate::steps::STEPS;
use orm_kit::migrate::Migrator;
use orm_kit::migration::{Migration, Migrations};
use std::error::Error;

/// A migrator of all migrations up to the one whose name ends with this word.
///
/// # Errors
/// If there is none of that name.
pub fn until(name: &str, url: &str) -> Result<Migrator, Box<dyn Error + Send + Sync>> {
    let mut some: Vec<Migration> = Vec::new();
    for migration in &orm_kit::embedded!()? {
        some.push(migration.clone());
        if migration.name().ends_with(&format!("_{name}")) {
            return Ok(Migrator::new(url).migrations(Migrations::new(some)?).steps(STEPS));
        }
    }
    Err(format!("there is no migration `{name}`").into())
}

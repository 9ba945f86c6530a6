//! The tables of this project.

use mizzle::prelude::*;

/// Everything that the database holds.
pub const SCHEMA: Schema = schema![];

//! The library of this project.

pub mod schema;

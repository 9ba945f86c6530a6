//! Runs the examples of the guide: each page is the documentation of a module here, so its examples are doctests.
//!
//! An example hides two lines: it uses [`tables`], and takes its [`database`]. When the database is let go, every
//! statement that was sent to it must be found in the page, in a comment above the code that sends it.

pub mod pages;
pub mod shown;
pub mod tables;

pub use shown::{Shown, database};
pub use tables::*;

#[doc(no_inline)]
pub use mizzle::prelude::*;

/// What the `main` of an example returns.
pub type Outcome = Result<(), Box<dyn std::error::Error>>;

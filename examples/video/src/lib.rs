//! A service for video conferences, on its way from the tables that TypeORM made to those that it wants.
//!
//! [`schema`] is what the database is to hold, [`old`] what it held, with the code that knows nothing else; [`new`] is the
//! code that takes its place. [`bridge`] keeps both alike for as long as both run, and [`steps`] moves what was there before;
//! [`agreement`] counts where they differ.
//! `mizzle.toml` and `migrations/` are as a project of a user has them; `src/main.rs` tells how it goes, on rows [`made_up`].
#![cfg(feature = "example")]

pub mod agreement;
pub mod bridge;
pub mod made_up;
pub mod migrations;
pub mod new;
pub mod old;
pub mod schema;
pub mod steps;

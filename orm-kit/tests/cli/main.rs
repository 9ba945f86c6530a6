//! The command line, run as a user does: in a folder, with arguments, against a real server.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

mod check;
mod generate;
mod history;
mod init;
mod lint;
mod migrate;
mod mistakes;
mod push;
mod run;
mod work;

//! The kit against real servers.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

mod apply;
mod ddl;
mod diff;
mod dump;
mod gigstream;
mod index;
mod inspect;
mod lint;
mod merge;
mod migrate;
mod plan;
mod pull;
mod push;
mod renamed;
mod schemas;
mod server;

/// What a test returns, so that `?` does for whatever can go wrong beside what is tested.
type TestResult = Result<(), Box<dyn std::error::Error>>;

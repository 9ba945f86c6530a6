//! The example `gigstream`: its schema as the catalog has it, and each of its calls on a server.

#[allow(unreachable_pub, reason = "written as a library's modules, which two programs include")]
#[path = "../../examples/gigstream/calls/mod.rs"]
mod calls;
#[allow(unreachable_pub, reason = "written as a library's modules, which two programs include")]
#[path = "../../examples/gigstream/schema/mod.rs"]
mod schema;

mod catalog;
mod expected;
mod loans;
mod payments;
mod platforms;
mod risk;
mod service;
mod streams;
mod tasks;
mod workers;

/// What a test returns, so that `?` does for whatever can go wrong beside what is tested.
type TestResult = Result<(), Box<dyn std::error::Error>>;

//! The runtime under faults: what holds when statements fail, futures are dropped, connections die and servers lie.

#![allow(dead_code, reason = "the tables are read by their columns, not by their fields")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test's helpers may panic like the test, which clippy does not know"
)]

mod isolation;
mod model;
mod rollback;
mod savepoint;
mod spawn;
mod transaction;

mod cancel;
mod hook;
mod killed;
mod pool;

mod batch;
mod cache;
mod explain;
mod pipeline;
mod stream;

#[cfg(feature = "tls")]
mod certificate;
mod connect;
mod limit;
mod mismatch;
#[cfg(feature = "tls")]
mod tls;
mod value;
mod violation;

mod decode;
mod hostile;
mod row;

mod support;

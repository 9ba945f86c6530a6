//! The runtime under faults: what holds when statements fail, futures are dropped, connections die and servers lie.

mod model;
mod savepoint;
mod spawn;
mod transaction;

mod cancel;
mod hook;
mod killed;
mod pool;

mod cache;
mod pipeline;

mod connect;
mod limit;
mod mismatch;
mod value;
mod violation;

mod decode;
mod hostile;

mod support;

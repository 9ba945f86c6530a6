//! The runtime under faults: what holds when statements fail, futures are dropped, connections die and servers lie.

mod spawn;
mod support;

//! Differences of catalogs: what they are, and that a server takes them in their order.

mod property;

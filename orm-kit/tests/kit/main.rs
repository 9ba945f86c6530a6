//! What the kit does, by its SQL and on a server.

mod plan;
mod server;

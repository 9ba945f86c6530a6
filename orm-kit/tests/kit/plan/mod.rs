//! What is planned, as SQL, and that it holds up nobody on a server.

mod build;
mod case;
mod column;
mod constraint;
mod live;
mod load;
mod property;
mod security;
mod shadow;
mod table;
mod types;
mod view;

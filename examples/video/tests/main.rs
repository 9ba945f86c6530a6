//! The move, looked at: what becomes of each row, who writes meanwhile, who is killed, and what is left in the end.

mod bridge;
mod helper;
mod killed;
mod moved;
mod project;
mod traffic;

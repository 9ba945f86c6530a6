//! Types: their values on the way there and back, each from a table of values and their literals.

mod round_trip;

mod arrays;
mod bytes;
mod composites;
mod intervals;
#[cfg(feature = "serde_json")]
mod json;
mod mistakes;
mod net;
mod newtypes;
mod numbers;
mod ranges;
mod text;
#[cfg(feature = "chrono")]
mod time;
#[cfg(feature = "uuid")]
mod uuids;

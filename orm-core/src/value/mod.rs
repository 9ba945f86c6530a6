//! How Rust types stand for PostgreSQL types.
//!
//! A [`BaseValue`] is a type that is never NULL; a [`Value`] is one or an `Option` of one: the type of a column. An
//! [`Input`] is what may be written where a value is wanted: the value, a reference to it, `&str` for text.

pub(crate) mod array;
mod base;
mod input;
#[cfg(feature = "serde_json")]
mod json;
mod newtype;
mod pg_enum;
mod scalar;

pub use base::{BaseValue, BoxError, Element, NotNull, Null, Nullability, Nullable, Value};
pub use input::Input;
#[cfg(feature = "serde_json")]
pub use json::Json;
pub use newtype::below_domain;
pub use pg_enum::{PgEnum, accepts_enum, unknown_label};

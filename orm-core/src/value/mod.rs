//! How Rust types stand for PostgreSQL types.
//!
//! A [`BaseValue`] is a type that is never NULL; a [`Value`] is one or an `Option` of one: the type of a column. An
//! [`Input`] is what may be written where a value is wanted: the value, a reference to it, `&str` for text.
//!
//! The types are `bool`, `i16`, `i32`, `i64`, `f32`, `f64`, `String`, `Vec<u8>`, [`Interval`], [`IpAddr`](std::net::IpAddr),
//! [`MacAddr`], [`Range`] and [`Multirange`]; by features named like the crates `rust_decimal::Decimal`, `uuid::Uuid`,
//! `chrono`'s dates and times, `serde_json::Value` and `Json`; what derives [`PgEnum`], `PgNewtype` or [`PgComposite`]; and a
//! `Vec` of any of them or of `Option`s of it.

pub(crate) mod array;
mod base;
mod bytes;
mod composite;
mod input;
mod interval;
#[cfg(feature = "serde_json")]
mod json;
mod literal;
mod multirange;
mod net;
mod newtype;
mod opaque;
mod pg_enum;
mod range;
mod scalar;

pub use base::{BaseValue, BoxError, Element, NotNull, Null, Nullability, Nullable, Value};
pub use composite::{CompositeField, PgComposite, RecordReader, RecordWriter, accepts_composite};
#[cfg(feature = "rust_decimal")]
pub use input::AsDecimal;
pub use input::Input;
pub use interval::{Interval, IntervalOverflow};
#[cfg(feature = "serde_json")]
pub use json::Json;
pub use multirange::Multirange;
pub use net::{MacAddr, MacAddrError};
pub use newtype::below_domain;
pub use opaque::Opaque;
pub use pg_enum::{PgEnum, accepts_enum, unknown_label};
pub use range::{Range, RangeElement};

//! Values of types that have no Rust type here.

use super::base::{BaseValue, BoxError, Element};
use crate::meta::{BulkMeta, TypeClass, TypeMeta};
use bytes::BytesMut;
use postgres_types::Type;

/// A value in PostgreSQL's binary format, of whatever type: what stands for a column of a type that mizzle has no word for, so that
/// its table can be declared whole. It can be read, and not written; `sql!` writes such columns by casts.
///
/// ```
/// use mizzle::prelude::*;
/// use mizzle::value::Opaque;
///
/// #[derive(Table)]
/// #[orm(table = "pages")]
/// struct Page {
///     #[orm(primary_key, identity)]
///     id: i64,
///     body: String,
///     #[orm(type = "tsvector", generated = "to_tsvector('english', body)")]
///     words: Opaque,
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Opaque(pub Vec<u8>);

impl BaseValue for Opaque {
    type This = Self;
    const TYPE: &'static TypeMeta = &TypeMeta {
        name: "bytea",
        param: &Type::BYTEA,
        cast: "",
        accepts: |_| true,
        class: TypeClass::Other,
        bulk: BulkMeta { param: &Type::BYTEA_ARRAY, name: "bytea[]", flattened: false },
    };

    const READS_TYPE: bool = false;

    fn encode(&self, _: &mut BytesMut) -> Result<(), BoxError> {
        Err("an opaque value can be read but not written; write it by `sql!` with a cast".into())
    }

    fn decode(_: &Type, raw: &[u8]) -> Result<Self, BoxError> {
        Ok(Opaque(raw.to_vec()))
    }
}

impl Element for Opaque {
    const ARRAY_NAME: &'static str = "bytea[]";
    const ARRAY_CAST: &'static str = "";
}

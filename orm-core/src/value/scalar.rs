//! Scalars: the types whose binary format `postgres-types` knows.

use super::base::{BaseValue, BoxError, Element};
use crate::meta::{BulkMeta, TypeClass, TypeMeta};
use bytes::BytesMut;
use postgres_types::{FromSql, FromSqlOwned, IsNull, Type};

/// The types of `ltree` are text behind a version byte, and there is no telling them from text without the type.
fn accepts<T: FromSqlOwned>(ty: &Type) -> bool {
    <T as FromSql<'_>>::accepts(ty) && !matches!(ty.name(), "ltree" | "lquery" | "ltxtquery")
}

/// Reads a number of `N` bytes.
fn number<T, const N: usize>(
    from_be_bytes: impl Fn([u8; N]) -> T,
) -> impl Fn(&Type, &[u8]) -> Result<T, BoxError> {
    move |_, raw| match raw.try_into() {
        Ok(bytes) => Ok(from_be_bytes(bytes)),
        Err(error) => Err(unreadable(error)),
    }
}

/// Writes a number of `N` bytes: where their number is known, copying them is no call.
fn bytes<T: Copy, const N: usize>(
    to_be_bytes: impl Fn(T) -> [u8; N],
) -> impl Fn(&T, &Type, &mut BytesMut) -> Result<IsNull, BoxError> {
    move |value, _, out| {
        out.extend_from_slice(&to_be_bytes(*value));
        Ok(IsNull::No)
    }
}

fn as_is<T: AsRef<[u8]>>(value: &T, _: &Type, out: &mut BytesMut) -> Result<IsNull, BoxError> {
    out.extend_from_slice(value.as_ref());
    Ok(IsNull::No)
}

/// Reads text as it is: the driver looks at the type's name each time, for the sake of types that are not accepted here.
fn text(_: &Type, raw: &[u8]) -> Result<String, BoxError> {
    match str::from_utf8(raw) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => Err(unreadable(error)),
    }
}

#[cold]
fn unreadable(error: impl std::error::Error + Send + Sync + 'static) -> BoxError {
    error.into()
}

macro_rules! scalar {
    ($($(#[$cfg:meta])* $ty:ty => $name:literal $param:ident $array:ident $class:expr, $read:expr, $write:expr;)*) => {$(
        $(#[$cfg])*
        impl BaseValue for $ty {
            type This = Self;
            const TYPE: &'static TypeMeta = &TypeMeta {
                name: $name,
                param: &Type::$param,
                cast: "",
                accepts: accepts::<$ty>,
                class: $class,
                bulk: BulkMeta { param: &Type::$array, name: concat!($name, "[]"), flattened: false },
            };

            const READS_TYPE: bool = matches!($class, TypeClass::Json);

            fn encode(&self, out: &mut BytesMut) -> Result<(), BoxError> {
                $write(self, &Type::$param, out).map(drop)
            }

            fn decode(ty: &Type, raw: &[u8]) -> Result<Self, BoxError> {
                $read(ty, raw)
            }
        }

        $(#[$cfg])*
        impl Element for $ty {
            const ARRAY_NAME: &'static str = concat!($name, "[]");
            const ARRAY_CAST: &'static str = "";
        }
    )*};
}

scalar! {
    bool => "boolean" BOOL BOOL_ARRAY TypeClass::Boolean, number(|[byte]| byte != 0), bytes(|value| [u8::from(value)]);
    i16 => "smallint" INT2 INT2_ARRAY TypeClass::Integer { bits: 16 }, number(i16::from_be_bytes), bytes(i16::to_be_bytes);
    i32 => "integer" INT4 INT4_ARRAY TypeClass::Integer { bits: 32 }, number(i32::from_be_bytes), bytes(i32::to_be_bytes);
    i64 => "bigint" INT8 INT8_ARRAY TypeClass::Integer { bits: 64 }, number(i64::from_be_bytes), bytes(i64::to_be_bytes);
    f32 => "real" FLOAT4 FLOAT4_ARRAY TypeClass::Float, number(f32::from_be_bytes), bytes(f32::to_be_bytes);
    f64 => "double precision" FLOAT8 FLOAT8_ARRAY TypeClass::Float, number(f64::from_be_bytes), bytes(f64::to_be_bytes);
    String => "text" TEXT TEXT_ARRAY TypeClass::Text, text, as_is;
    Vec<u8> => "bytea" BYTEA BYTEA_ARRAY TypeClass::Other, FromSql::from_sql, as_is;
    #[cfg(feature = "rust_decimal")]
    rust_decimal::Decimal => "numeric" NUMERIC NUMERIC_ARRAY TypeClass::Numeric, FromSql::from_sql, postgres_types::ToSql::to_sql;
    #[cfg(feature = "uuid")]
    uuid::Uuid => "uuid" UUID UUID_ARRAY TypeClass::Other, FromSql::from_sql, postgres_types::ToSql::to_sql;
    #[cfg(feature = "chrono")]
    chrono::NaiveDate => "date" DATE DATE_ARRAY TypeClass::Other, FromSql::from_sql, postgres_types::ToSql::to_sql;
    #[cfg(feature = "chrono")]
    chrono::NaiveTime => "time" TIME TIME_ARRAY TypeClass::Other, FromSql::from_sql, postgres_types::ToSql::to_sql;
    #[cfg(feature = "chrono")]
    chrono::NaiveDateTime => "timestamp" TIMESTAMP TIMESTAMP_ARRAY TypeClass::Other, FromSql::from_sql, postgres_types::ToSql::to_sql;
    #[cfg(feature = "chrono")]
    chrono::DateTime<chrono::Utc> => "timestamptz" TIMESTAMPTZ TIMESTAMPTZ_ARRAY TypeClass::Other, FromSql::from_sql, postgres_types::ToSql::to_sql;
    #[cfg(feature = "serde_json")]
    serde_json::Value => "jsonb" JSONB JSONB_ARRAY TypeClass::Json, FromSql::from_sql, postgres_types::ToSql::to_sql;
}

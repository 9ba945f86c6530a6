//! Scalars: the types whose binary format `postgres-types` knows.

use super::base::{BaseValue, BoxError, Element};
use crate::meta::{BulkMeta, TypeClass, TypeMeta};
use bytes::BytesMut;
use postgres_types::{FromSql, FromSqlOwned, ToSql, Type};

/// The types of `ltree` are text behind a version byte, and there is no telling them from text without the type.
fn accepts<T: FromSqlOwned>(ty: &Type) -> bool {
    <T as FromSql<'_>>::accepts(ty) && !matches!(ty.name(), "ltree" | "lquery" | "ltxtquery")
}

macro_rules! scalar {
    ($($(#[$cfg:meta])* $ty:ty => $name:literal $param:ident $array:ident $class:expr;)*) => {$(
        $(#[$cfg])*
        impl BaseValue for $ty {
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
                self.to_sql(&Type::$param, out).map(drop)
            }

            fn decode(ty: &Type, raw: &[u8]) -> Result<Self, BoxError> {
                FromSql::from_sql(ty, raw)
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
    bool => "boolean" BOOL BOOL_ARRAY TypeClass::Boolean;
    i16 => "smallint" INT2 INT2_ARRAY TypeClass::Integer { bits: 16 };
    i32 => "integer" INT4 INT4_ARRAY TypeClass::Integer { bits: 32 };
    i64 => "bigint" INT8 INT8_ARRAY TypeClass::Integer { bits: 64 };
    f32 => "real" FLOAT4 FLOAT4_ARRAY TypeClass::Float;
    f64 => "double precision" FLOAT8 FLOAT8_ARRAY TypeClass::Float;
    String => "text" TEXT TEXT_ARRAY TypeClass::Text;
    Vec<u8> => "bytea" BYTEA BYTEA_ARRAY TypeClass::Other;
    #[cfg(feature = "rust_decimal")]
    rust_decimal::Decimal => "numeric" NUMERIC NUMERIC_ARRAY TypeClass::Numeric;
    #[cfg(feature = "uuid")]
    uuid::Uuid => "uuid" UUID UUID_ARRAY TypeClass::Other;
    #[cfg(feature = "chrono")]
    chrono::NaiveDate => "date" DATE DATE_ARRAY TypeClass::Other;
    #[cfg(feature = "chrono")]
    chrono::NaiveTime => "time" TIME TIME_ARRAY TypeClass::Other;
    #[cfg(feature = "chrono")]
    chrono::NaiveDateTime => "timestamp" TIMESTAMP TIMESTAMP_ARRAY TypeClass::Other;
    #[cfg(feature = "chrono")]
    chrono::DateTime<chrono::Utc> => "timestamptz" TIMESTAMPTZ TIMESTAMPTZ_ARRAY TypeClass::Other;
    #[cfg(feature = "serde_json")]
    serde_json::Value => "jsonb" JSONB JSONB_ARRAY TypeClass::Json;
}

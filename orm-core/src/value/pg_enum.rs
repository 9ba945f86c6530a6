//! Enums: to the server and back as text, which is also their binary format.

use crate::meta::EnumMeta;
use postgres_types::{Kind, Type};

/// A Rust enum that stands for a PostgreSQL enum type; derived.
///
/// ```
/// use mizzle::PgEnum;
///
/// #[derive(PgEnum, Debug, PartialEq)]
/// enum TaskStatus { Created, InProgress }
///
/// assert_eq!(TaskStatus::InProgress.label(), "in_progress");
/// assert_eq!(TaskStatus::from_label("created"), Some(TaskStatus::Created));
/// ```
///
/// An enum travels as text with a cast in the statement, so a parameter needs no look-up in the catalog.
pub trait PgEnum: Sized + 'static {
    /// The type's name and labels.
    const META: &'static EnumMeta;

    /// The label of the variant: its text in the database.
    fn label(&self) -> &'static str;

    /// The variant with this label.
    fn from_label(label: &str) -> Option<Self>;
}

/// Whether a result column is the enum's: of an enum type (in a nested record its OID says no more), or text.
#[doc(hidden)]
pub fn accepts_enum(ty: &Type) -> bool {
    matches!(ty.kind(), Kind::Enum(_)) || matches!(*ty, Type::TEXT | Type::VARCHAR)
}

/// Why a label cannot be read.
#[doc(hidden)]
pub fn unknown_label(meta: &EnumMeta) -> super::BoxError {
    format!("the enum `{}` has a label that the Rust enum does not know", meta.name).into()
}

#[doc(hidden)]
#[macro_export]
macro_rules! pg_enum {
    ($ty:ty, $name:literal) => {
        impl $crate::value::BaseValue for $ty {
            type This = Self;
            const TYPE: &'static $crate::meta::TypeMeta = &$crate::meta::TypeMeta {
                name: $name,
                param: &$crate::private::Type::TEXT,
                cast: ::core::concat!("::", $name),
                accepts: $crate::private::accepts_enum,
                class: $crate::meta::TypeClass::Other,
                bulk: $crate::meta::BulkMeta {
                    param: &$crate::private::Type::TEXT_ARRAY,
                    name: "text[]",
                    flattened: false,
                },
            };

            const READS_TYPE: ::core::primitive::bool = false;

            fn encode(
                &self,
                out: &mut $crate::private::BytesMut,
            ) -> ::core::result::Result<(), $crate::value::BoxError> {
                out.extend_from_slice($crate::value::PgEnum::label(self).as_bytes());
                ::core::result::Result::Ok(())
            }

            fn decode(
                _: &$crate::private::Type,
                raw: &[::core::primitive::u8],
            ) -> ::core::result::Result<Self, $crate::value::BoxError> {
                <Self as $crate::value::PgEnum>::from_label(::core::str::from_utf8(raw)?)
                    .ok_or_else(|| $crate::private::unknown_label(<Self as $crate::value::PgEnum>::META))
            }
        }

        impl $crate::value::Element for $ty {
            const ARRAY_NAME: &'static ::core::primitive::str = ::core::concat!($name, "[]");
            const ARRAY_CAST: &'static ::core::primitive::str = ::core::concat!("::", $name, "[]");
        }
    };
}

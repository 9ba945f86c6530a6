//! Newtypes: a Rust type of its own over another's PostgreSQL type, or over a domain of it.

use postgres_types::{Kind, Type};

/// The type below a domain, for arrays of domains; a plain column of a domain is reported as its base type.
#[doc(hidden)]
pub fn below_domain(ty: &Type) -> &Type {
    match ty.kind() {
        Kind::Domain(base) => below_domain(base),
        _ => ty,
    }
}

#[doc(hidden)]
#[macro_export]
macro_rules! pg_newtype {
    ($ty:ty, $inner:ty, $field:tt) => {
        impl $crate::value::BaseValue for $ty {
            type This = Self;
            const TYPE: &'static $crate::meta::TypeMeta = <$inner as $crate::value::BaseValue>::TYPE;
            $crate::pg_newtype!(@codec $inner, $field);
        }

        impl $crate::value::Element for $ty {
            const ARRAY_NAME: &'static ::core::primitive::str = <$inner as $crate::value::Element>::ARRAY_NAME;
            const ARRAY_CAST: &'static ::core::primitive::str = <$inner as $crate::value::Element>::ARRAY_CAST;
        }
    };
    ($ty:ty, $inner:ty, $field:tt, domain $name:literal, $meta:expr) => {
        impl $crate::value::BaseValue for $ty {
            type This = Self;
            const TYPE: &'static $crate::meta::TypeMeta = &$crate::meta::TypeMeta {
                name: $name,
                param: <$inner as $crate::value::BaseValue>::TYPE.param,
                cast: ::core::concat!("::", $name),
                accepts: |ty| (<$inner as $crate::value::BaseValue>::TYPE.accepts)($crate::private::below_domain(ty)),
                class: <$inner as $crate::value::BaseValue>::TYPE.class,
                bulk: <$inner as $crate::value::BaseValue>::TYPE.bulk,
            };
            $crate::pg_newtype!(@codec $inner, $field);
        }

        impl $crate::value::Element for $ty {
            const ARRAY_NAME: &'static ::core::primitive::str = ::core::concat!($name, "[]");
            const ARRAY_CAST: &'static ::core::primitive::str = ::core::concat!("::", $name, "[]");
        }

        impl $crate::meta::Object for $ty {
            const OBJECT: $crate::meta::ObjectMeta = $crate::meta::ObjectMeta::Domain($meta);
        }
    };
    (@codec $inner:ty, $field:tt) => {
        const READS_TYPE: ::core::primitive::bool = <$inner as $crate::value::BaseValue>::READS_TYPE;

        fn encode(
            &self,
            out: &mut $crate::private::BytesMut,
        ) -> ::core::result::Result<(), $crate::value::BoxError> {
            $crate::value::BaseValue::encode(&self.$field, out)
        }

        fn decode(
            ty: &$crate::private::Type,
            raw: &[::core::primitive::u8],
        ) -> ::core::result::Result<Self, $crate::value::BoxError> {
            ::core::result::Result::Ok(Self {
                $field: <$inner as $crate::value::BaseValue>::decode($crate::private::below_domain(ty), raw)?,
            })
        }
    };
}

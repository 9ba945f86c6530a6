//! Composite types: to the server as a literal, back as a record in PostgreSQL's binary format.
//!
//! A literal is text, so like an enum it is one parameter of a built-in type with a cast behind it. See "Decisions" in
//! ARCHITECTURE.md.

use super::base::{BoxError, Null, Value};
use super::bytes::{end, take, take_i32, take_sized};
use super::literal::{put_quoted, put_text};
use super::newtype::below_domain;
use crate::meta::{CompositeMeta, FieldMeta, TypeMeta};
use crate::row::DecodeError;
use bytes::{BufMut, BytesMut};
use postgres_types::{Field, Kind, Type};
use std::fmt;

/// A Rust struct that stands for a PostgreSQL composite type; derived.
///
/// ```
/// use mizzle::PgComposite;
///
/// #[derive(PgComposite, Debug, PartialEq)]
/// struct Address { street: String, zip: Option<i32> }
///
/// assert_eq!(Address::META.name, "address");
/// ```
pub trait PgComposite: Sized + 'static {
    /// The type's name and fields.
    const META: &'static CompositeMeta;
}

/// The field at `N` of a composite type. What reads and writes it are constants, so that a type that no field can have
/// is one error.
#[doc(hidden)]
pub trait CompositeField<const N: usize> {
    /// The field's type.
    type Value: Value;
    /// The PostgreSQL type.
    const TYPE: &'static TypeMeta = <Self::Value as Value>::TYPE;
    /// Reads the field.
    const READ: fn(&mut RecordReader<'_>) -> Result<Self::Value, BoxError> = |record| record.take();
    /// Writes the field.
    const WRITE: fn(&mut RecordWriter<'_>, &Self::Value) -> Result<(), BoxError> =
        |record, value| record.put(value);
}

/// Whether a result column is the composite type's: it has these fields. The fields of a record that nobody named are
/// only known with its bytes.
#[doc(hidden)]
pub fn accepts_composite(meta: &CompositeMeta, ty: &Type) -> bool {
    match below_domain(ty).kind() {
        Kind::Composite(found) => {
            let agree = |(field, found): (&FieldMeta, &Field)| {
                field.name == found.name() && (field.ty.accepts)(found.type_())
            };
            meta.fields.len() == found.len() && meta.fields.iter().zip(found).all(agree)
        }
        _ => *ty == Type::RECORD,
    }
}

/// Writes a record as a literal; see the manual's
/// [composite value input](https://www.postgresql.org/docs/current/rowtypes.html#ROWTYPES-IO-SYNTAX).
#[doc(hidden)]
pub struct RecordWriter<'o> {
    out: &'o mut BytesMut,
    value: BytesMut,
    separator: u8,
}

impl<'o> RecordWriter<'o> {
    /// No fields yet.
    pub fn new(out: &'o mut BytesMut) -> Self {
        RecordWriter { out, value: BytesMut::new(), separator: b'(' }
    }

    /// The next field.
    fn put<V: Value>(&mut self, value: &V) -> Result<(), BoxError> {
        self.value.clear();
        let null = value.to_field(&mut self.value)?;
        self.put_field(V::TYPE.param, null)
    }

    fn put_field(&mut self, ty: &Type, null: Null) -> Result<(), BoxError> {
        self.out.put_u8(self.separator);
        self.separator = b',';
        // Nothing is NULL, and what is in quotes is not.
        match null {
            Null::Yes => Ok(()),
            Null::No => put_quoted(self.out, |out| put_text(ty, &self.value, out)),
        }
    }

    /// Behind the last field.
    pub fn finish(self) {
        self.out.put_u8(b')');
    }
}

/// Reads a record: the number of its fields and for each the type's OID, the length and the bytes (`record_send` in
/// PostgreSQL's source).
#[doc(hidden)]
pub struct RecordReader<'r> {
    meta: &'static CompositeMeta,
    /// The types of the fields, if the server said them before.
    types: Option<&'r [Field]>,
    raw: &'r [u8],
    next: usize,
}

impl<'r> RecordReader<'r> {
    /// The fields of a record, from the first.
    ///
    /// # Errors
    /// When there are more or fewer than the Rust type has.
    pub fn new(meta: &'static CompositeMeta, ty: &'r Type, mut raw: &'r [u8]) -> Result<Self, BoxError> {
        let expected = meta.fields.len();
        let found = take_i32(&mut raw)?;
        if usize::try_from(found).ok() != Some(expected) {
            let name = meta.name;
            return Err(
                format!("expected {expected} fields of the composite type `{name}`, found {found}").into()
            );
        }
        let types = match below_domain(ty).kind() {
            Kind::Composite(fields) => Some(fields.as_slice()),
            _ => None,
        };
        Ok(RecordReader { meta, types, raw, next: 0 })
    }

    /// The next field.
    fn take<V: Value>(&mut self) -> Result<V, BoxError> {
        let index = self.next;
        self.next += 1;
        let (ty, raw) = self.take_field(index, V::TYPE)?;
        V::from_field(&ty, raw).map_err(|error| {
            let field = self.meta.fields.get(index).map_or("", |field| field.name);
            FieldError { composite: self.meta.name, field, source: error }.into()
        })
    }

    fn take_field(
        &mut self,
        index: usize,
        meta: &'static TypeMeta,
    ) -> Result<(Type, Option<&'r [u8]>), BoxError> {
        let oid = u32::from_be_bytes(take(&mut self.raw)?);
        let raw = take_sized(&mut self.raw)?;
        let field = self.meta.fields.get(index);
        let ty = match self.types.and_then(|types| types.get(index)) {
            Some(known) => (known.type_().oid() == oid).then(|| known.type_().clone()),
            None => match Type::from_oid(oid) {
                Some(builtin) => (meta.accepts)(&builtin).then_some(builtin),
                // A database numbers its own types itself: all that is known of one is that it is none of the built-in.
                None => field.is_some_and(FieldMeta::is_user_defined).then(|| meta.param.clone()),
            },
        };
        match ty {
            Some(ty) => Ok((ty, raw)),
            None => {
                let (name, field) = (self.meta.name, field.map_or("", |field| field.name));
                let expected = meta.name;
                let found = Type::from_oid(oid)
                    .map_or_else(|| format!("a type of OID {oid}"), |ty| format!("`{ty}`"));
                Err(format!("expected `{expected}` for the field `{field}` of the composite type `{name}`, found {found}")
                    .into())
            }
        }
    }

    /// Behind the last field.
    ///
    /// # Errors
    /// When there are more bytes.
    pub fn finish(self) -> Result<(), BoxError> {
        end(self.raw)
    }
}

/// A field that cannot be read.
#[derive(Debug)]
struct FieldError {
    composite: &'static str,
    field: &'static str,
    source: DecodeError,
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let FieldError { composite, field, source: _ } = self;
        write!(f, "the field `{field}` of the composite type `{composite}`")
    }
}

impl std::error::Error for FieldError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

#[doc(hidden)]
#[macro_export]
macro_rules! pg_composite {
    ($ty:ident, $name:literal, $meta:expr, $(($index:literal $field:ident: $value:ty))*) => {
        $(
            impl $crate::value::CompositeField<$index> for $ty {
                type Value = $value;
            }
        )*

        impl $crate::value::PgComposite for $ty {
            const META: &'static $crate::meta::CompositeMeta = $meta;
        }

        impl $crate::value::BaseValue for $ty {
            type This = Self;
            const TYPE: &'static $crate::meta::TypeMeta = &$crate::meta::TypeMeta {
                name: $name,
                param: &$crate::private::Type::TEXT,
                cast: ::core::concat!("::", $name),
                accepts: |ty| {
                    $crate::private::accepts_composite(<$ty as $crate::value::PgComposite>::META, ty)
                },
                class: $crate::meta::TypeClass::Other,
                bulk: $crate::meta::BulkMeta {
                    param: &$crate::private::Type::TEXT_ARRAY,
                    name: "text[]",
                    flattened: false,
                },
            };

            fn encode(
                &self,
                out: &mut $crate::private::BytesMut,
            ) -> ::core::result::Result<(), $crate::value::BoxError> {
                let mut record = $crate::private::RecordWriter::new(out);
                $((<$ty as $crate::value::CompositeField<$index>>::WRITE)(&mut record, &self.$field)?;)*
                record.finish();
                ::core::result::Result::Ok(())
            }

            fn decode(
                ty: &$crate::private::Type,
                raw: &[::core::primitive::u8],
            ) -> ::core::result::Result<Self, $crate::value::BoxError> {
                let mut record = $crate::private::RecordReader::new(
                    <$ty as $crate::value::PgComposite>::META,
                    ty,
                    raw,
                )?;
                let value = $ty {
                    $($field: (<$ty as $crate::value::CompositeField<$index>>::READ)(&mut record)?,)*
                };
                record.finish()?;
                ::core::result::Result::Ok(value)
            }
        }

        impl $crate::value::Element for $ty {
            const ARRAY_NAME: &'static ::core::primitive::str = ::core::concat!($name, "[]");
            const ARRAY_CAST: &'static ::core::primitive::str = ::core::concat!("::", $name, "[]");
        }

        impl $crate::meta::Object for $ty {
            const OBJECT: $crate::meta::ObjectMeta =
                $crate::meta::ObjectMeta::Composite(<$ty as $crate::value::PgComposite>::META);
        }
    };
}

//! Values and their nullability.

use crate::meta::{ColumnMeta, TypeMeta};
use crate::row::DecodeError;
use bytes::BytesMut;
use postgres_types::Type;

/// Why a value could not be encoded or decoded.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// A Rust type that stands for a PostgreSQL type and is never NULL.
///
/// `PgEnum`, `PgNewtype` and `PgComposite` derive it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no PostgreSQL type",
    label = "not a type that a column can hold",
    note = "derive `PgEnum`, `PgNewtype` or `PgComposite` for it, or use one of the types listed in the documentation of `mizzle::value`"
)]
pub trait BaseValue: Sized + 'static {
    /// The type itself. What follows is said of this type, so that of one that is no value nothing else is complained of.
    type This: BaseValue;
    /// The PostgreSQL type.
    const TYPE: &'static TypeMeta;

    /// Whether [`decode`](BaseValue::decode) looks at the column's type; else it is given [`TypeMeta::param`].
    const READS_TYPE: bool = true;

    /// Appends the value in PostgreSQL's binary format for [`TypeMeta::param`].
    ///
    /// # Errors
    /// When the value is outside what PostgreSQL can hold.
    fn encode(&self, out: &mut BytesMut) -> Result<(), BoxError>;

    /// Reads the value from PostgreSQL's binary format; `ty` is a type that [`TypeMeta::accepts`].
    ///
    /// # Errors
    /// When the bytes are not a value of the type, or one that the Rust type cannot hold.
    fn decode(ty: &Type, raw: &[u8]) -> Result<Self, BoxError>;
}

/// A value that may be an element of an array.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an element of an array",
    note = "arrays of arrays are not supported; use `Vec<T>` or `Vec<Option<T>>` of a scalar type"
)]
pub trait Element: BaseValue {
    /// The SQL name of the array type, ready to be written.
    const ARRAY_NAME: &'static str;
    /// The cast that follows such a parameter, or nothing.
    const ARRAY_CAST: &'static str;
}

/// A Rust type that a column can hold: a [`BaseValue`], or an `Option` of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no PostgreSQL type",
    label = "not a type that a column can hold",
    note = "derive `PgEnum`, `PgNewtype` or `PgComposite` for it, or use one of the types listed in the documentation of `mizzle::value`"
)]
pub trait Value: Sized + 'static {
    /// The type without NULL.
    type Base: BaseValue;
    /// Whether NULL is a value of the type.
    type Null: Nullability;
    /// The PostgreSQL type.
    const TYPE: &'static TypeMeta = <Self::Base as BaseValue>::TYPE;
    /// Whether NULL is a value of the type.
    const NULLABLE: bool = <Self::Null as Nullability>::NULLABLE;
    /// A column of the type, without a name or any attribute.
    const COLUMN: ColumnMeta = ColumnMeta::of::<Self>();

    /// Reads a field, `None` being NULL.
    ///
    /// # Errors
    /// When the field is NULL and the type is not an `Option`, or when the bytes are not a value of the type.
    fn from_field(ty: &Type, raw: Option<&[u8]>) -> Result<Self, DecodeError>;

    /// Appends the value in PostgreSQL's binary format, or nothing when it is NULL.
    ///
    /// # Errors
    /// When the value is outside what PostgreSQL can hold.
    fn to_field(&self, out: &mut BytesMut) -> Result<Null, BoxError>;
}

impl<T: BaseValue> Value for T {
    type Base = T;
    type Null = NotNull;

    fn from_field(ty: &Type, raw: Option<&[u8]>) -> Result<Self, DecodeError> {
        match raw {
            Some(raw) => T::decode(ty, raw).map_err(DecodeError::value),
            None => Err(DecodeError::null()),
        }
    }

    fn to_field(&self, out: &mut BytesMut) -> Result<Null, BoxError> {
        self.encode(out).map(|()| Null::No)
    }
}

impl<T: BaseValue> Value for Option<T> {
    type Base = T;
    type Null = Nullable;

    fn from_field(ty: &Type, raw: Option<&[u8]>) -> Result<Self, DecodeError> {
        match raw {
            Some(raw) => T::decode(ty, raw).map(Some).map_err(DecodeError::value),
            None => Ok(None),
        }
    }

    fn to_field(&self, out: &mut BytesMut) -> Result<Null, BoxError> {
        match self {
            Some(value) => value.encode(out).map(|()| Null::No),
            None => Ok(Null::Yes),
        }
    }
}

/// Whether an expression may be NULL: [`NotNull`] or [`Nullable`].
pub trait Nullability: 'static {
    /// `T` or `Option<T>`.
    type Wrap<T: BaseValue>: Value<Base = T>;
    /// Nullable if either is.
    type Or<N: Nullability>: Nullability;
    /// Nullable if both are.
    type And<N: Nullability>: Nullability;
    /// Whether NULL is possible.
    const NULLABLE: bool;
}

/// Never NULL.
pub enum NotNull {}

/// May be NULL.
pub enum Nullable {}

impl Nullability for NotNull {
    type Wrap<T: BaseValue> = T;
    type Or<N: Nullability> = N;
    type And<N: Nullability> = NotNull;
    const NULLABLE: bool = false;
}

impl Nullability for Nullable {
    type Wrap<T: BaseValue> = Option<T>;
    type Or<N: Nullability> = Nullable;
    type And<N: Nullability> = N;
    const NULLABLE: bool = true;
}

/// Whether an encoded input was NULL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Null {
    /// Nothing was written.
    Yes,
    /// The value's bytes were written.
    No,
}

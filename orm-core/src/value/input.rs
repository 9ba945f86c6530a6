//! What may be written where a value is wanted.

use super::array::encode_array;
use super::base::{BaseValue, BoxError, Element, NotNull, Null, Nullability, Nullable};
use bytes::BytesMut;
use std::borrow::Cow;

/// Something that can be written as an SQL `T`: a `T`, a reference to one, `&str` for text, a slice for an array, and
/// an `Option` of any of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an SQL `{T}`",
    label = "expected a value of type `{T}`, a reference to one or an `Option` of it"
)]
pub trait Input<T: BaseValue> {
    /// Whether it may be NULL.
    type Null: Nullability;

    /// Appends the value in PostgreSQL's binary format, or nothing when it is NULL.
    ///
    /// # Errors
    /// When the value is outside what PostgreSQL can hold.
    fn write(&self, out: &mut BytesMut) -> Result<Null, BoxError>;
}

impl<T: BaseValue> Input<T> for T {
    type Null = NotNull;

    fn write(&self, out: &mut BytesMut) -> Result<Null, BoxError> {
        self.encode(out).map(|()| Null::No)
    }
}

impl<T: BaseValue> Input<T> for &T {
    type Null = NotNull;

    fn write(&self, out: &mut BytesMut) -> Result<Null, BoxError> {
        self.encode(out).map(|()| Null::No)
    }
}

impl<T: BaseValue, V: Input<T>> Input<T> for Option<V> {
    type Null = Nullable;

    fn write(&self, out: &mut BytesMut) -> Result<Null, BoxError> {
        match self {
            Some(value) => value.write(out),
            None => Ok(Null::Yes),
        }
    }
}

impl<T: BaseValue, V: Input<T>> Input<T> for &Option<V> {
    type Null = Nullable;

    fn write(&self, out: &mut BytesMut) -> Result<Null, BoxError> {
        (*self).write(out)
    }
}

macro_rules! text {
    ($($ty:ty),*) => {$(
        impl Input<String> for $ty {
            type Null = NotNull;

            fn write(&self, out: &mut BytesMut) -> Result<Null, BoxError> {
                out.extend_from_slice(self.as_bytes());
                Ok(Null::No)
            }
        }
    )*};
}

text!(&str, Cow<'_, str>, Box<str>);

/// An integer that is sent as the numeric it is equal to. Not the integer itself, which stands for its own type where
/// nothing else says which is wanted.
#[cfg(feature = "rust_decimal")]
#[derive(Debug, Clone, Copy)]
pub struct AsDecimal<V>(pub(crate) V);

#[cfg(feature = "rust_decimal")]
#[diagnostic::do_not_recommend]
impl<V: Copy + Into<rust_decimal::Decimal>> Input<rust_decimal::Decimal> for AsDecimal<V> {
    type Null = NotNull;

    fn write(&self, out: &mut BytesMut) -> Result<Null, BoxError> {
        self.0.into().write(out)
    }
}

#[cfg(feature = "chrono")]
impl Input<super::Interval> for chrono::TimeDelta {
    type Null = NotNull;

    fn write(&self, out: &mut BytesMut) -> Result<Null, BoxError> {
        super::Interval::try_from(*self)?.write(out)
    }
}

impl Input<Vec<u8>> for &[u8] {
    type Null = NotNull;

    fn write(&self, out: &mut BytesMut) -> Result<Null, BoxError> {
        out.extend_from_slice(self);
        Ok(Null::No)
    }
}

macro_rules! elements {
    ($([$($generics:tt)*] $ty:ty => $element:ty, $input:ty;)*) => {$(
        impl<$($generics)*> Input<Vec<$element>> for $ty {
            type Null = NotNull;

            fn write(&self, out: &mut BytesMut) -> Result<Null, BoxError> {
                encode_array::<$element, $input>(<$element>::TYPE.param, self.iter(), out).map(|()| Null::No)
            }
        }
    )*};
}

elements! {
    [T: Element] &[T] => T, T;
    [T: Element, const N: usize] [T; N] => T, T;
    [T: Element, const N: usize] &[T; N] => T, T;
    ['a] &[&'a str] => String, &'a str;
    ['a] Vec<&'a str> => String, &'a str;
    ['a, const N: usize] [&'a str; N] => String, &'a str;
}

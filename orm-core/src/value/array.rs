//! Arrays of one dimension, in PostgreSQL's binary format.
//!
//! The format (`array_send` in PostgreSQL's source): dimensions, whether there are NULLs, the element type's OID; for
//! each dimension its length and lower bound; for each element its length (-1 is NULL) and its bytes.

use super::base::{BaseValue, BoxError, Element, Null, Value};
use super::bytes::{TRUNCATED, end, take_i32, take_sized};
use super::input::Input;
use crate::meta::{BulkMeta, TypeClass, TypeMeta};
use bytes::{BufMut, BytesMut};
use postgres_types::{Kind, Type};

impl<T: Element> BaseValue for Vec<T> {
    type This = Self;
    const TYPE: &'static TypeMeta = &array_type::<T>();

    fn encode(&self, out: &mut BytesMut) -> Result<(), BoxError> {
        encode_array(T::TYPE.param, self.iter(), out)
    }

    fn decode(ty: &Type, raw: &[u8]) -> Result<Self, BoxError> {
        decode_array(ty, raw)
    }
}

impl<T: Element> BaseValue for Vec<Option<T>> {
    type This = Self;
    const TYPE: &'static TypeMeta = &array_type::<T>();

    fn encode(&self, out: &mut BytesMut) -> Result<(), BoxError> {
        encode_array(T::TYPE.param, self.iter(), out)
    }

    fn decode(ty: &Type, raw: &[u8]) -> Result<Self, BoxError> {
        decode_array(ty, raw)
    }
}

const fn array_type<T: Element>() -> TypeMeta {
    TypeMeta {
        name: T::ARRAY_NAME,
        param: T::TYPE.bulk.param,
        cast: T::ARRAY_CAST,
        accepts: accepts_array::<T>,
        class: TypeClass::Other,
        bulk: BulkMeta { flattened: true, ..T::TYPE.bulk },
    }
}

fn accepts_array<T: Element>(ty: &Type) -> bool {
    matches!(ty.kind(), Kind::Array(element) if (T::TYPE.accepts)(element))
}

/// Writes the elements as an array of `element`s.
pub(crate) fn encode_array<'v, T: BaseValue, V: Input<T> + 'v>(
    element: &Type,
    elements: impl ExactSizeIterator<Item = &'v V>,
    out: &mut BytesMut,
) -> Result<(), BoxError> {
    // A guess that spares most of the growing: the lengths and some bytes of each.
    out.reserve(20 + elements.len().saturating_mul(4 + 16));
    put_array_header(element.oid(), elements.len(), out)?;
    for element in elements {
        put_sized(out, |out| element.write(out))?;
    }
    Ok(())
}

/// Everything before the elements.
pub(crate) fn put_array_header(element: u32, len: usize, out: &mut BytesMut) -> Result<(), BoxError> {
    let len = i32::try_from(len).map_err(|_| "the array has more than 2,147,483,647 elements")?;
    out.put_i32(i32::from(len > 0));
    // The flag for NULLs is not read by the server, which finds them by their length.
    out.put_i32(1);
    out.put_u32(element);
    if len > 0 {
        out.put_i32(len);
        out.put_i32(1);
    }
    Ok(())
}

/// The length of NULL.
const NO_LENGTH: [u8; 4] = (-1_i32).to_be_bytes();

/// Writes a value behind its length, -1 for NULL.
#[inline]
pub(crate) fn put_sized(
    out: &mut BytesMut,
    write: impl FnOnce(&mut BytesMut) -> Result<Null, BoxError>,
) -> Result<(), BoxError> {
    let start = out.len();
    // Known to be of four bytes where it is compiled, unlike what `put_i32` calls.
    out.extend_from_slice(&NO_LENGTH);
    if write(out)? == Null::No {
        let len = i32::try_from(out.len() - start - NO_LENGTH.len())
            .map_err(|_| "the value is longer than 2 GiB")?;
        if let Some(prefix) = out.get_mut(start..start + NO_LENGTH.len()) {
            prefix.copy_from_slice(&len.to_be_bytes());
        }
    }
    Ok(())
}

fn decode_array<V: Value>(ty: &Type, mut raw: &[u8]) -> Result<Vec<V>, BoxError> {
    let Kind::Array(element) = ty.kind() else { return Err("the value is not an array".into()) };
    let raw = &mut raw;
    let dimensions = take_i32(raw)?;
    let _has_nulls = take_i32(raw)?;
    let _element = take_i32(raw)?;
    match dimensions {
        0 => return Ok(Vec::new()),
        1 => {}
        _ => return Err("the array has more than one dimension".into()),
    }
    let len = usize::try_from(take_i32(raw)?)?;
    let _lower_bound = take_i32(raw)?;
    // An element takes at least its length's four bytes: a server cannot make us reserve more than it sent.
    if len > raw.len() / 4 {
        return Err(TRUNCATED.into());
    }
    let mut out = Vec::with_capacity(len);
    for _ in 0..len {
        out.push(V::from_field(element, take_sized(raw)?)?);
    }
    end(raw)?;
    Ok(out)
}

/// The number of elements of an array that was written here, and the elements.
pub(crate) fn split_array(array: &[u8]) -> (usize, &[u8]) {
    // Behind dimensions, flag and element type come, unless the array is empty, the length and the lower bound.
    match array.get(12..) {
        Some([a, b, c, d, _, _, _, _, elements @ ..]) => {
            (u32::from_be_bytes([*a, *b, *c, *d]) as usize, elements)
        }
        _ => (0, &[]),
    }
}

//! Taking PostgreSQL's binary formats apart.

use super::base::BoxError;

pub(super) const TRUNCATED: &str = "the value ends too soon";

/// The next `N` bytes.
pub(super) fn take<const N: usize>(raw: &mut &[u8]) -> Result<[u8; N], BoxError> {
    let (head, rest) = raw.split_first_chunk().ok_or(TRUNCATED)?;
    *raw = rest;
    Ok(*head)
}

pub(super) fn take_i32(raw: &mut &[u8]) -> Result<i32, BoxError> {
    take(raw).map(i32::from_be_bytes)
}

/// The next value, which stands behind its length; -1 is NULL.
pub(super) fn take_sized<'a>(raw: &mut &'a [u8]) -> Result<Option<&'a [u8]>, BoxError> {
    let len = take_i32(raw)?;
    if len == -1 {
        return Ok(None);
    }
    let len = usize::try_from(len).map_err(|_| "the value has a negative length")?;
    let (value, rest) = raw.split_at_checked(len).ok_or(TRUNCATED)?;
    *raw = rest;
    Ok(Some(value))
}

/// Nothing is left.
pub(super) fn end(raw: &[u8]) -> Result<(), BoxError> {
    if raw.is_empty() { Ok(()) } else { Err("there are bytes behind the value".into()) }
}

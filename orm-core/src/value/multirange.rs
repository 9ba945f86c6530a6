//! Multiranges: sets of ranges; PostgreSQL has them since version 14.

use super::array::put_sized;
use super::base::{BaseValue, BoxError, Element, Null};
use super::bytes::{end, take_i32, take_sized};
use super::range::{Range, RangeElement};
use crate::meta::TypeMeta;
use bytes::{BufMut, BytesMut};
use postgres_types::Type;
use std::fmt;

/// A set of ranges: `int4multirange` of `i32`, and so on as [`Range`].
///
/// ```
/// use mizzle::{Multirange, Range};
///
/// let open: Multirange<i32> = [8..12, 13..17].into_iter().map(Range::from).collect();
/// assert!(open.contains(&8) && !open.contains(&12));
/// assert_eq!(open.to_string(), "{[8,12),[13,17)}");
/// assert_eq!(open.ranges(), [Range::from(8..12), Range::from(13..17)]);
/// ```
///
/// The server sorts the ranges, joins those that touch and leaves out empty ones.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Multirange<T>(Vec<Range<T>>);

impl<T> Multirange<T> {
    /// The set of no ranges.
    ///
    /// ```
    /// assert_eq!(mizzle::Multirange::<i32>::empty().to_string(), "{}");
    /// ```
    pub const fn empty() -> Self {
        Multirange(Vec::new())
    }

    /// The ranges, in the order they were given in or came in.
    ///
    /// ```
    /// use mizzle::{Multirange, Range};
    ///
    /// assert_eq!(Multirange::from(vec![Range::from(1..2)]).ranges().len(), 1);
    /// ```
    pub fn ranges(&self) -> &[Range<T>] {
        &self.0
    }

    /// The ranges.
    ///
    /// ```
    /// use mizzle::{Multirange, Range};
    ///
    /// assert_eq!(Multirange::from(vec![Range::from(1..2)]).into_ranges(), vec![Range::from(1..2)]);
    /// ```
    pub fn into_ranges(self) -> Vec<Range<T>> {
        self.0
    }
}

impl<T: PartialOrd> Multirange<T> {
    /// Whether `value` is in one of the ranges.
    ///
    /// ```
    /// use mizzle::{Multirange, Range};
    ///
    /// assert!(Multirange::from(vec![Range::from(1..)]).contains(&7));
    /// ```
    pub fn contains(&self, value: &T) -> bool {
        self.0.iter().any(|range| range.contains(value))
    }
}

impl<T> From<Vec<Range<T>>> for Multirange<T> {
    fn from(ranges: Vec<Range<T>>) -> Self {
        Multirange(ranges)
    }
}

impl<T> FromIterator<Range<T>> for Multirange<T> {
    fn from_iter<I: IntoIterator<Item = Range<T>>>(ranges: I) -> Self {
        Multirange(ranges.into_iter().collect())
    }
}

impl<T> Default for Multirange<T> {
    fn default() -> Self {
        Multirange::empty()
    }
}

/// PostgreSQL's text form.
impl<T: fmt::Display> fmt::Display for Multirange<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("{")?;
        for (at, range) in self.0.iter().enumerate() {
            let comma = if at > 0 { "," } else { "" };
            write!(f, "{comma}{range}")?;
        }
        f.write_str("}")
    }
}

/// `multirange_send` in PostgreSQL's source: how many, and each behind its length.
impl<T: RangeElement> BaseValue for Multirange<T> {
    type This = Self;
    const TYPE: &'static TypeMeta = T::MULTIRANGE;

    const READS_TYPE: bool = false;

    fn encode(&self, out: &mut BytesMut) -> Result<(), BoxError> {
        let len =
            i32::try_from(self.0.len()).map_err(|_| "the multirange has more than 2,147,483,647 ranges")?;
        out.put_i32(len);
        for range in &self.0 {
            put_sized(out, |out| range.encode(out).map(|()| Null::No))?;
        }
        Ok(())
    }

    fn decode(_: &Type, mut raw: &[u8]) -> Result<Self, BoxError> {
        let raw = &mut raw;
        let len = take_i32(raw)?;
        // Nothing is reserved for what the server only says that it sends.
        let mut ranges = Vec::new();
        for _ in 0..len {
            let range = take_sized(raw)?.ok_or("a range of a multirange is NULL")?;
            ranges.push(Range::decode(T::RANGE.param, range)?);
        }
        end(raw)?;
        Ok(Multirange(ranges))
    }
}

impl<T: RangeElement> Element for Multirange<T> {
    const ARRAY_NAME: &'static str = T::MULTIRANGE_ARRAY;
    const ARRAY_CAST: &'static str = "";
}

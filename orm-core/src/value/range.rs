//! Ranges; see the manual's [range types](https://www.postgresql.org/docs/current/rangetypes.html).

use super::array::put_sized;
use super::base::{BaseValue, BoxError, Element, Null};
use super::bytes::{end, take, take_sized};
use crate::meta::{BulkMeta, TypeClass, TypeMeta};
use bytes::{BufMut, BytesMut};
use postgres_types::Type;
use std::fmt::{self, Write as _};
use std::ops::{self, Bound, RangeBounds};

/// A range of `T`s: `int4range` of `i32`, `int8range` of `i64`, `numrange` of `Decimal`, `daterange` of `NaiveDate`,
/// `tsrange` of `NaiveDateTime`, `tstzrange` of `DateTime<Utc>`.
///
/// ```
/// use mizzle::Range;
///
/// let open = Range::from(9..17);
/// assert!(open.contains(&9) && !open.contains(&17));
/// assert_eq!(open.to_string(), "[9,17)");
/// assert_eq!(Range::from(9..).to_string(), "[9,)");
/// assert!(Range::from(..).contains(&i64::MIN));
/// ```
///
/// The server writes ranges of integers and dates with the lower bound included and the upper one not: `[1,5]` comes
/// back as `[1,6)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Range<T>(Bounds<T>);

/// An empty range has no bounds, as in PostgreSQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Bounds<T> {
    Empty,
    Between(Bound<T>, Bound<T>),
}

impl<T> Range<T> {
    /// The range that contains nothing.
    ///
    /// ```
    /// use mizzle::Range;
    ///
    /// assert_eq!(Range::<i32>::empty().to_string(), "empty");
    /// ```
    pub const fn empty() -> Self {
        Range(Bounds::Empty)
    }

    /// Whether it contains nothing.
    ///
    /// ```
    /// use mizzle::Range;
    ///
    /// assert!(Range::from(5..5).is_empty() && !Range::from(5..=5).is_empty());
    /// ```
    pub const fn is_empty(&self) -> bool {
        matches!(self.0, Bounds::Empty)
    }

    /// Where it begins; nothing if it is empty.
    ///
    /// ```
    /// use mizzle::Range;
    /// use std::ops::Bound;
    ///
    /// assert_eq!(Range::from(1..5).lower(), Some(Bound::Included(&1)));
    /// assert_eq!(Range::from(..5).lower(), Some(Bound::Unbounded));
    /// ```
    pub fn lower(&self) -> Option<Bound<&T>> {
        match &self.0 {
            Bounds::Empty => None,
            Bounds::Between(lower, _) => Some(lower.as_ref()),
        }
    }

    /// Where it ends; nothing if it is empty.
    ///
    /// ```
    /// use mizzle::Range;
    /// use std::ops::Bound;
    ///
    /// assert_eq!(Range::from(1..5).upper(), Some(Bound::Excluded(&5)));
    /// assert_eq!(Range::<i32>::empty().upper(), None);
    /// ```
    pub fn upper(&self) -> Option<Bound<&T>> {
        match &self.0 {
            Bounds::Empty => None,
            Bounds::Between(_, upper) => Some(upper.as_ref()),
        }
    }

    /// Both ends; nothing if it is empty.
    ///
    /// ```
    /// use mizzle::Range;
    /// use std::ops::Bound;
    ///
    /// assert_eq!(Range::from(1..).into_bounds(), Some((Bound::Included(1), Bound::Unbounded)));
    /// ```
    pub fn into_bounds(self) -> Option<(Bound<T>, Bound<T>)> {
        match self.0 {
            Bounds::Empty => None,
            Bounds::Between(lower, upper) => Some((lower, upper)),
        }
    }
}

impl<T: PartialOrd> Range<T> {
    /// The range between two bounds; empty if they are equal and not both included. A lower bound above the upper one is
    /// refused by the server.
    ///
    /// ```
    /// use mizzle::Range;
    /// use std::ops::Bound;
    ///
    /// assert_eq!(Range::new(Bound::Excluded(1), Bound::Included(5)).to_string(), "(1,5]");
    /// assert_eq!(Range::new(Bound::Excluded(1), Bound::Included(1)), Range::empty());
    /// ```
    pub fn new(lower: Bound<T>, upper: Bound<T>) -> Self {
        let empty = match (&lower, &upper) {
            (Bound::Unbounded, _) | (_, Bound::Unbounded) | (Bound::Included(_), Bound::Included(_)) => false,
            (Bound::Included(a) | Bound::Excluded(a), Bound::Included(b) | Bound::Excluded(b)) => a == b,
        };
        Range(if empty { Bounds::Empty } else { Bounds::Between(lower, upper) })
    }

    /// Whether `value` is in the range.
    ///
    /// ```
    /// use mizzle::Range;
    ///
    /// assert!(Range::from(1..=5).contains(&5));
    /// assert!(!Range::empty().contains(&5));
    /// ```
    pub fn contains(&self, value: &T) -> bool {
        match &self.0 {
            Bounds::Empty => false,
            Bounds::Between(lower, upper) => (lower.as_ref(), upper.as_ref()).contains(value),
        }
    }
}

macro_rules! from {
    ($($ty:ty, $range:pat => $lower:expr, $upper:expr;)+) => {$(
        impl<T: PartialOrd> From<$ty> for Range<T> {
            fn from($range: $ty) -> Self {
                Range::new($lower, $upper)
            }
        }
    )+};
}

from! {
    ops::Range<T>, ops::Range { start, end } => Bound::Included(start), Bound::Excluded(end);
    ops::RangeFrom<T>, ops::RangeFrom { start } => Bound::Included(start), Bound::Unbounded;
    ops::RangeTo<T>, ops::RangeTo { end } => Bound::Unbounded, Bound::Excluded(end);
    ops::RangeToInclusive<T>, ops::RangeToInclusive { end } => Bound::Unbounded, Bound::Included(end);
    ops::RangeFull, _ => Bound::Unbounded, Bound::Unbounded;
    (Bound<T>, Bound<T>), (lower, upper) => lower, upper;
}

impl<T: PartialOrd> From<ops::RangeInclusive<T>> for Range<T> {
    fn from(range: ops::RangeInclusive<T>) -> Self {
        let (start, end) = range.into_inner();
        Range::new(Bound::Included(start), Bound::Included(end))
    }
}

/// PostgreSQL's text form.
impl<T: fmt::Display> fmt::Display for Range<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Bounds::Between(lower, upper) = &self.0 else { return f.write_str("empty") };
        f.write_str(if matches!(lower, Bound::Included(_)) { "[" } else { "(" })?;
        write_bound(f, lower)?;
        f.write_str(",")?;
        write_bound(f, upper)?;
        f.write_str(if matches!(upper, Bound::Included(_)) { "]" } else { ")" })
    }
}

fn write_bound<T: fmt::Display>(f: &mut fmt::Formatter<'_>, bound: &Bound<T>) -> fmt::Result {
    let (Bound::Included(value) | Bound::Excluded(value)) = bound else { return Ok(()) };
    let text = value.to_string();
    let special =
        |char: char| char.is_whitespace() || matches!(char, '"' | '\\' | ',' | '(' | ')' | '[' | ']');
    if text.is_empty() || text.contains(special) {
        f.write_str("\"")?;
        for char in text.chars() {
            if matches!(char, '"' | '\\') {
                f.write_char(char)?;
            }
            f.write_char(char)?;
        }
        f.write_str("\"")
    } else {
        f.write_str(&text)
    }
}

/// A type of which PostgreSQL has ranges.
#[diagnostic::on_unimplemented(
    message = "PostgreSQL has no range type of `{Self}`",
    label = "expected `i32`, `i64`, `Decimal`, `NaiveDate`, `NaiveDateTime` or `DateTime<Utc>`"
)]
pub trait RangeElement: Element + PartialOrd {
    /// The range type.
    const RANGE: &'static TypeMeta;
    /// The SQL name of the arrays of ranges.
    const RANGE_ARRAY: &'static str;
    /// The multirange type.
    const MULTIRANGE: &'static TypeMeta;
    /// The SQL name of the arrays of multiranges.
    const MULTIRANGE_ARRAY: &'static str;
}

macro_rules! range_elements {
    ($($(#[$cfg:meta])* $ty:ty =>
        $range:literal $type:ident $array:ident, $multirange:literal $multitype:ident $multiarray:ident;)*) => {$(
        $(#[$cfg])*
        impl RangeElement for $ty {
            const RANGE: &'static TypeMeta = &TypeMeta {
                name: $range,
                param: &Type::$type,
                cast: "",
                accepts: |ty| *ty == Type::$type,
                class: TypeClass::Other,
                bulk: BulkMeta { param: &Type::$array, name: Self::RANGE_ARRAY, flattened: false },
            };
            const RANGE_ARRAY: &'static str = concat!($range, "[]");
            const MULTIRANGE: &'static TypeMeta = &TypeMeta {
                name: $multirange,
                param: &Type::$multitype,
                cast: "",
                accepts: |ty| *ty == Type::$multitype,
                class: TypeClass::Other,
                bulk: BulkMeta { param: &Type::$multiarray, name: Self::MULTIRANGE_ARRAY, flattened: false },
            };
            const MULTIRANGE_ARRAY: &'static str = concat!($multirange, "[]");
        }
    )*};
}

range_elements! {
    i32 => "int4range" INT4_RANGE INT4_RANGE_ARRAY, "int4multirange" INT4MULTI_RANGE INT4MULTI_RANGE_ARRAY;
    i64 => "int8range" INT8_RANGE INT8_RANGE_ARRAY, "int8multirange" INT8MULTI_RANGE INT8MULTI_RANGE_ARRAY;
    #[cfg(feature = "rust_decimal")]
    rust_decimal::Decimal =>
        "numrange" NUM_RANGE NUM_RANGE_ARRAY, "nummultirange" NUMMULTI_RANGE NUMMULTI_RANGE_ARRAY;
    #[cfg(feature = "chrono")]
    chrono::NaiveDate =>
        "daterange" DATE_RANGE DATE_RANGE_ARRAY, "datemultirange" DATEMULTI_RANGE DATEMULTI_RANGE_ARRAY;
    #[cfg(feature = "chrono")]
    chrono::NaiveDateTime =>
        "tsrange" TS_RANGE TS_RANGE_ARRAY, "tsmultirange" TSMULTI_RANGE TSMULTI_RANGE_ARRAY;
    #[cfg(feature = "chrono")]
    chrono::DateTime<chrono::Utc> =>
        "tstzrange" TSTZ_RANGE TSTZ_RANGE_ARRAY, "tstzmultirange" TSTZMULTI_RANGE TSTZMULTI_RANGE_ARRAY;
}

/// What the first byte of the binary format says (`range_send` in PostgreSQL's source); the bounds that there are
/// follow, each behind its length.
pub(super) mod flag {
    pub(in crate::value) const EMPTY: u8 = 0x01;
    pub(in crate::value) const LOWER_INCLUDED: u8 = 0x02;
    pub(in crate::value) const UPPER_INCLUDED: u8 = 0x04;
    pub(in crate::value) const LOWER_UNBOUNDED: u8 = 0x08;
    pub(in crate::value) const UPPER_UNBOUNDED: u8 = 0x10;
}

impl<T: RangeElement> BaseValue for Range<T> {
    type This = Self;
    const TYPE: &'static TypeMeta = T::RANGE;

    const READS_TYPE: bool = false;

    fn encode(&self, out: &mut BytesMut) -> Result<(), BoxError> {
        let Bounds::Between(lower, upper) = &self.0 else {
            out.put_u8(flag::EMPTY);
            return Ok(());
        };
        let lower_flag = match lower {
            Bound::Included(_) => flag::LOWER_INCLUDED,
            Bound::Excluded(_) => 0,
            Bound::Unbounded => flag::LOWER_UNBOUNDED,
        };
        let upper_flag = match upper {
            Bound::Included(_) => flag::UPPER_INCLUDED,
            Bound::Excluded(_) => 0,
            Bound::Unbounded => flag::UPPER_UNBOUNDED,
        };
        out.put_u8(lower_flag | upper_flag);
        for bound in [lower, upper] {
            if let Bound::Included(value) | Bound::Excluded(value) = bound {
                put_sized(out, |out| value.encode(out).map(|()| Null::No))?;
            }
        }
        Ok(())
    }

    fn decode(_: &Type, mut raw: &[u8]) -> Result<Self, BoxError> {
        let raw = &mut raw;
        let [flags] = take(raw)?;
        if flags & flag::EMPTY != 0 {
            end(raw)?;
            return Ok(Range::empty());
        }
        let lower = take_bound(raw, flags & flag::LOWER_UNBOUNDED != 0, flags & flag::LOWER_INCLUDED != 0)?;
        let upper = take_bound(raw, flags & flag::UPPER_UNBOUNDED != 0, flags & flag::UPPER_INCLUDED != 0)?;
        end(raw)?;
        Ok(Range::new(lower, upper))
    }
}

fn take_bound<T: BaseValue>(raw: &mut &[u8], unbounded: bool, included: bool) -> Result<Bound<T>, BoxError> {
    if unbounded {
        return Ok(Bound::Unbounded);
    }
    let value = take_sized(raw)?.ok_or("the bound of a range is NULL")?;
    let value = T::decode(T::TYPE.param, value)?;
    Ok(if included { Bound::Included(value) } else { Bound::Excluded(value) })
}

impl<T: RangeElement> Element for Range<T> {
    const ARRAY_NAME: &'static str = T::RANGE_ARRAY;
    const ARRAY_CAST: &'static str = "";
}

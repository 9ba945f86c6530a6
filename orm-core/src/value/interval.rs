//! `interval`: months, days and microseconds, which PostgreSQL keeps apart.
//!
//! A month has no fixed number of days and a day, where clocks change, no fixed number of hours; see the manual's
//! [interval input](https://www.postgresql.org/docs/current/datatype-datetime.html#DATATYPE-INTERVAL-INPUT).

use super::base::{BaseValue, BoxError, Element};
use super::bytes::{end, take};
use crate::meta::{BulkMeta, TypeClass, TypeMeta};
use bytes::{BufMut, BytesMut};
use postgres_types::Type;
use std::fmt;
use std::time::Duration;

/// An `interval`: three numbers, of which none is carried over into another.
///
/// ```
/// use mizzle::Interval;
///
/// let shift = Interval { months: 1, ..Interval::hours(36) };
/// assert_eq!(shift.to_string(), "P1MT36H");
/// assert_ne!(Interval::hours(24), Interval::days(1));
/// ```
///
/// It displays as ISO 8601, which PostgreSQL reads too. There is no order: whether a month is longer than 30 days
/// depends on the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Interval {
    /// Months; years are twelve of them.
    pub months: i32,
    /// Days.
    pub days: i32,
    /// Microseconds; hours, minutes and seconds are so many of them.
    pub microseconds: i64,
}

const SECOND: i64 = 1_000_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

/// The arguments are of such a width that their product always fits.
impl Interval {
    /// No time at all.
    pub const ZERO: Interval = Interval { months: 0, days: 0, microseconds: 0 };

    /// What PostgreSQL 17 and newer call `infinity`; to older servers it is the longest interval.
    ///
    /// ```
    /// use mizzle::Interval;
    ///
    /// assert_eq!(Interval::INFINITY.to_string(), "infinity");
    /// assert!(!Interval::INFINITY.is_finite());
    /// ```
    pub const INFINITY: Interval = Interval { months: i32::MAX, days: i32::MAX, microseconds: i64::MAX };

    /// What PostgreSQL 17 and newer call `-infinity`.
    pub const NEG_INFINITY: Interval = Interval { months: i32::MIN, days: i32::MIN, microseconds: i64::MIN };

    /// So many times twelve months.
    ///
    /// ```
    /// assert_eq!(mizzle::Interval::years(2).months, 24);
    /// ```
    pub const fn years(years: i16) -> Self {
        Interval::months(years as i32 * 12)
    }

    /// So many months.
    ///
    /// ```
    /// assert_eq!(mizzle::Interval::months(3).to_string(), "P3M");
    /// ```
    pub const fn months(months: i32) -> Self {
        Interval { months, ..Interval::ZERO }
    }

    /// So many times seven days.
    ///
    /// ```
    /// assert_eq!(mizzle::Interval::weeks(-2).days, -14);
    /// ```
    pub const fn weeks(weeks: i16) -> Self {
        Interval::days(weeks as i32 * 7)
    }

    /// So many days.
    ///
    /// ```
    /// assert_eq!(mizzle::Interval::days(3).to_string(), "P3D");
    /// ```
    pub const fn days(days: i32) -> Self {
        Interval { days, ..Interval::ZERO }
    }

    /// So many hours.
    ///
    /// ```
    /// assert_eq!(mizzle::Interval::hours(36).to_string(), "PT36H");
    /// ```
    pub const fn hours(hours: i32) -> Self {
        Interval::microseconds(hours as i64 * HOUR)
    }

    /// So many minutes.
    ///
    /// ```
    /// assert_eq!(mizzle::Interval::minutes(90).to_string(), "PT1H30M");
    /// ```
    pub const fn minutes(minutes: i32) -> Self {
        Interval::microseconds(minutes as i64 * MINUTE)
    }

    /// So many seconds.
    ///
    /// ```
    /// assert_eq!(mizzle::Interval::seconds(-1).to_string(), "PT-1S");
    /// ```
    pub const fn seconds(seconds: i32) -> Self {
        Interval::microseconds(seconds as i64 * SECOND)
    }

    /// So many thousandths of a second.
    ///
    /// ```
    /// assert_eq!(mizzle::Interval::milliseconds(1_500).to_string(), "PT1.5S");
    /// ```
    pub const fn milliseconds(milliseconds: i32) -> Self {
        Interval::microseconds(milliseconds as i64 * 1_000)
    }

    /// So many millionths of a second.
    ///
    /// ```
    /// assert_eq!(mizzle::Interval::microseconds(1).to_string(), "PT0.000001S");
    /// ```
    pub const fn microseconds(microseconds: i64) -> Self {
        Interval { microseconds, ..Interval::ZERO }
    }

    /// Field by field, or nothing when one of them overflows.
    ///
    /// ```
    /// use mizzle::Interval;
    ///
    /// let sum = Interval::days(1).checked_add(Interval::hours(2));
    /// assert_eq!(sum, Some(Interval { days: 1, ..Interval::hours(2) }));
    /// assert_eq!(Interval::days(i32::MAX).checked_add(Interval::days(1)), None);
    /// ```
    pub const fn checked_add(self, other: Self) -> Option<Self> {
        match (
            self.months.checked_add(other.months),
            self.days.checked_add(other.days),
            self.microseconds.checked_add(other.microseconds),
        ) {
            (Some(months), Some(days), Some(microseconds)) => Some(Interval { months, days, microseconds }),
            _ => None,
        }
    }

    /// Field by field, or nothing when one of them overflows.
    ///
    /// ```
    /// use mizzle::Interval;
    ///
    /// assert_eq!(Interval::days(1).checked_sub(Interval::days(3)), Some(Interval::days(-2)));
    /// assert_eq!(Interval::days(i32::MIN).checked_sub(Interval::days(1)), None);
    /// ```
    pub const fn checked_sub(self, other: Self) -> Option<Self> {
        match other.checked_neg() {
            Some(other) => self.checked_add(other),
            None => None,
        }
    }

    /// The same backwards, or nothing when a field has no opposite.
    ///
    /// ```
    /// use mizzle::Interval;
    ///
    /// assert_eq!(Interval::months(3).checked_neg(), Some(Interval::months(-3)));
    /// assert_eq!(Interval::months(i32::MIN).checked_neg(), None);
    /// ```
    pub const fn checked_neg(self) -> Option<Self> {
        match (self.months.checked_neg(), self.days.checked_neg(), self.microseconds.checked_neg()) {
            (Some(months), Some(days), Some(microseconds)) => Some(Interval { months, days, microseconds }),
            _ => None,
        }
    }

    /// Whether it is neither [`INFINITY`](Interval::INFINITY) nor [`NEG_INFINITY`](Interval::NEG_INFINITY).
    ///
    /// ```
    /// assert!(mizzle::Interval::ZERO.is_finite());
    /// ```
    pub fn is_finite(self) -> bool {
        self != Interval::INFINITY && self != Interval::NEG_INFINITY
    }
}

/// A length of time that has more microseconds than an `i64` counts: 292,000 years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IntervalOverflow(());

impl fmt::Display for IntervalOverflow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the duration has more microseconds than an interval can hold")
    }
}

impl std::error::Error for IntervalOverflow {}

/// Whole microseconds, as timestamps have them too: what is less is dropped.
///
/// ```
/// use mizzle::Interval;
/// use std::time::Duration;
///
/// assert_eq!(Interval::try_from(Duration::from_millis(1_500)), Ok(Interval::milliseconds(1_500)));
/// assert!(Interval::try_from(Duration::MAX).is_err());
/// ```
impl TryFrom<Duration> for Interval {
    type Error = IntervalOverflow;

    fn try_from(duration: Duration) -> Result<Self, IntervalOverflow> {
        i64::try_from(duration.as_micros()).map(Interval::microseconds).map_err(|_| IntervalOverflow(()))
    }
}

/// Whole microseconds, as timestamps have them too: what is less is dropped.
///
/// ```
/// use mizzle::Interval;
/// use chrono::TimeDelta;
///
/// assert_eq!(Interval::try_from(TimeDelta::days(-1)), Ok(Interval::hours(-24)));
/// assert!(Interval::try_from(TimeDelta::MAX).is_err());
/// ```
#[cfg(feature = "chrono")]
impl TryFrom<chrono::TimeDelta> for Interval {
    type Error = IntervalOverflow;

    fn try_from(delta: chrono::TimeDelta) -> Result<Self, IntervalOverflow> {
        delta.num_microseconds().map(Interval::microseconds).ok_or(IntervalOverflow(()))
    }
}

/// ISO 8601 as PostgreSQL writes it when `intervalstyle` is `iso_8601`, but for years, which stay months.
impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Interval::INFINITY => return f.write_str("infinity"),
            Interval::NEG_INFINITY => return f.write_str("-infinity"),
            Interval::ZERO => return f.write_str("PT0S"),
            _ => f.write_str("P")?,
        }
        let Interval { months, days, microseconds } = *self;
        write_unit(f, months.into(), "M")?;
        write_unit(f, days.into(), "D")?;
        if microseconds == 0 {
            return Ok(());
        }
        f.write_str("T")?;
        write_unit(f, microseconds / HOUR, "H")?;
        write_unit(f, microseconds % HOUR / MINUTE, "M")?;
        let rest = microseconds % MINUTE;
        if rest != 0 {
            let sign = if rest < 0 { "-" } else { "" };
            let fraction = format!("{:06}", (rest % SECOND).unsigned_abs());
            write!(f, "{sign}{}", (rest / SECOND).unsigned_abs())?;
            match fraction.trim_end_matches('0') {
                "" => f.write_str("S")?,
                digits => write!(f, ".{digits}S")?,
            }
        }
        Ok(())
    }
}

fn write_unit(f: &mut fmt::Formatter<'_>, number: i64, unit: &str) -> fmt::Result {
    if number == 0 { Ok(()) } else { write!(f, "{number}{unit}") }
}

/// `interval_send` in PostgreSQL's source: microseconds, days, months.
impl BaseValue for Interval {
    type This = Self;
    const TYPE: &'static TypeMeta = &TypeMeta {
        name: "interval",
        param: &Type::INTERVAL,
        cast: "",
        accepts: |ty| *ty == Type::INTERVAL,
        class: TypeClass::Other,
        bulk: BulkMeta { param: &Type::INTERVAL_ARRAY, name: "interval[]", flattened: false },
    };

    const READS_TYPE: bool = false;

    fn encode(&self, out: &mut BytesMut) -> Result<(), BoxError> {
        out.put_i64(self.microseconds);
        out.put_i32(self.days);
        out.put_i32(self.months);
        Ok(())
    }

    fn decode(_: &Type, mut raw: &[u8]) -> Result<Self, BoxError> {
        let raw = &mut raw;
        let microseconds = i64::from_be_bytes(take(raw)?);
        let days = i32::from_be_bytes(take(raw)?);
        let months = i32::from_be_bytes(take(raw)?);
        end(raw)?;
        Ok(Interval { months, days, microseconds })
    }
}

impl Element for Interval {
    const ARRAY_NAME: &'static str = "interval[]";
    const ARRAY_CAST: &'static str = "";
}

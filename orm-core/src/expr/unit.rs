//! Units of time, for `date_trunc` and `extract`.
//!
//! They are part of a statement's text, so that an expression with one can be named again in GROUP BY.
//!
//! ```
//! # use mizzle::prelude::*;
//! # #[derive(Table)]
//! # #[orm(table = "shifts")]
//! # struct Shift { #[orm(primary_key, identity)] id: i64, length: Interval }
//! let hours = select((extract(unit::Epoch, Shift.length) / 3600.0, date_trunc(unit::Hour, Shift.length))).from(Shift);
//! ```

/// A unit that a time can be cut down to.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a unit of time that can be cut down to",
    label = "expected one of `unit::Second`, `unit::Day`, `unit::Month`, .."
)]
pub trait Unit {
    /// The unit itself.
    type This;
    /// `date_trunc('day', `
    const TRUNC: &'static str;
}

/// A field of a time that can be read.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a field of a time",
    label = "expected one of `unit::Epoch`, `unit::Day`, `unit::Dow`, .."
)]
pub trait Field {
    /// The field itself.
    type This;
    /// `cast(extract(day from `
    const EXTRACT: &'static str;
}

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident $text:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl Field for $name {
            type This = Self;
            const EXTRACT: &'static str = concat!("cast(extract(", $text, " from ");
        }
    )*};
}

macro_rules! units {
    ($($(#[$doc:meta])* $name:ident $text:literal;)*) => {
        fields!($($(#[$doc])* $name $text;)*);

        $(impl Unit for $name {
            type This = Self;
            const TRUNC: &'static str = concat!("date_trunc('", $text, "', ");
        })*
    };
}

units! {
    /// `microseconds`; as a field, those of the seconds too
    Microseconds "microseconds";
    /// `milliseconds`; as a field, those of the seconds too
    Milliseconds "milliseconds";
    /// `second`; as a field, with its fraction
    Second "second";
    /// `minute`
    Minute "minute";
    /// `hour`
    Hour "hour";
    /// `day`
    Day "day";
    /// `week`, from Monday
    Week "week";
    /// `month`
    Month "month";
    /// `quarter`
    Quarter "quarter";
    /// `year`
    Year "year";
    /// `decade`
    Decade "decade";
    /// `century`
    Century "century";
    /// `millennium`
    Millennium "millennium";
}

fields! {
    /// `epoch`: all of it in seconds, since 1970 if it is no interval
    Epoch "epoch";
    /// `dow`: the day of the week, Sunday being 0
    Dow "dow";
    /// `isodow`: the day of the week, Sunday being 7
    Isodow "isodow";
    /// `doy`: the day of the year
    Doy "doy";
    /// `isoyear`: the year that the week belongs to
    Isoyear "isoyear";
}

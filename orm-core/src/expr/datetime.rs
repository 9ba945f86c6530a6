//! Dates and times: their functions, and `+` and `-` of them.

use super::arithmetic::{Calculate, Calculation, Divided, Minus, Plus, Times};
use super::infix::{Infix, Operation};
use super::unit::{Field, Unit};
use super::{Call, Expr, Function, Param, Strict};
use crate::sql::Level;
use crate::table::{Col, Column, Source};
use crate::value::{BaseValue, Interval};
use std::marker::PhantomData;

#[cfg(feature = "chrono")]
use {
    super::IntoExpr,
    super::function::{example, function},
    crate::sql_function,
    chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc},
};

/// A type of date, time or interval.
#[diagnostic::on_unimplemented(
    message = "an SQL `{Self}` is not a date, a time or an interval",
    label = "a time has such fields"
)]
pub trait Temporal: BaseValue {}

/// A type of time that can be cut down to a unit.
#[diagnostic::on_unimplemented(
    message = "an SQL `{Self}` cannot be cut down to a unit of time",
    label = "expected a timestamp or an interval",
    note = "a date becomes a timestamp by `.cast::<NaiveDateTime>()`"
)]
pub trait Truncates: BaseValue {}

impl Temporal for Interval {}
impl Truncates for Interval {}

#[cfg(feature = "chrono")]
mod chrono_types {
    use super::*;

    impl Temporal for NaiveDate {}
    impl Temporal for NaiveTime {}
    impl Temporal for NaiveDateTime {}
    impl Temporal for DateTime<Utc> {}
    impl Truncates for NaiveDateTime {}
    impl Truncates for DateTime<Utc> {}
}

/// The operator `O` between an SQL `L` and an SQL `Self` makes a date, a time or an interval.
#[diagnostic::on_unimplemented(
    message = "an SQL `{L}` cannot be calculated with an SQL `{Self}`",
    label = "no operator of PostgreSQL's takes these",
    note = "a timestamp takes an `Interval`, a date an `Interval` or an `i32` of days"
)]
pub trait Shifts<O, L> {
    /// What it makes.
    type Value: BaseValue;
}

/// An operand whose type tells what the operator makes: an expression, or a value of a few types.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be calculated with beside a date, a time or an interval",
    label = "expected an expression or a value such as `Interval::hours(24)`"
)]
pub trait Operand {
    /// The type as in SQL.
    type Base: BaseValue;
    /// The expression.
    type Expr: Expr<Base = Self::Base>;

    /// The expression.
    fn into_operand(self) -> Self::Expr;
}

/// `O` between operands of different types, so that neither takes the other's casts.
#[derive(Debug, Clone, Copy)]
pub struct Shift<O>(PhantomData<O>);

impl<O: Operation> Operation for Shift<O> {
    const TEXT: &'static str = O::TEXT;
    const LEVEL: Level = O::LEVEL;
    type Rule = O::Rule;
    const ALIKE: bool = false;
}

macro_rules! shifts {
    (operands $($operand:ty),*; $($ty:ty: $($operation:ident $right:ty => $value:ty),*;)*) => {
        $(impl Operand for $operand {
            type Base = $operand;
            type Expr = Param<$operand, $operand>;

            fn into_operand(self) -> Self::Expr {
                Param(self, PhantomData)
            }
        })*

        $($(impl Shifts<$operation, $ty> for $right {
            type Value = $value;
        })*

        impl<O: Calculation, R: Operand, B> Calculate<O, R, B> for $ty
        where
            R::Base: Shifts<O, $ty>,
        {
            type Operation = Shift<O>;
            type Right = R::Expr;
            type Value = <R::Base as Shifts<O, $ty>>::Value;

            fn right(right: R) -> R::Expr {
                right.into_operand()
            }
        })*
    };
}

shifts! {
    operands i16, i32, i64, f64, Interval;
    Interval:
        Plus Interval => Interval, Minus Interval => Interval,
        Times i16 => Interval, Times i32 => Interval, Times i64 => Interval, Times f64 => Interval,
        Divided i16 => Interval, Divided i32 => Interval, Divided i64 => Interval, Divided f64 => Interval;
}

/// `interval * number`, where the number is an expression.
impl<E> std::ops::Mul<E> for Interval
where
    E: Expr<Base: Shifts<Times, Interval>>,
{
    type Output = Infix<Shift<Times>, Param<Interval, Interval>, E, Interval>;

    fn mul(self, number: E) -> Self::Output {
        Infix::new(Param(self, PhantomData), number)
    }
}

/// `number * interval`, where the number is a column. Of other expressions the compiler could not rule out that an
/// interval stands for a number beside them.
macro_rules! times_interval {
    ($($ty:ty),*) => {$(
        impl<C: Column, S: Source> Calculate<Times, Interval, Col<C, S>> for $ty {
            type Operation = Shift<Times>;
            type Right = Param<Interval, Interval>;
            type Value = Interval;

            fn right(interval: Interval) -> Self::Right {
                Param(interval, PhantomData)
            }
        }
    )*};
}

times_interval!(i16, i32, i64, f64);

#[cfg(feature = "chrono")]
impl Operand for chrono::TimeDelta {
    type Base = Interval;
    type Expr = Param<Self, Interval>;

    fn into_operand(self) -> Self::Expr {
        Param(self, PhantomData)
    }
}

#[cfg(feature = "chrono")]
shifts! {
    operands NaiveDate, NaiveTime, NaiveDateTime, DateTime<Utc>;
    DateTime<Utc>:
        Plus Interval => DateTime<Utc>, Minus Interval => DateTime<Utc>, Minus DateTime<Utc> => Interval;
    NaiveDateTime:
        Plus Interval => NaiveDateTime, Minus Interval => NaiveDateTime, Minus NaiveDateTime => Interval;
    NaiveDate:
        Plus i32 => NaiveDate, Minus i32 => NaiveDate, Minus NaiveDate => i32,
        Plus Interval => NaiveDateTime, Minus Interval => NaiveDateTime, Plus NaiveTime => NaiveDateTime;
    NaiveTime:
        Plus Interval => NaiveTime, Minus Interval => NaiveTime, Minus NaiveTime => Interval;
}

#[doc(hidden)]
#[allow(non_camel_case_types)]
#[derive(Debug, Clone, Copy)]
pub struct date_trunc<U> {
    unit: PhantomData<U>,
}

impl<U: Unit + 'static, E: Expr> Function<(E,)> for date_trunc<U> {
    const OPEN: &'static str = U::TRUNC;
    type Base = E::Base;
    type Rule = Strict;
}

/// `date_trunc('unit', time)`: the time with everything smaller than the unit set to its start.
///
/// ```
/// # use mizzle::prelude::*;
/// # #[derive(Table)]
/// # #[orm(table = "shifts")]
/// # struct Shift { #[orm(primary_key, identity)] id: i64, length: Interval }
/// let whole_hours = select(date_trunc(unit::Hour, Shift.length)).from(Shift);
/// ```
pub fn date_trunc<U: Unit<This = M>, M, E: Expr<Base: Truncates>>(
    _: U,
    time: E,
) -> Call<date_trunc<M>, (E,)> {
    Call::new((time,))
}

#[doc(hidden)]
#[allow(non_camel_case_types)]
#[derive(Debug, Clone, Copy)]
pub struct extract<U> {
    field: PhantomData<U>,
}

impl<U: Field + 'static, E> Function<(E,)> for extract<U> {
    const OPEN: &'static str = U::EXTRACT;
    const CLOSE: &'static str = ") as double precision)";
    type Base = f64;
    type Rule = Strict;
}

/// `extract(field from time)`, as `double precision`.
///
/// ```
/// # use mizzle::prelude::*;
/// # #[derive(Table)]
/// # #[orm(table = "shifts")]
/// # struct Shift { #[orm(primary_key, identity)] id: i64, length: Interval }
/// let long = select(Shift).filter(extract(unit::Epoch, Shift.length).gt(3600.0));
/// ```
pub fn extract<U: Field<This = M>, M, E: Expr<Base: Temporal>>(_: U, time: E) -> Call<extract<M>, (E,)> {
    Call::new((time,))
}

#[cfg(feature = "chrono")]
sql_function! {
    /// `now()`: when the transaction began.
    #[doc = example!("now() - Interval::hours(24)")]
    pub fn now() -> DateTime<Utc>
}

#[cfg(feature = "chrono")]
function!(current_date (), [] "current_date" "", NaiveDate, Strict);

/// `current_date`: the day on which the transaction began, in the session's time zone.
#[cfg(feature = "chrono")]
#[doc = example!("current_date() - 7")]
pub fn current_date() -> Call<current_date, ()> {
    Call::new(())
}

/// A type of time that tells the day too.
#[cfg(feature = "chrono")]
#[diagnostic::on_unimplemented(
    message = "an SQL `{Self}` is not a timestamp",
    label = "expected a timestamp"
)]
pub trait Timestamp: BaseValue {
    /// The type itself; said so, the other argument is not complained of where this is none.
    type This: BaseValue;
}

#[cfg(feature = "chrono")]
impl Timestamp for NaiveDateTime {
    type This = Self;
}

#[cfg(feature = "chrono")]
impl Timestamp for DateTime<Utc> {
    type This = Self;
}

#[cfg(feature = "chrono")]
function!(age (L, R), [L: Expr, R: Expr] "age(", Interval, Strict);

/// `age(later, earlier)`: the time between, in years, months and days; `later - earlier` has it in days.
#[cfg(feature = "chrono")]
#[doc = example!("age(now(), now() - Interval::days(400))")]
pub fn age<L, R, E>(later: L, earlier: R) -> Call<age, (L, E)>
where
    L: Expr<Base: Timestamp>,
    R: IntoExpr<<L::Base as Timestamp>::This, L, Expr = E>,
{
    Call::new((later, earlier.into_expr()))
}

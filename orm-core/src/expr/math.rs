//! The functions of numbers.

use super::function::{example, function};
use super::{Call, Expr, Function, Number, Strict};
use crate::value::BaseValue;
use std::marker::PhantomData;

/// A number that may have a fraction.
#[diagnostic::on_unimplemented(
    message = "an SQL `{Self}` is not a number with a fraction",
    label = "there is nothing to round"
)]
pub trait Fractional: BaseValue {
    /// What rounding it returns.
    type Rounded: BaseValue;
}

impl Fractional for f32 {
    type Rounded = f64;
}

impl Fractional for f64 {
    type Rounded = f64;
}

#[cfg(feature = "rust_decimal")]
impl Fractional for rust_decimal::Decimal {
    type Rounded = rust_decimal::Decimal;
}

function!(abs (E,), [E: Expr] "abs(", E::Base, Strict);

/// `abs(number)`: without its sign.
#[doc = example!("abs(Worker.score - 100)")]
pub fn abs<E: Expr<Base: Number>>(number: E) -> Call<abs, (E,)> {
    Call::new((number,))
}

macro_rules! rounding {
    ($($(#[$doc:meta])* $name:ident $open:literal;)*) => {$(
        #[doc(hidden)]
        #[allow(non_camel_case_types)]
        #[derive(Debug, Clone, Copy)]
        pub struct $name<T> {
            marker: PhantomData<T>,
        }

        impl<A, T: BaseValue> Function<A> for $name<T> {
            const OPEN: &'static str = $open;
            type Base = T;
            type Rule = Strict;
        }

        $(#[$doc])*
        pub fn $name<E: Expr<Base: Fractional<Rounded = T>>, T>(number: E) -> Call<$name<T>, (E,)> {
            Call::new((number,))
        }
    )*};
}

rounding! {
    /// `round(number)`: to the nearest integer, of the same type (of `real`: `double precision`). Halves of a `numeric`
    /// go away from zero, those of a float to the even neighbour.
    #[doc = example!("round(Worker.wage)")]
    round "round(";
    /// `ceil(number)`: to the next greater integer.
    #[doc = example!("ceil(Worker.wage)")]
    ceil "ceil(";
    /// `floor(number)`: to the next smaller integer.
    #[doc = example!("floor(Worker.wage)")]
    floor "floor(";
}

//! The operators of ranges and multiranges.

use super::compare::comparisons;
use super::{Compare, Expr, IntoExpr};
use crate::value::{BaseValue, Multirange, Range, RangeElement};
use std::marker::PhantomData;

comparisons! {
    /// `@>`
    ContainsElement " @> " Other false;
    /// `<@`
    InRange " <@ " Other false;
    /// `@>`
    ContainsRange " @> " Other;
    /// `<@`
    ContainedInRange " <@ " Other;
    /// `&&`
    OverlapsRange " && " Other;
    /// `-|-`
    AdjacentTo " -|- " Other;
    /// `<<`
    Before " << " Other;
    /// `>>`
    After " >> " Other;
}

/// A type of range or multirange.
#[diagnostic::on_unimplemented(
    message = "an SQL `{Self}` is not a range",
    label = "expected a `Range<T>` or a `Multirange<T>`"
)]
pub trait RangeValue: BaseValue {
    /// The type itself; said so, a wrong operand is not complained of where there is no range.
    type This: BaseValue;
    /// The type of its bounds.
    type Element: RangeElement;
}

impl<T: RangeElement> RangeValue for Range<T> {
    type This = Self;
    type Element = T;
}

impl<T: RangeElement> RangeValue for Multirange<T> {
    type This = Self;
    type Element = T;
}

macro_rules! operators {
    ($($(#[$doc:meta])* $method:ident $operator:ident;)*) => {
        /// The operators of ranges and of multiranges, and of the values in them.
        ///
        /// ```
        /// # use mizzle::prelude::*;
        /// # #[derive(Table)]
        /// # #[orm(table = "shifts")]
        /// # struct Shift { #[orm(primary_key, identity)] id: i64, hours: Range<i32>, start: i32 }
        /// let day = Range::from(9..17);
        /// let clashes = select(Shift).filter(Shift.hours.overlaps_range(day)).filter(Shift.hours.contains_element(12));
        /// let early = select(Shift).filter(Shift.start.in_range(Range::from(..9)));
        /// ```
        pub trait RangeOperators: Expr + Sized {
            /// `self @> element`: the value is in the range.
            fn contains_element<V>(self, element: V) -> Compare<ContainsElement, Self, V::Expr>
            where
                Self::Base: RangeValue,
                V: IntoExpr<<Self::Base as RangeValue>::Element, Self>,
            {
                Compare(self, element.into_expr(), PhantomData)
            }

            /// `self <@ range`: this value is in the range.
            fn in_range<R>(self, range: R) -> Compare<InRange, Self, R::Expr>
            where
                Self::Base: RangeElement,
                R: IntoExpr<Range<Self::Base>, Self>,
            {
                Compare(self, range.into_expr(), PhantomData)
            }

            $(
                $(#[$doc])*
                fn $method<R>(self, range: R) -> Compare<$operator, Self, R::Expr>
                where
                    Self::Base: RangeValue,
                    R: IntoExpr<<Self::Base as RangeValue>::This, Self>,
                {
                    Compare(self, range.into_expr(), PhantomData)
                }
            )*
        }
    };
}

operators! {
    /// `self @> range`: the range lies within this one.
    contains_range ContainsRange;
    /// `self <@ range`: this one lies within the range.
    contained_in_range ContainedInRange;
    /// `self && range`: they have a value in common.
    overlaps_range OverlapsRange;
    /// `self -|- range`: one ends where the other begins, with nothing between them.
    adjacent_to AdjacentTo;
    /// `self << range`: this one ends before the range begins.
    before_range Before;
    /// `self >> range`: this one begins after the range has ended.
    after_range After;
}

impl<E: Expr> RangeOperators for E {}

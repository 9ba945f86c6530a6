//! Raw SQL as an expression.

use super::{Fragment, Parts, Template};
use crate::args::{Args, Bind};
use crate::expr::{Aggregated, Expr, Kinded, Within, expression};
use crate::from::NoFrom;
use crate::group::Grouped;
use crate::select::IntoSelection;
use crate::sql::{Node, Sql};
use crate::value::{BaseValue, Nullability};
use std::marker::PhantomData;

macro_rules! typed {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        pub struct $name<T, P, V, N> {
            fragment: Fragment<T, P>,
            value: PhantomData<fn() -> (V, N)>,
        }

        impl<T, P, V, N> $name<T, P, V, N> {
            pub(super) fn new(fragment: Fragment<T, P>) -> Self {
                $name { fragment, value: PhantomData }
            }
        }

        impl<T, P: Clone, V, N> Clone for $name<T, P, V, N> {
            fn clone(&self) -> Self {
                $name::new(self.fragment.clone())
            }
        }

        impl<T, P: Copy, V, N> Copy for $name<T, P, V, N> {}

        impl<T: Template, P: Parts<T>, V, N> Sql for $name<T, P, V, N> {
            const NODE: &'static Node = <Fragment<T, P> as Sql>::NODE;
        }

        impl<T, P: Bind, V, N> Bind for $name<T, P, V, N> {
            const IS_EMPTY: bool = P::IS_EMPTY;

            fn bind(&self, args: &mut Args) {
                self.fragment.bind(args);
            }
        }

        impl<T: Template, P: Parts<T>, V: BaseValue, N: Nullability> Expr for $name<T, P, V, N> {
            type Base = V;
        }
    };
}

typed! {
    /// Raw SQL whose value is a `V`, of the nullability `N`.
    Typed
}

typed! {
    /// Raw SQL that aggregates a group of rows into a `V`, of the nullability `N`.
    Aggregate
}

impl<T, P: Within<F, I>, V, N: Nullability, F, I> Within<F, (I,)> for Typed<T, P, V, N> {
    type Null = N;
}

expression!([X: Template, P: Parts<X>, V: BaseValue, N: Nullability] Typed<X, P, V, N>; P);
crate::expr::calculates!([X: Template, P: Parts<X>, V: BaseValue, N: Nullability] Typed<X, P, V, N>);

/// It sees every column of the rows that it aggregates.
impl<T, P: Within<F, I>, V, N: Nullability, F, G, I> Within<Grouped<F, G>, (I,)> for Aggregate<T, P, V, N> {
    type Null = N;
}

impl<T, P, V, N> Kinded for Aggregate<T, P, V, N> {
    type Kind = Aggregated;
}

expression!([X: Template, P: Parts<X>, V: BaseValue, N: Nullability] Aggregate<X, P, V, N>);
crate::expr::calculates!([X: Template, P: Parts<X>, V: BaseValue, N: Nullability] Aggregate<X, P, V, N>);

/// The raw SQL says what type its value has.
#[diagnostic::on_unimplemented(
    message = "this `sql!` does not say what type its value has",
    label = "an SQL value of which type?",
    note = "add `.of::<T>()`, where `T` is a type that a column can have: `.of::<i64>()`, or `.of::<Option<i64>>()` if it may be NULL"
)]
pub trait SaysType {
    /// The expression.
    type Typed;

    /// The expression.
    fn typed(self) -> Self::Typed;
}

/// There only to ask for `SaysType`, which no raw SQL does.
impl<T, P> IntoSelection for Fragment<T, P>
where
    PhantomData<Self>: SaysType,
{
    type Selection = <PhantomData<Self> as SaysType>::Typed;
    type From = NoFrom;

    fn into_selection(self) -> (Self::Selection, NoFrom) {
        (PhantomData::<Self>.typed(), NoFrom)
    }
}

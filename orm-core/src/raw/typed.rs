//! Raw SQL as an expression.

use super::{Fragment, Parts, Template};
use crate::args::{Args, Bind};
use crate::expr::{Aggregated, Expr, Kinded, Within, expression};
use crate::group::Grouped;
use crate::sql::{Node, Sql};
use crate::value::Value;
use std::marker::PhantomData;

macro_rules! typed {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        pub struct $name<T, P, V> {
            fragment: Fragment<T, P>,
            value: PhantomData<fn() -> V>,
        }

        impl<T, P, V> $name<T, P, V> {
            pub(super) fn new(fragment: Fragment<T, P>) -> Self {
                $name { fragment, value: PhantomData }
            }
        }

        impl<T, P: Clone, V> Clone for $name<T, P, V> {
            fn clone(&self) -> Self {
                $name::new(self.fragment.clone())
            }
        }

        impl<T, P: Copy, V> Copy for $name<T, P, V> {}

        impl<T: Template, P: Parts<T>, V> Sql for $name<T, P, V> {
            const NODE: &'static Node = <Fragment<T, P> as Sql>::NODE;
        }

        impl<T, P: Bind, V> Bind for $name<T, P, V> {
            const IS_EMPTY: bool = P::IS_EMPTY;

            fn bind(&self, args: &mut Args) {
                self.fragment.bind(args);
            }
        }

        impl<T: Template, P: Parts<T>, V: Value> Expr for $name<T, P, V> {
            type Base = V::Base;
        }
    };
}

typed! {
    /// Raw SQL whose value is a `V`.
    Typed
}

typed! {
    /// Raw SQL that aggregates a group of rows into a `V`.
    Aggregate
}

impl<T, P: Within<F, I>, V: Value, F, I> Within<F, (I,)> for Typed<T, P, V> {
    type Null = V::Null;
}

expression!([X: Template, P: Parts<X>, V: Value] Typed<X, P, V>; P);

/// It sees every column of the rows that it aggregates.
impl<T, P: Within<F, I>, V: Value, F, G, I> Within<Grouped<F, G>, (I,)> for Aggregate<T, P, V> {
    type Null = V::Null;
}

impl<T, P, V> Kinded for Aggregate<T, P, V> {
    type Kind = Aggregated;
}

expression!([X: Template, P: Parts<X>, V: Value] Aggregate<X, P, V>);

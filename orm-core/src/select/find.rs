//! Rows by their primary key.

use crate::condition::Condition;
use crate::expr::{Compare, IntoExpr, Junction, Operators};
use crate::table::{Col, Column, Source, Table};
use crate::value::Value;

/// What `find` takes for the primary key `K` of the table behind `S`: a value of its column's type, or a tuple of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a primary key of `{S}`",
    label = "the key's columns are `{K}`",
    note = "a key of several columns is a tuple in their order; a table without a primary key has `.filter(..)`"
)]
pub trait IntoKey<S, K> {
    /// The condition.
    type Condition: Condition;

    /// The condition.
    fn into_key(self) -> Self::Condition;
}

/// The columns of the primary key of the table behind `S`.
pub(super) type PrimaryKey<S> = <<S as Source>::Table as Table>::PrimaryKey;

type Base<C> = <<C as Column>::Value as Value>::Base;
type Equal<C, S, V> = Compare<crate::expr::Eq, Col<C, S>, <V as IntoExpr<Base<C>, Col<C, S>>>::Expr>;

impl<S: Source, C: Column, V: IntoExpr<Base<C>, Col<C, S>>> IntoKey<S, (C,)> for V {
    type Condition = Equal<C, S, V>;

    fn into_key(self) -> Self::Condition {
        Col::<C, S>::NEW.eq(self)
    }
}

macro_rules! composite {
    ($($C:ident $V:ident $n:tt),*; $condition:ty) => {
        impl<S: Source, $($C: Column, $V: IntoExpr<Base<$C>, Col<$C, S>>),*> IntoKey<S, ($($C,)*)> for ($($V,)*) {
            type Condition = $condition;

            fn into_key(self) -> Self::Condition {
                composite!(@and $(Col::<$C, S>::NEW.eq(self.$n)),*)
            }
        }
    };
    (@and $first:expr $(, $next:expr)*) => { $first$(.and($next))* };
}

type Both<L, R> = Junction<crate::expr::And, L, R>;

composite!(A V 0, B W 1; Both<Equal<A, S, V>, Equal<B, S, W>>);
composite!(A V 0, B W 1, C X 2; Both<Both<Equal<A, S, V>, Equal<B, S, W>>, Equal<C, S, X>>);
composite!(A V 0, B W 1, C X 2, D Y 3;
    Both<Both<Both<Equal<A, S, V>, Equal<B, S, W>>, Equal<C, S, X>>, Equal<D, S, Y>>);

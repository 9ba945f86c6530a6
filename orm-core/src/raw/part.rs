//! What may stand in the braces of an `sql!`.

use super::{Fragment, Parts, Template};
use crate::args::{Args, Bind};
use crate::expr::{Expr, IntoExpr, Kinded, Param, Plain, Within};
use crate::from::{Has, Named};
use crate::query::Query;
use crate::select::AllOf;
use crate::sql::{Node, Sql};
use crate::table::{Columns, Source};
use crate::value::{BaseValue, Input, NotNull};
use std::marker::PhantomData;

/// What may stand in the braces of an `sql!`: a column or an expression, a table, another `sql!`, a SELECT, or a value,
/// which becomes a parameter. `M` is inferred.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand in the braces of `sql!`",
    label = "`{Self}` has no PostgreSQL type",
    note = "in braces stand columns, expressions, tables, other `sql!`s, complete `select`s, and values whose type a column can have, which become parameters"
)]
pub trait IntoPart<M> {
    /// The part.
    type Part: Sql + Bind + Kinded;

    /// The part.
    fn into_part(self) -> Self::Part;
}

/// What a value or an expression stands beside in raw text.
pub enum InText {}

/// How a value or an expression of type `T` is a part.
pub struct AsExpr<T>(PhantomData<T>);

/// How an `Option` of a value of type `T` is a part.
pub struct AsOption<T>(PhantomData<T>);

/// How raw SQL is a part.
pub enum AsText {}

/// How a table is a part.
pub enum AsTable {}

/// How a statement is a part.
pub struct AsQuery<I>(PhantomData<I>);

impl<E: IntoExpr<T, InText, Expr: Expr<Base = T>>, T> IntoPart<AsExpr<T>> for E {
    type Part = E::Expr;

    fn into_part(self) -> E::Expr {
        self.into_expr()
    }
}

impl<V: Input<T>, T: BaseValue> IntoPart<AsOption<T>> for Option<V> {
    type Part = Param<Self, T>;

    fn into_part(self) -> Self::Part {
        Param(self, PhantomData)
    }
}

impl<V: Input<T>, T: BaseValue> IntoPart<AsOption<T>> for &Option<V> {
    type Part = Param<Self, T>;

    fn into_part(self) -> Self::Part {
        Param(self, PhantomData)
    }
}

impl<T: Template, P: Parts<T>> IntoPart<AsText> for Fragment<T, P> {
    type Part = Spliced<T, P>;

    fn into_part(self) -> Self::Part {
        Spliced(self)
    }
}

impl<C: Columns> IntoPart<AsTable> for C {
    type Part = TableName<C::Source>;

    fn into_part(self) -> Self::Part {
        TableName(PhantomData)
    }
}

impl<Q: Query<I>, I> IntoPart<AsQuery<I>> for Q {
    type Part = Subquery<Q>;

    fn into_part(self) -> Self::Part {
        Subquery(self)
    }
}

impl<S: Source> IntoPart<AsTable> for Every<S> {
    type Part = Self;

    fn into_part(self) -> Self {
        self
    }
}

/// Raw SQL inside raw SQL: text, which is not put into parentheses.
#[derive(Clone, Copy)]
pub struct Spliced<T, P>(Fragment<T, P>);

/// A table's name, or its name with that of an alias.
pub struct TableName<S>(PhantomData<S>);

/// A whole statement, which is not put into parentheses.
#[derive(Debug, Clone, Copy)]
pub struct Subquery<Q>(Q);

/// Every column of a table.
pub struct Every<S>(PhantomData<S>);

/// Every column of a table; generated code calls it.
pub fn every<C: Columns>(_: C) -> Every<C::Source> {
    Every(PhantomData)
}

/// A part of a table that the text itself names, so that the query's FROM clause need not.
#[derive(Debug, Clone, Copy)]
pub struct Own<E>(pub(super) E);

macro_rules! part {
    ([$($generics:tt)*] $ty:ty => $node:expr, $bind:tt; $kind:ty) => {
        impl<$($generics)*> Sql for $ty {
            const NODE: &'static Node = $node;
        }

        part!(@bind [$($generics)*] $ty, $bind);

        impl<$($generics)*> Kinded for $ty {
            type Kind = $kind;
        }
    };
    (@bind [$($generics:tt)*] $ty:ty, [$inner:ty]) => {
        impl<$($generics)*> Bind for $ty {
            const IS_EMPTY: bool = <$inner as Bind>::IS_EMPTY;

            fn bind(&self, args: &mut Args) {
                self.0.bind(args);
            }
        }
    };
    (@bind [$($generics:tt)*] $ty:ty, []) => {
        impl<$($generics)*> Bind for $ty {
            const IS_EMPTY: bool = true;

            fn bind(&self, _: &mut Args) {}
        }

        impl<$($generics)*> Clone for $ty {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<$($generics)*> Copy for $ty {}
    };
}

part!([T: Template, P: Parts<T>] Spliced<T, P> => &Node::Cat(&[P::NODE]), [Fragment<T, P>]; P::Kind);
part!([S: Source] TableName<S> => <Named<S> as Sql>::NODE, []; Plain);
part!([Q: Sql + Bind] Subquery<Q> => Q::NODE, [Q]; Plain);
part!([S: Source] Every<S> => <AllOf<S> as Sql>::NODE, []; Plain);
part!([E: Sql + Bind + Kinded] Own<E> => E::NODE, [E]; Plain);

impl<T, P: Within<F, I>, F, I> Within<F, (I,)> for Spliced<T, P> {
    type Null = NotNull;
}

impl<S, F> Within<F, ()> for TableName<S> {
    type Null = NotNull;
}

/// It was complete by itself when it became a part.
impl<Q, F> Within<F, ()> for Subquery<Q> {
    type Null = NotNull;
}

impl<S, F: Has<S, S, I>, I> Within<F, (I,)> for Every<S> {
    type Null = NotNull;
}

impl<E, F> Within<F, ()> for Own<E> {
    type Null = NotNull;
}

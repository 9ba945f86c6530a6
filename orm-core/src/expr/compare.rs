//! Comparisons: `=`, `<`, `is null`, `between`, `= any`.

use super::{
    Ascending, Boolean, Cast, Descending, DistinctFrom, Expr, IntoAssigned, IntoExpr, IntoList, Junction,
    Negation, Ordered, Within, expression,
};
use crate::args::{Args, Bind};
use crate::copied::copied;
use crate::expr::logic::{And, Or};
use crate::expr::param::beside;
use crate::sql::{Level, Node, Sql};
use crate::value::{BaseValue, Element, NotNull, Nullability};
use std::marker::PhantomData;

/// A comparison operator.
pub trait Comparison: 'static {
    /// Between the operands, with its blanks.
    const TEXT: &'static str;
    /// How tightly it binds.
    const LEVEL: Level = Level::Compare;
    /// Whether both operands are of one type, so that a parameter takes the cast of the other side.
    const ALIKE: bool = true;
    /// What it is of any left operand when the right one is a list without elements, if it is the same of all.
    const OF_NOTHING: Option<bool> = None;
}

macro_rules! comparisons {
    ($($(#[$doc:meta])* $name:ident $text:literal $level:ident $($alike:literal)? $(of nothing $truth:literal)?;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub enum $name {}

        impl $crate::expr::compare::Comparison for $name {
            const TEXT: &'static str = $text;
            const LEVEL: $crate::sql::Level = $crate::sql::Level::$level;
            $(const ALIKE: bool = $alike;)?
            $(const OF_NOTHING: Option<bool> = Some($truth);)?
        }
    )*};
}

pub(super) use comparisons;

comparisons! {
    /// `=`
    Eq " = " Compare;
    /// `<>`
    Ne " <> " Compare;
    /// `>`
    Gt " > " Compare;
    /// `>=`
    Gte " >= " Compare;
    /// `<`
    Lt " < " Compare;
    /// `<=`
    Lte " <= " Compare;
}

/// `left O right`, a boolean.
#[derive(Debug)]
pub struct Compare<O, L, R>(pub(crate) L, pub(crate) R, pub(crate) PhantomData<O>);

copied!([O, L, R] Compare<O, L, R> { 0, 1, 2 }, L, R);

impl<O: Comparison, L: Sql, R: Sql> Sql for Compare<O, L, R> {
    const NODE: &'static Node = if O::ALIKE {
        &Node::Operator(O::LEVEL, &[beside::<L, R>(), &Node::Text(O::TEXT), beside::<R, L>()])
    } else {
        &Node::Operator(O::LEVEL, &[L::NODE, &Node::Text(O::TEXT), R::NODE])
    };
}

impl<O, L: Bind, R: Bind> Bind for Compare<O, L, R> {
    fn bind(&self, args: &mut Args) {
        if !L::IS_EMPTY {
            self.0.bind(args);
        }
        if !R::IS_EMPTY {
            self.1.bind(args);
        }
    }
}

impl<O: Comparison, L: Expr, R: Expr> Expr for Compare<O, L, R> {
    type Base = bool;

    fn is_always(&self, truth: bool) -> bool {
        O::OF_NOTHING == Some(truth) && self.1.is_empty_list()
    }
}

impl<O, L: Within<F, I>, R: Within<F, J>, F, I, J> Within<F, (I, J)> for Compare<O, L, R> {
    type Null = <L::Null as Nullability>::Or<R::Null>;
}

expression!([O: Comparison, L: Expr, R: Expr] Compare<O, L, R>; L, R);

/// `expression is null` or `expression is not null`.
#[derive(Debug, Clone, Copy)]
pub struct IsNull<E, const NOT: bool>(E);

impl<E: Sql, const NOT: bool> Sql for IsNull<E, NOT> {
    const NODE: &'static Node =
        &Node::Operator(Level::Is, &[E::NODE, &Node::Text(if NOT { " is not null" } else { " is null" })]);
}

impl<E: Bind, const NOT: bool> Bind for IsNull<E, NOT> {
    fn bind(&self, args: &mut Args) {
        self.0.bind(args);
    }
}

impl<E: Expr, const NOT: bool> Expr for IsNull<E, NOT> {
    type Base = bool;
}

impl<E: Within<F, I>, const NOT: bool, F, I> Within<F, (I,)> for IsNull<E, NOT> {
    type Null = NotNull;
}

expression!([E: Expr, const NOT: bool] IsNull<E, NOT>; E);

/// `expression between low and high` or `expression not between low and high`.
#[derive(Debug, Clone, Copy)]
pub struct Between<E, L, H, const NOT: bool>(E, L, H);

impl<E: Sql, L: Sql, H: Sql, const NOT: bool> Sql for Between<E, L, H, NOT> {
    const NODE: &'static Node = &Node::Operator(
        Level::Match,
        &[
            E::NODE,
            &Node::Text(if NOT { " not between " } else { " between " }),
            beside::<L, E>(),
            &Node::Text(" and "),
            beside::<H, E>(),
        ],
    );
}

impl<E: Bind, L: Bind, H: Bind, const NOT: bool> Bind for Between<E, L, H, NOT> {
    fn bind(&self, args: &mut Args) {
        self.0.bind(args);
        self.1.bind(args);
        self.2.bind(args);
    }
}

impl<E: Expr, L: Expr, H: Expr, const NOT: bool> Expr for Between<E, L, H, NOT> {
    type Base = bool;
}

impl<E: Within<F, I>, L: Within<F, J>, H: Within<F, K>, const NOT: bool, F, I, J, K> Within<F, (I, J, K)>
    for Between<E, L, H, NOT>
{
    type Null = <<E::Null as Nullability>::Or<L::Null> as Nullability>::Or<H::Null>;
}

expression!([E: Expr, L: Expr, H: Expr, const NOT: bool] Between<E, L, H, NOT>; E, L, H);

/// `expression = any(list)` or `expression <> all(list)`.
#[derive(Debug, Clone, Copy)]
pub struct In<E, L, const NOT: bool>(E, L);

impl<E: Sql, L: Sql, const NOT: bool> Sql for In<E, L, NOT> {
    const NODE: &'static Node = &Node::Operator(
        Level::Compare,
        &[
            E::NODE,
            &Node::Text(if NOT { " <> all(" } else { " = any(" }),
            &Node::Cat(&[L::NODE, &Node::Text(if L::IS_PARAM { E::CAST } else { "" })]),
            &Node::Text(if L::IS_PARAM && !E::CAST.is_empty() { "[])" } else { ")" }),
        ],
    );
}

impl<E: Bind, L: Bind, const NOT: bool> Bind for In<E, L, NOT> {
    fn bind(&self, args: &mut Args) {
        self.0.bind(args);
        self.1.bind(args);
    }
}

impl<E: Expr, L: Expr, const NOT: bool> Expr for In<E, L, NOT> {
    type Base = bool;

    fn is_always(&self, truth: bool) -> bool {
        truth == NOT && self.1.is_empty_list()
    }
}

impl<E: Within<F, I>, L: Within<F, J>, const NOT: bool, F, I, J> Within<F, (I, J)> for In<E, L, NOT> {
    type Null = <E::Null as Nullability>::Or<L::Null>;
}

expression!([E: Expr, L: Expr, const NOT: bool] In<E, L, NOT>; E, L);

/// The operators of every expression.
///
/// Operands are values (they become parameters), references to them, or other expressions of the same type.
///
/// ```
/// # use mizzle::prelude::*;
/// # #[derive(Table)]
/// # #[orm(table = "workers")]
/// # struct Worker { #[orm(primary_key, identity)] id: i64, email: Option<String>, name: String, #[orm(default = 100)] score: i32 }
/// # #[derive(Table)]
/// # #[orm(table = "tasks")]
/// # struct Task { #[orm(primary_key, identity)] id: i64, worker_id: i64, title: String }
/// let open = Worker.score.between(50, 99).or(Worker.name.in_(["Ada", "Bob"])).and(Worker.email.is_not_null());
/// let query = select(Worker).filter(open).filter(Worker.id.eq(7).not()).order_by(Worker.name.asc());
/// ```
pub trait Operators: Expr + Sized {
    /// `self = other`
    fn eq<R: IntoExpr<Self::Base, Self, Expr = E>, E>(self, other: R) -> Compare<Eq, Self, E> {
        Compare(self, other.into_expr(), PhantomData)
    }

    /// `self <> other`
    fn ne<R: IntoExpr<Self::Base, Self, Expr = E>, E>(self, other: R) -> Compare<Ne, Self, E> {
        Compare(self, other.into_expr(), PhantomData)
    }

    /// `self > other`
    fn gt<R: IntoExpr<Self::Base, Self, Expr = E>, E>(self, other: R) -> Compare<Gt, Self, E> {
        Compare(self, other.into_expr(), PhantomData)
    }

    /// `self >= other`
    fn gte<R: IntoExpr<Self::Base, Self, Expr = E>, E>(self, other: R) -> Compare<Gte, Self, E> {
        Compare(self, other.into_expr(), PhantomData)
    }

    /// `self < other`
    fn lt<R: IntoExpr<Self::Base, Self, Expr = E>, E>(self, other: R) -> Compare<Lt, Self, E> {
        Compare(self, other.into_expr(), PhantomData)
    }

    /// `self <= other`
    fn lte<R: IntoExpr<Self::Base, Self, Expr = E>, E>(self, other: R) -> Compare<Lte, Self, E> {
        Compare(self, other.into_expr(), PhantomData)
    }

    /// `self is null`
    #[expect(clippy::wrong_self_convention, reason = "an expression is part of what is made of it")]
    fn is_null(self) -> IsNull<Self, false> {
        IsNull(self)
    }

    /// `self is not null`
    #[expect(clippy::wrong_self_convention, reason = "an expression is part of what is made of it")]
    fn is_not_null(self) -> IsNull<Self, true> {
        IsNull(self)
    }

    /// `self is distinct from other`: `<>`, for which NULL is a value like any other. `other` may be an `Option`, an
    /// expression that may be NULL, and [`null()`](crate::expr::null).
    #[expect(clippy::wrong_self_convention, reason = "an expression is part of what is made of it")]
    fn is_distinct_from<R, M>(self, other: R) -> DistinctFrom<Self, R::Expr, false>
    where
        R: IntoAssigned<Self::Base, Self, M>,
    {
        DistinctFrom(self, other.into_assigned())
    }

    /// `self is not distinct from other`: `=`, for which NULL is a value like any other. `other` is as in
    /// [`is_distinct_from`](Self::is_distinct_from).
    ///
    /// PostgreSQL looks for no such rows in an index.
    #[expect(clippy::wrong_self_convention, reason = "an expression is part of what is made of it")]
    fn is_not_distinct_from<R, M>(self, other: R) -> DistinctFrom<Self, R::Expr, true>
    where
        R: IntoAssigned<Self::Base, Self, M>,
    {
        DistinctFrom(self, other.into_assigned())
    }

    /// `self = any(list)`: true for no row when the list is empty. The list is one parameter, however long it is, or a
    /// `select(..)` of one column.
    fn in_<L: IntoList<Self::Base, Self, M>, M>(self, list: L) -> In<Self, L::Expr, false>
    where
        Self::Base: Element,
    {
        In(self, list.into_list())
    }

    /// `self <> all(list)`: true for every row when the list is empty, and NULL for a `self` that is NULL otherwise.
    fn not_in<L: IntoList<Self::Base, Self, M>, M>(self, list: L) -> In<Self, L::Expr, true>
    where
        Self::Base: Element,
    {
        In(self, list.into_list())
    }

    /// `self between low and high`, both included
    fn between<L, H>(self, low: L, high: H) -> Between<Self, L::Expr, H::Expr, false>
    where
        L: IntoExpr<Self::Base, Self>,
        H: IntoExpr<Self::Base, Self>,
    {
        Between(self, low.into_expr(), high.into_expr())
    }

    /// `self not between low and high`
    fn not_between<L, H>(self, low: L, high: H) -> Between<Self, L::Expr, H::Expr, true>
    where
        L: IntoExpr<Self::Base, Self>,
        H: IntoExpr<Self::Base, Self>,
    {
        Between(self, low.into_expr(), high.into_expr())
    }

    /// `self and other`
    fn and<R: IntoExpr<bool, Self>>(self, other: R) -> Junction<And, Self, R::Expr>
    where
        Self::Base: Boolean,
    {
        Junction(self, other.into_expr(), PhantomData)
    }

    /// `self or other`
    fn or<R: IntoExpr<bool, Self>>(self, other: R) -> Junction<Or, Self, R::Expr>
    where
        Self::Base: Boolean,
    {
        Junction(self, other.into_expr(), PhantomData)
    }

    /// `not self`
    fn not(self) -> Negation<Self>
    where
        Self::Base: Boolean,
    {
        Negation(self)
    }

    /// `cast(self as T)`: what PostgreSQL cannot cast is its error.
    fn cast<T: BaseValue>(self) -> Cast<Self, T> {
        Cast::new(self)
    }

    /// Ascending, as an order.
    fn asc(self) -> Ordered<Self, Ascending> {
        Ordered(self, PhantomData)
    }

    /// Descending, as an order.
    fn desc(self) -> Ordered<Self, Descending> {
        Ordered(self, PhantomData)
    }
}

impl<E: Expr> Operators for E {}

//! Conditions: the WHERE clause, each of whose conditions may be an `Option`.

use crate::args::{Args, Bind};
use crate::expr::{Boolean, Expr, Kind, Kinded, Plain, Within};
use crate::sql::{Level, Node, Sql};
use crate::value::NotNull;

/// What a `filter` takes: a condition, or an `Option` of one, which is left out when it is `None`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a condition",
    label = "expected an SQL condition, or an `Option` of one",
    note = "compare a column, `.filter(Worker.email.eq(email))`; conditions are joined by `.and(..)` and `.or(..)`"
)]
pub trait Condition: Present {
    /// The condition itself. What follows is said of this type, so that of something that is no condition nothing
    /// else is complained of.
    type This;
}

impl<E: Expr> Condition for Option<E>
where
    E::Base: Boolean,
{
    type This = Self;
}

/// An item of a WHERE clause that may be absent.
pub trait Present: Sql + Bind {
    /// Whether it may be absent.
    const IS_OPTIONAL: bool = false;

    /// Whether it is in the text.
    fn is_present(&self) -> bool {
        true
    }

    /// Whether it leaves no row out, because it is absent or a list in it is empty.
    fn holds_always(&self) -> bool {
        false
    }
}

impl<E: Expr> Present for Option<E> {
    const IS_OPTIONAL: bool = true;

    fn is_present(&self) -> bool {
        self.is_some()
    }

    fn holds_always(&self) -> bool {
        self.as_ref().is_none_or(|condition| condition.is_always(true))
    }
}

impl<E: Sql> Sql for Option<E> {
    const NODE: &'static Node = &Node::Optional(E::NODE);
}

impl<E: Bind> Bind for Option<E> {
    fn bind(&self, args: &mut Args) {
        args.push_present(self.is_some());
        if let Some(condition) = self {
            condition.bind(args);
        }
    }
}

impl<E: Within<F, I>, F, I> Within<F, I> for Option<E> {
    type Null = E::Null;
}

/// No items: an absent clause.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nothing;

/// The items `P`, and one more.
#[derive(Debug, Clone, Copy)]
pub struct Then<P, E>(pub(crate) P, pub(crate) E);

impl Sql for Nothing {
    const NODE: &'static Node = &Node::Text("");
}

impl Bind for Nothing {
    const IS_EMPTY: bool = true;

    fn bind(&self, _: &mut Args) {}
}

impl<F> Within<F, ()> for Nothing {
    type Null = NotNull;
}

impl<P: Within<F, I>, E: Within<F, J>, F, I, J> Within<F, (I, J)> for Then<P, E> {
    type Null = NotNull;
}

impl Kinded for Nothing {
    type Kind = Plain;
}

impl<E: Kinded> Kinded for Option<E> {
    type Kind = E::Kind;
}

/// Aggregated if any item is.
impl<P: Kinded, E: Kinded> Kinded for Then<P, E> {
    type Kind = <P::Kind as Kind>::With<E::Kind>;
}

impl<P: Sql, E: Sql> Sql for Then<P, E> {
    const NODE: &'static Node = &Node::Cat(&[P::NODE, &Node::Item(E::NODE)]);
}

impl<P: Bind, E: Bind> Bind for Then<P, E> {
    const IS_EMPTY: bool = P::IS_EMPTY && E::IS_EMPTY;

    fn bind(&self, args: &mut Args) {
        if !P::IS_EMPTY {
            self.0.bind(args);
        }
        if !E::IS_EMPTY {
            self.1.bind(args);
        }
    }
}

/// The conditions of a WHERE clause, all of which must hold.
pub trait Conditions: Sql + Bind {
    /// Whether all of them may be absent.
    const ARE_OPTIONAL: bool;

    /// Whether any of them is in the text.
    fn any_present(&self) -> bool;

    /// Whether they leave no row out, because each is absent or has an empty list.
    fn hold_always(&self) -> bool;
}

impl Conditions for Nothing {
    const ARE_OPTIONAL: bool = true;

    fn any_present(&self) -> bool {
        false
    }

    fn hold_always(&self) -> bool {
        true
    }
}

impl<P: Conditions, E: Present> Conditions for Then<P, E> {
    const ARE_OPTIONAL: bool = P::ARE_OPTIONAL && E::IS_OPTIONAL;

    fn any_present(&self) -> bool {
        self.1.is_present() || self.0.any_present()
    }

    fn hold_always(&self) -> bool {
        self.1.holds_always() && self.0.hold_always()
    }
}

/// The WHERE clause of `W`.
pub(crate) const fn where_clause<W: Sql>() -> &'static Node {
    const { &Node::Clause { prefix: " where ", separator: " and ", level: Level::And, items: W::NODE } }
}

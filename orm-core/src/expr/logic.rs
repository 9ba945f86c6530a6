//! `and`, `or`, `not`.

use super::{Expr, Within, expression};
use crate::args::{Args, Bind};
use crate::copied::copied;
use crate::sql::{Level, Node, Sql};
use crate::value::Nullability;
use std::marker::PhantomData;

/// The type of a condition.
#[diagnostic::on_unimplemented(
    message = "a condition must be an SQL `bool`, this is an SQL `{Self}`",
    label = "not a condition",
    note = "compare it: `.eq(..)`, `.gt(..)`, `.is_null()`"
)]
pub trait Boolean {}

impl Boolean for bool {}

/// `and`
#[derive(Debug, Clone, Copy)]
pub enum And {}

/// `or`
#[derive(Debug, Clone, Copy)]
pub enum Or {}

/// [`And`] or [`Or`].
pub trait Connective: 'static {
    /// With its blanks.
    const TEXT: &'static str;
    /// How tightly it binds.
    const LEVEL: Level;
    /// What both conditions must be for it to be that.
    const NEEDS_BOTH: bool;
}

impl Connective for And {
    const TEXT: &'static str = " and ";
    const LEVEL: Level = Level::And;
    const NEEDS_BOTH: bool = true;
}

impl Connective for Or {
    const TEXT: &'static str = " or ";
    const LEVEL: Level = Level::Or;
    const NEEDS_BOTH: bool = false;
}

/// Two conditions joined by a connective.
#[derive(Debug)]
pub struct Junction<O, L, R>(pub(crate) L, pub(crate) R, pub(crate) PhantomData<O>);

copied!([O, L, R] Junction<O, L, R> { 0, 1, 2 }, L, R);

impl<O: Connective, L: Sql, R: Sql> Sql for Junction<O, L, R> {
    const NODE: &'static Node = &Node::Operator(O::LEVEL, &[L::NODE, &Node::Text(O::TEXT), R::NODE]);
}

impl<O, L: Bind, R: Bind> Bind for Junction<O, L, R> {
    fn bind(&self, args: &mut Args) {
        self.0.bind(args);
        self.1.bind(args);
    }
}

impl<O: Connective, L: Expr, R: Expr> Expr for Junction<O, L, R> {
    type Base = bool;

    fn is_always(&self, truth: bool) -> bool {
        if truth == O::NEEDS_BOTH {
            self.0.is_always(truth) && self.1.is_always(truth)
        } else {
            self.0.is_always(truth) || self.1.is_always(truth)
        }
    }
}

impl<O, L: Within<F, I>, R: Within<F, J>, F, I, J> Within<F, (I, J)> for Junction<O, L, R> {
    type Null = <L::Null as Nullability>::Or<R::Null>;
}

expression!([O: Connective, L: Expr, R: Expr] Junction<O, L, R>; L, R);

/// `not condition`
#[derive(Debug, Clone, Copy)]
pub struct Negation<E>(pub(crate) E);

impl<E: Sql> Sql for Negation<E> {
    const NODE: &'static Node = &Node::Operator(Level::Not, &[&Node::Text("not "), E::NODE]);
}

impl<E: Bind> Bind for Negation<E> {
    fn bind(&self, args: &mut Args) {
        self.0.bind(args);
    }
}

impl<E: Expr> Expr for Negation<E> {
    type Base = bool;

    fn is_always(&self, truth: bool) -> bool {
        self.0.is_always(!truth)
    }
}

impl<E: Within<F, I>, F, I> Within<F, (I,)> for Negation<E> {
    type Null = E::Null;
}

expression!([E: Expr] Negation<E>; E);

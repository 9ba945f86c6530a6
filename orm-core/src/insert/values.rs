//! Assignments: `column = value`, one after the other.

use crate::args::{Args, Bind};
use crate::check::refuse;
use crate::condition::Nothing;
use crate::expr::{MayAssign, Within};
use crate::sql::{Node, SetList, Sql};
use crate::table::Column;
use crate::value::Value;
use std::marker::PhantomData;

/// The assignments `P`, and one more: the expression `E` to the column `C`.
#[derive(Debug)]
pub struct Set<P, C, E>(pub(crate) P, pub(crate) E, pub(crate) PhantomData<C>);

impl<P: Clone, C, E: Clone> Clone for Set<P, C, E> {
    fn clone(&self) -> Self {
        Set(self.0.clone(), self.1.clone(), PhantomData)
    }
}

impl<P: Copy, C, E: Copy> Copy for Set<P, C, E> {}

impl<P: Bind, C, E: Bind> Bind for Set<P, C, E> {
    const IS_EMPTY: bool = P::IS_EMPTY && E::IS_EMPTY;

    fn bind(&self, args: &mut Args) {
        self.0.bind(args);
        self.1.bind(args);
    }
}

impl<P, C: Column, E: Sql> Set<P, C, E> {
    /// The value; a parameter with the column's own cast, if it needs one.
    const VALUE: &'static Node = if E::IS_PARAM && !C::CAST.is_empty() {
        &Node::Cat(&[E::NODE, &Node::Text(C::CAST)])
    } else {
        E::NODE
    };
}

/// An expression that may be assigned to the column `C` by a statement that sees `F`; `I` is inferred. One bound
/// for two, so that an expression that is not there is complained of once.
pub trait Assign<F, I, C> {}

impl<E, F, I, C> Assign<F, I, C> for E
where
    C: Column,
    E: Within<F, I>,
    E::Null: MayAssign<<C::Value as Value>::Null, C>,
{
}

/// A list of assignments, possibly none.
pub trait Assignments: Bind {
    /// The columns, as items.
    const NAMES: &'static Node;
    /// The values, as items.
    const VALUES: &'static Node;
    /// `column = value`, as items.
    const PAIRS: &'static Node;
    /// The columns, each of which is there once.
    const SET: &'static SetList;
    /// Whether all of them may be absent.
    const ARE_OPTIONAL: bool;

    /// Whether any of them is in the text.
    fn any_present(&self) -> bool;
}

impl Assignments for Nothing {
    const NAMES: &'static Node = &Node::Text("");
    const VALUES: &'static Node = &Node::Text("");
    const PAIRS: &'static Node = &Node::Text("");
    const SET: &'static SetList = &SetList::Empty;
    const ARE_OPTIONAL: bool = true;

    fn any_present(&self) -> bool {
        false
    }
}

impl<P: Assignments, C: Column, E: Sql + Bind> Assignments for Set<P, C, E> {
    const NAMES: &'static Node = {
        // Naming it is what refuses a column that is there twice.
        let _ = Self::SET;
        &Node::Cat(&[P::NAMES, &Node::Item(&Node::Text(C::NAME.quoted))])
    };
    const VALUES: &'static Node = &Node::Cat(&[P::VALUES, &Node::Item(Self::VALUE)]);
    const PAIRS: &'static Node = &Node::Cat(&[
        P::PAIRS,
        &Node::Item(&Node::Cat(&[&Node::Text(C::NAME.quoted), &Node::Text(" = "), Self::VALUE])),
    ]);
    const SET: &'static SetList = {
        if P::SET.contains(C::NAME.quoted) {
            refuse("the statement sets the column `", C::NAME.raw, "` twice: remove one");
        }
        &SetList::Column(C::NAME.quoted, P::SET)
    };
    const ARE_OPTIONAL: bool = false;

    fn any_present(&self) -> bool {
        true
    }
}

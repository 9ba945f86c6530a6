//! Assignments: `column = value`, one after the other.

use crate::args::{Args, Bind};
use crate::condition::{Nothing, Then};
use crate::sql::{Node, SetList, Sql};
use crate::table::Column;
use std::marker::PhantomData;

/// One `column = value`: an expression `E` that is assigned to the column `C`.
#[derive(Debug, Clone, Copy)]
pub struct Assignment<C, E>(pub(crate) E, pub(crate) PhantomData<C>);

impl<C, E: Bind> Bind for Assignment<C, E> {
    fn bind(&self, args: &mut Args) {
        self.0.bind(args);
    }
}

impl<C: Column, E: Sql> Assignment<C, E> {
    /// The value; a parameter with the column's own cast, if it needs one.
    const VALUE: &'static Node = if E::IS_PARAM && !C::CAST.is_empty() {
        &Node::Cat(&[E::NODE, &Node::Text(C::CAST)])
    } else {
        E::NODE
    };
}

/// A list of assignments, possibly none.
pub trait Assignments: Bind {
    /// The columns, as items.
    const NAMES: &'static Node;
    /// The values, as items.
    const VALUES: &'static Node;
    /// `column = value`, as items.
    const PAIRS: &'static Node;
    /// The columns, quoted.
    const SET: Option<&'static SetList>;
}

impl Assignments for Nothing {
    const NAMES: &'static Node = &Node::Text("");
    const VALUES: &'static Node = &Node::Text("");
    const PAIRS: &'static Node = &Node::Text("");
    const SET: Option<&'static SetList> = None;
}

impl<P: Assignments, C: Column, E: Sql + Bind> Assignments for Then<P, Assignment<C, E>> {
    const NAMES: &'static Node = &Node::Cat(&[P::NAMES, &Node::Item(&Node::Text(C::NAME.quoted))]);
    const VALUES: &'static Node = &Node::Cat(&[P::VALUES, &Node::Item(Assignment::<C, E>::VALUE)]);
    const PAIRS: &'static Node = &Node::Cat(&[
        P::PAIRS,
        &Node::Item(&Node::Cat(&[
            &Node::Text(C::NAME.quoted),
            &Node::Text(" = "),
            Assignment::<C, E>::VALUE,
        ])),
    ]);
    const SET: Option<&'static SetList> = Some(&SetList { column: C::NAME.quoted, rest: P::SET });
}

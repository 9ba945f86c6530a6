//! Keys of groups that have parameters. PostgreSQL takes an expression for a key only if it reads the same, to the numbers
//! of its parameters; so wherever one stands, it is written with the numbers of the first time. All are sent, and must have
//! the same values.

use super::write::{equal, write_at};
use super::{Cursor, Level, Node};
use crate::args::Present;

/// Of so many keys the parameters are remembered.
const MAX: usize = 16;

/// The keys of the query that is being written, and the number of each one's first parameter where it has been met.
#[derive(Clone, Copy)]
pub(super) struct Keys {
    pub(super) keys: &'static Node,
    firsts: [usize; MAX],
}

impl Keys {
    pub(super) const fn new(keys: &'static Node) -> Self {
        Keys { keys, firsts: [0; MAX] }
    }

    /// The first parameter of the key that reads as `node`, when `next` would be the next parameter.
    #[expect(clippy::indexing_slicing, reason = "within the array, by the comparison beside it")]
    const fn first_param(&mut self, node: &Node, next: usize) -> Option<usize> {
        let mut index = 0;
        if !find(self.keys, node, &mut index) || index >= MAX {
            return None;
        }
        if self.firsts[index] == 0 {
            self.firsts[index] = next;
        }
        Some(self.firsts[index])
    }
}

/// Writes `node` with the parameters of the key that it is, if it is one.
pub(super) const fn write_repeated(
    keys: &Keys,
    node: &Node,
    out: &mut [u8],
    at: &mut Cursor,
    present: Present,
    around: Level,
) -> bool {
    let mut keys = *keys;
    let Some(first) = keys.first_param(node, at.params + 1) else { return false };
    let before = at.params;
    at.params = first - 1;
    at.keys = None;
    write_at(node, out, at, present, around);
    at.params += before + 1 - first;
    at.keys = Some(keys);
    true
}

/// Whether one of the `keys`, the items of a clause, reads as `node`; `index` becomes its place.
const fn find(keys: &Node, node: &Node, index: &mut usize) -> bool {
    match keys {
        Node::Cat([before, last]) => find(before, node, index) || find(last, node, index),
        Node::Item(key) if same(key, node) => true,
        Node::Item(_) => {
            *index += 1;
            false
        }
        _ => false,
    }
}

/// Whether two nodes read the same but for the numbers of parameters.
const fn same(a: &Node, b: &Node) -> bool {
    match (a, b) {
        (Node::Text(a), Node::Text(b)) => equal(a.as_bytes(), b.as_bytes()),
        (Node::Column(a, c), Node::Column(b, d)) => {
            equal(a.as_bytes(), b.as_bytes()) && equal(c.as_bytes(), d.as_bytes())
        }
        (Node::Param(_), Node::Param(_)) => true,
        (Node::Cat(a), Node::Cat(b)) => all_same(a, b),
        (Node::Operator(level, a), Node::Operator(other, b)) => {
            *level as u8 == *other as u8 && all_same(a, b)
        }
        (Node::Item(a), Node::Item(b)) => same(a, b),
        (
            Node::Clause { prefix: a, separator: c, level: _, items: e },
            Node::Clause { prefix: b, separator: d, level: _, items: f },
        ) => equal(a.as_bytes(), b.as_bytes()) && equal(c.as_bytes(), d.as_bytes()) && same(e, f),
        _ => false,
    }
}

const fn all_same(mut a: &[&Node], mut b: &[&Node]) -> bool {
    while let ([x, rest_a @ ..], [y, rest_b @ ..]) = (a, b) {
        if !same(x, y) {
            return false;
        }
        (a, b) = (rest_a, rest_b);
    }
    a.is_empty() && b.is_empty()
}

/// Whether the node has a parameter.
pub(crate) const fn has_params(node: &Node) -> bool {
    match node {
        Node::Param(_) => true,
        Node::Cat(nodes) | Node::Operator(_, nodes) => {
            let mut rest = *nodes;
            while let [node, others @ ..] = rest {
                if has_params(node) {
                    return true;
                }
                rest = others;
            }
            false
        }
        Node::Clause { items: node, .. }
        | Node::Item(node)
        | Node::Optional(node)
        | Node::Grouped { keys: _, query: node } => has_params(node),
        _ => false,
    }
}

/// A walk over a statement as the writer goes.
struct Walk<'p> {
    /// Whether the optional part of this number is there.
    present: &'p dyn Fn(u32) -> bool,
    params: usize,
    optionals: u32,
    keys: Option<Keys>,
    pairs: Vec<(usize, usize)>,
}

impl Node {
    /// The parameters that are written with the number of another, and that number, both counted from 0. Of each optional
    /// part `present` says whether it is there.
    pub(crate) fn repeated_params(&self, present: &dyn Fn(u32) -> bool) -> Vec<(usize, usize)> {
        let mut walk = Walk { present, params: 0, optionals: 0, keys: None, pairs: Vec::new() };
        walk.visit(self);
        walk.pairs
    }
}

impl Walk<'_> {
    fn visit(&mut self, node: &Node) {
        match node {
            Node::Cat(nodes) | Node::Operator(_, nodes) => {
                let before = self.params;
                match self.keys.as_mut().and_then(|keys| keys.first_param(node, before + 1)) {
                    Some(first) => {
                        let keys = self.keys.take();
                        nodes.iter().for_each(|node| self.visit(node));
                        self.keys = keys;
                        let pairs = (before..self.params).zip(first - 1..);
                        self.pairs.extend(pairs.filter(|(number, written)| number != written));
                    }
                    None => nodes.iter().for_each(|node| self.visit(node)),
                }
            }
            Node::Item(Node::Optional(item)) => {
                self.optionals += 1;
                if (self.present)(self.optionals - 1) {
                    self.visit(item);
                }
            }
            Node::Clause { items: node, .. } | Node::Item(node) | Node::Optional(node) => self.visit(node),
            Node::Grouped { keys, query } => {
                let outer = self.keys.replace(Keys::new(keys));
                self.visit(query);
                self.keys = outer;
            }
            Node::Param(_) => self.params += 1,
            // None of the others is part of a SELECT, or has parameters.
            _ => {}
        }
    }
}

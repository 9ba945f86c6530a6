//! The writer: the only place where fragments become text.
//!
//! Its style is the interpreter's that evaluates constants, for which a call is dear and a copy is cheap whatever its
//! length: slices are taken apart by patterns, loops stand where they are needed, and short texts go byte by byte.

use super::patch::{write_key_name, write_on_update, write_patch};
use super::repeat::{Keys, write_repeated};
use super::unnest::{write_key, write_set, write_source, write_unnest};
use super::{Level, Node};
use crate::args::Present;
use crate::meta::DefaultMeta;

/// How far the writer has come.
pub struct Cursor {
    /// Bytes written, or that would have been if they had fitted.
    pub len: usize,
    /// Parameters numbered.
    pub params: usize,
    /// Optional items met.
    pub optionals: u32,
    /// The keys of groups whose parameters are written once.
    pub(super) keys: Option<Keys>,
    clause: Clause,
}

/// The clause that is being written.
#[derive(Clone, Copy)]
struct Clause {
    prefix: &'static str,
    separator: &'static str,
    level: Level,
    items: usize,
}

impl Cursor {
    /// Nothing written yet.
    pub const fn start() -> Self {
        Cursor {
            len: 0,
            params: 0,
            optionals: 0,
            keys: None,
            clause: Clause { prefix: "", separator: "", level: Level::Free, items: 0 },
        }
    }
}

/// Writes what fits into `out` and counts everything, so that a first pass over an empty slice measures.
/// `present` says of each [`Node::Optional`] in turn whether it is there.
pub const fn write(node: &Node, out: &mut [u8], at: &mut Cursor, present: Present) {
    write_at(node, out, at, present, Level::Free);
}

/// Texts of up to so many bytes are copied byte by byte: the calls of a bulk copy cost more.
const SHORT: usize = 32;

#[expect(clippy::indexing_slicing, reason = "within both slices, by the comparison above it")]
pub(super) const fn push(out: &mut [u8], at: &mut Cursor, text: &str) {
    let mut rest = text.as_bytes();
    let mut end = at.len;
    at.len = end + rest.len();
    if at.len > out.len() {
        return;
    }
    if rest.len() > SHORT {
        out.split_at_mut(end).1.split_at_mut(rest.len()).0.copy_from_slice(rest);
        return;
    }
    while let [a, b, c, d, others @ ..] = rest {
        out[end] = *a;
        out[end + 1] = *b;
        out[end + 2] = *c;
        out[end + 3] = *d;
        end += 4;
        rest = others;
    }
    while let [byte, others @ ..] = rest {
        out[end] = *byte;
        end += 1;
        rest = others;
    }
}

/// Writes the next parameter.
#[expect(clippy::indexing_slicing, reason = "by the comparison before it")]
pub(super) const fn push_param(out: &mut [u8], at: &mut Cursor) {
    const FIRST: [&str; 10] = ["$0", "$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9"];
    at.params += 1;
    if at.params < FIRST.len() {
        push(out, at, FIRST[at.params]);
    } else {
        push(out, at, "$");
        push_number(out, at, at.params);
    }
}

#[expect(clippy::indexing_slicing, reason = "the remainder of a division by ten")]
pub(super) const fn push_number(out: &mut [u8], at: &mut Cursor, number: usize) {
    const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    let mut divisor = 1;
    while number / divisor >= 10 {
        divisor *= 10;
    }
    while divisor > 0 {
        push(out, at, DIGITS[number / divisor % 10]);
        divisor /= 10;
    }
}

/// `around` is the operator that the node is an operand of.
pub(super) const fn write_at(node: &Node, out: &mut [u8], at: &mut Cursor, present: Present, around: Level) {
    match node {
        Node::Text(text) => push(out, at, text),
        Node::Column(source, column) => push_column(out, at, source, column),
        Node::Columns(source, columns) => {
            let mut rest = *columns;
            while let [column, others @ ..] = rest {
                push_column(out, at, source, column);
                if let [_, ..] = others {
                    push(out, at, ", ");
                }
                rest = others;
            }
        }
        Node::Names(names) => {
            let mut rest = *names;
            while let [name, others @ ..] = rest {
                push(out, at, name);
                if let [_, ..] = others {
                    push(out, at, ", ");
                }
                rest = others;
            }
        }
        Node::Param(_) => push_param(out, at),
        Node::Cat(nodes) => {
            if let Some(keys) = at.keys
                && write_repeated(&keys, node, out, at, present, around)
            {
                return;
            }
            let mut rest = *nodes;
            while let [node, others @ ..] = rest {
                write_at(node, out, at, present, Level::Free);
                rest = others;
            }
        }
        Node::Operator(level, operands) => {
            if let Some(keys) = at.keys
                && write_repeated(&keys, node, out, at, present, around)
            {
                return;
            }
            let parentheses = needs_parentheses(*level, around);
            if parentheses {
                push(out, at, "(");
            }
            let mut around = left_of(*level);
            let mut rest = *operands;
            while let [node, others @ ..] = rest {
                write_at(node, out, at, present, around);
                around = *level;
                rest = others;
            }
            if parentheses {
                push(out, at, ")");
            }
        }
        Node::Clause { prefix, separator, level, items } => {
            let outer = at.clause;
            at.clause = Clause { prefix, separator, level: *level, items: 0 };
            write_at(items, out, at, present, Level::Free);
            at.clause = outer;
        }
        Node::Item(Node::Optional(item)) => {
            at.optionals += 1;
            if present.contains(at.optionals - 1) {
                push_separator(out, at);
                write_at(item, out, at, present, at.clause.level);
            }
        }
        Node::Item(item) => {
            push_separator(out, at);
            write_at(item, out, at, present, at.clause.level);
        }
        Node::Optional(node) => write_at(node, out, at, present, around),
        Node::OnUpdate(columns, set) => write_on_update(columns, set, out, at),
        Node::Default(value) => write_default(value, out, at),
        Node::Unnest(columns) => write_unnest(columns, out, at),
        Node::UnnestSet(columns) => write_set(columns, out, at),
        Node::UnnestFrom(columns) => write_source(columns, out, at),
        Node::UnnestKey(source, columns) => write_key(source, columns, out, at),
        Node::Patch(columns, on_update) => write_patch(columns, on_update, out, at, present),
        Node::Grouped { keys, query } => {
            let outer = at.keys;
            at.keys = Some(Keys::new(keys));
            write_at(query, out, at, present, around);
            at.keys = outer;
        }
        Node::OneOfKeys(table) => write_key_name(table, out, at, present),
    }
}

pub(super) const fn push_column(out: &mut [u8], at: &mut Cursor, source: &str, column: &str) {
    push(out, at, source);
    push(out, at, ".");
    push(out, at, column);
}

/// Only `and` and `or` read the same however their chains are grouped.
const fn needs_parentheses(level: Level, around: Level) -> bool {
    if level as u8 == around as u8 {
        !matches!(level, Level::And | Level::Or)
    } else {
        (level as u8) < around as u8
    }
}

/// Arithmetic and what is like it is read from the left, so there its first operand may be as loose as the operator
/// itself.
const fn left_of(level: Level) -> Level {
    match level {
        Level::Multiply => Level::Add,
        Level::Add => Level::Other,
        Level::Other => Level::Match,
        other => other,
    }
}

pub(super) const fn push_separator(out: &mut [u8], at: &mut Cursor) {
    push(out, at, if at.clause.items == 0 { at.clause.prefix } else { at.clause.separator });
    at.clause.items += 1;
}

pub(crate) const fn equal(mut a: &[u8], mut b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    while let ([x, rest_a @ ..], [y, rest_b @ ..]) = (a, b) {
        if *x != *y {
            return false;
        }
        (a, b) = (rest_a, rest_b);
    }
    true
}

pub(super) const fn write_default(value: &DefaultMeta, out: &mut [u8], at: &mut Cursor) {
    match value {
        DefaultMeta::Number(text) | DefaultMeta::Expression(text) => push(out, at, text),
        DefaultMeta::Bool(true) => push(out, at, "true"),
        DefaultMeta::Bool(false) => push(out, at, "false"),
        DefaultMeta::Text(text) | DefaultMeta::Json(text) | DefaultMeta::Label(text) => {
            push(out, at, if has_backslash(text) { "E'" } else { "'" });
            push_escaped(out, at, text);
            push(out, at, "'");
        }
    }
}

const fn has_backslash(text: &str) -> bool {
    let mut rest = text.as_bytes();
    while let [byte, others @ ..] = rest {
        if *byte == b'\\' {
            return true;
        }
        rest = others;
    }
    false
}

/// Doubles quotes and backslashes.
const fn push_escaped(out: &mut [u8], at: &mut Cursor, text: &str) {
    let mut done = 0;
    let mut scan = 0;
    while scan < text.len() {
        let (_, [byte, ..]) = text.as_bytes().split_at(scan) else { return };
        if matches!(byte, b'\'' | b'\\') {
            // The byte is ASCII, so both cuts are between characters.
            let end = scan + 1;
            push(out, at, text.split_at(end).0.split_at(done).1);
            done = scan;
        }
        scan += 1;
    }
    push(out, at, text.split_at(done).1);
}

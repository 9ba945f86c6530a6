//! The text of a statement: a constant, or rendered once at run time.

use super::{Cursor, Node, write};
use crate::args::Present;
use std::marker::PhantomData;

/// Anything whose SQL text is known from its type.
pub trait Sql {
    /// The text, as a tree of fragments.
    const NODE: &'static Node;
    /// Whether it is nothing but a parameter.
    const IS_PARAM: bool = false;
    /// The cast that a parameter beside it needs (` ::"citext"` for a column of such a type), or nothing.
    const CAST: &'static str = "";
}

impl<Q: Sql> Sql for &Q {
    const NODE: &'static Node = Q::NODE;
}

/// The text of a whole statement.
pub trait Text: Sql {
    /// The length of the text, and how many parts of it are settled at run time.
    const MEASURE: Cursor = {
        let mut at = Cursor::start();
        write(Self::NODE, &mut [], &mut at, Present::NONE);
        at
    };
    /// The text, or nothing when it is settled at run time.
    const TEXT: Option<&'static str> = if Self::MEASURE.optionals > 0 { None } else { Some(text::<Self>()) };
}

impl<Q: Sql + ?Sized> Text for Q {}

/// The text of `node` with just those optional items that `present` says, in order.
pub fn render(node: &Node, present: Present) -> String {
    let mut at = Cursor::start();
    write(node, &mut [], &mut at, present);
    let mut out = vec![0; at.len];
    write(node, &mut out, &mut Cursor::start(), present);
    // The writer copies whole strings, so its output is text; the conversion has no failure to report.
    String::from_utf8(out).unwrap_or_default()
}

/// A buffer of `N` bytes, the size class of the text.
struct Buffer<Q: ?Sized, const N: usize>(PhantomData<Q>);

impl<Q: Sql + ?Sized, const N: usize> Buffer<Q, N> {
    const BYTES: &'static [u8] = &{
        let mut out = [0; N];
        write(Q::NODE, &mut out, &mut Cursor::start(), Present::NONE);
        out
    };
}

const fn class(len: usize) -> usize {
    match len {
        0..=128 => 128,
        129..=256 => 256,
        257..=512 => 512,
        513..=1024 => 1024,
        1025..=4096 => 4096,
        4097..=16384 => 16384,
        16385..=65536 => 65536,
        _ => 1048576,
    }
}

/// A function for each class, because naming a constant evaluates it, and only the class that serves should be.
const fn in_class<Q: Sql + ?Sized, const N: usize>() -> &'static [u8] {
    Buffer::<Q, N>::BYTES
}

const fn text<Q: Sql + ?Sized>() -> &'static str {
    let len = Q::MEASURE.len;
    let bytes = match class(len) {
        128 => in_class::<Q, 128>(),
        256 => in_class::<Q, 256>(),
        512 => in_class::<Q, 512>(),
        1024 => in_class::<Q, 1024>(),
        4096 => in_class::<Q, 4096>(),
        16384 => in_class::<Q, 16384>(),
        65536 => in_class::<Q, 65536>(),
        _ => in_class::<Q, 1048576>(),
    };
    assert!(len <= bytes.len(), "the statement is longer than 1 MiB");
    match std::str::from_utf8(bytes.split_at(len).0) {
        Ok(text) => text,
        // The writer copies whole strings.
        Err(_) => "",
    }
}

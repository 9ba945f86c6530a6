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
    /// The text as far as a first pass writes it.
    const DRAFT: Draft = {
        let mut bytes = [0; DRAFT];
        let mut at = Cursor::start();
        write(Self::NODE, &mut bytes, &mut at, Present::NONE);
        Draft { bytes, len: at.len, optionals: at.optionals }
    };
    /// The text, or nothing when it is settled at run time. As bytes: that they are text is known, and checking it takes
    /// the compiler as long as writing it.
    const TEXT: Option<&'static [u8]> = if Self::DRAFT.optionals > 0 { None } else { Some(text::<Self>()) };
}

/// Texts of up to so many bytes are written in one pass; it counts the bytes of longer ones.
const DRAFT: usize = 1024;

/// The outcome of a first pass.
pub struct Draft {
    bytes: [u8; DRAFT],
    /// The length of the text.
    len: usize,
    /// How many parts of it are settled at run time.
    optionals: u32,
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
        if N <= DRAFT {
            out.copy_from_slice(Q::DRAFT.bytes.split_at(N).0);
        } else {
            write(Q::NODE, &mut out, &mut Cursor::start(), Present::NONE);
        }
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

const fn text<Q: Sql + ?Sized>() -> &'static [u8] {
    let len = Q::DRAFT.len;
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
    bytes.split_at(len).0
}

//! What needs what: read from the text of definitions, as a catalog has nothing else.
//!
//! A name that a text mentions is taken for the object of this name, if there is one. This may see a need too many, for
//! which an order is still found, and none too few but for what stands inside a function's body.

mod mention;
mod needs;
mod order;
mod token;

pub use mention::Mentions;
pub(crate) use mention::{Dotted, replace_names};
pub use needs::needs;
pub use order::in_order;
pub(crate) use token::{TokenKind, tokens};

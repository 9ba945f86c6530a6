//! What the tests share.

pub(crate) mod poll;
pub(crate) mod tables;

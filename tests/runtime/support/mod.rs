//! What the tests share.

pub(crate) mod chain;
pub(crate) mod poll;
pub(crate) mod proxy;
pub(crate) mod script;
pub(crate) mod tables;
#[cfg(feature = "tls")]
pub(crate) mod tls;
#[cfg(feature = "tls")]
pub(crate) mod wire;

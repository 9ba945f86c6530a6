//! TLS: what is asked for ([`mode`], [`params`]), and who does it ([`connector`], or nobody without the feature).

pub(crate) mod mode;
pub(crate) mod params;

#[cfg(feature = "tls")]
mod binding;
#[cfg(feature = "tls")]
pub(crate) mod connector;
#[cfg(feature = "tls")]
pub(crate) mod refusal;
#[cfg(feature = "tls")]
mod root;
#[cfg(feature = "tls")]
mod stream;
#[cfg(feature = "tls")]
mod verify;

#[cfg(not(feature = "tls"))]
pub(crate) mod off;
#[cfg(not(feature = "tls"))]
pub(crate) use off as connector;

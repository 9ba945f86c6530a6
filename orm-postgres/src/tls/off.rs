//! The connector of a build without TLS.

use crate::error::{Error, Kind};
use crate::tls::mode::{Asked, SslMode};
use crate::tls::params::Root;
use tokio_postgres::config::SslNegotiation;
use tokio_postgres::tls::NoTlsStream;
use tokio_postgres::{Config, NoTls};

/// One that gives no TLS; nobody asks it for some.
pub(crate) struct Connector;

/// How far an attempt came; here never to TLS.
pub(crate) struct Progress;

pub(crate) type Stream = NoTlsStream;

impl Connector {
    pub(crate) fn new(_: SslMode, _: Option<Root<'_>>, _: SslNegotiation) -> Result<Self, Error> {
        Ok(Connector)
    }

    pub(crate) fn attempt(&self) -> (NoTls, Progress) {
        (NoTls, Progress)
    }
}

pub(crate) fn explain(
    error: tokio_postgres::Error,
    server: String,
    _: &Config,
    _: Asked,
    _: &Progress,
) -> Kind {
    Kind::Connect { server, error }
}

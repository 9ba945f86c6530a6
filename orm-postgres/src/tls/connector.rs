//! The connector: makes TLS of a socket by rustls.

use crate::error::{Error, Kind};
use crate::tls::mode::{Asked, SslMode};
use crate::tls::params::Root;
use crate::tls::refusal;
use crate::tls::root;
use crate::tls::verify::{Checks, Verifier};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio_postgres::config::SslNegotiation;
use tokio_postgres::tls::{MakeTlsConnect, TlsConnect};
use tokio_postgres::{Config, Socket};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::client::Resumption;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{self, ClientConfig};

pub(crate) use crate::tls::stream::Stream;

/// What the connections of a pool share.
pub(crate) struct Connector {
    config: Arc<ClientConfig>,
}

impl Connector {
    pub(crate) fn new(mode: SslMode, root: Option<Root<'_>>, how: SslNegotiation) -> Result<Self, Error> {
        let checks = match (mode, root) {
            (SslMode::Disable, _) => Checks::Nothing,
            (SslMode::VerifyFull, root) => Checks::ChainAndName(root::load(root.unwrap_or(Root::System))?),
            // Who names a certificate wants it looked at, as libpq does too.
            (_, Some(root)) => Checks::Chain(root::load(root)?),
            (_, None) => Checks::Nothing,
        };
        let provider = Arc::new(ring::default_provider());
        let algorithms = provider.signature_verification_algorithms;
        let unusable = |_: rustls::Error| Error::new(Kind::Setting("rustls has no version of TLS".into()));
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(unusable)?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(Verifier { checks, algorithms }))
            .with_no_client_auth();
        // PostgreSQL resumes no session, so each would only be kept.
        config.resumption = Resumption::disabled();
        if how == SslNegotiation::Direct {
            config.alpn_protocols = vec![b"postgresql".to_vec()];
        }
        Ok(Connector { config: Arc::new(config) })
    }

    /// What makes one connection, and what will tell of it.
    pub(crate) fn attempt(&self) -> (Attempt, Progress) {
        let progress = Progress::default();
        (Attempt { config: self.config.clone(), progress: progress.clone() }, progress)
    }
}

/// How far an attempt came: whether its handshake has started.
#[derive(Clone, Default)]
pub(crate) struct Progress(Arc<AtomicBool>);

/// One connection's connector.
#[derive(Clone)]
pub(crate) struct Attempt {
    config: Arc<ClientConfig>,
    progress: Progress,
}

impl MakeTlsConnect<Socket> for Attempt {
    type Stream = Stream;
    type TlsConnect = Handshake;
    type Error = io::Error;

    fn make_tls_connect(&mut self, host: &str) -> io::Result<Handshake> {
        // It is the next address of the host: none of them has started yet.
        self.progress.0.store(false, Ordering::Relaxed);
        Ok(Handshake { attempt: self.clone(), host: host.to_owned() })
    }
}

/// The handshake that the driver starts when the server agrees.
pub(crate) struct Handshake {
    attempt: Attempt,
    host: String,
}

impl TlsConnect<Socket> for Handshake {
    type Stream = Stream;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Stream>> + Send>>;

    fn connect(self, socket: Socket) -> Self::Future {
        let Handshake { attempt: Attempt { config, progress }, host } = self;
        progress.0.store(true, Ordering::Relaxed);
        Box::pin(async move {
            let invalid = |error| io::Error::new(io::ErrorKind::InvalidInput, error);
            let name = ServerName::try_from(host).map_err(invalid)?;
            TlsConnector::from(config).connect(name, socket).await.map(Stream::new)
        })
    }
}

/// What an attempt's failure was.
pub(crate) fn explain(
    error: tokio_postgres::Error,
    server: String,
    config: &Config,
    asked: Asked,
    progress: &Progress,
) -> Kind {
    let cause = std::error::Error::source(&error);
    if refusal::of(&error).is_some() {
        return Kind::Tls { server, asked, error };
    }
    // Nothing but the network and the server's "no" come before the handshake, and the driver has no type for the no.
    let demanded = config.get_ssl_mode() == SslMode::Require.of_driver();
    if demanded && !progress.0.load(Ordering::Relaxed) && cause.is_some_and(|cause| !cause.is::<io::Error>())
    {
        return Kind::NoTls { server, asked };
    }
    Kind::Connect { server, error }
}

//! How much of a server's certificate is checked.

use crate::tls::root::Roots;
use std::sync::Arc;
use tokio_rustls::rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use tokio_rustls::rustls::client::{verify_server_cert_signed_by_trust_anchor, verify_server_name};
use tokio_rustls::rustls::crypto::{
    WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature,
};
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::server::ParsedCertificate;
use tokio_rustls::rustls::{CertificateError, DigitallySignedStruct, Error, SignatureScheme};

#[derive(Clone)]
pub(crate) enum Checks {
    /// Any certificate will do: what is sent is encrypted, to whom is not known.
    Nothing,
    /// It comes from one of these.
    Chain(Arc<Roots>),
    /// And it is for the host that was asked for.
    ChainAndName(Arc<Roots>),
}

/// Checks certificates. That the server has the key of its certificate is checked always: channel binding rests on it.
pub(crate) struct Verifier {
    pub(crate) checks: Checks,
    pub(crate) algorithms: WebPkiSupportedAlgorithms,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        _ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let (roots, named) = match &self.checks {
            Checks::Nothing => return Ok(ServerCertVerified::assertion()),
            Checks::Chain(roots) => (roots, false),
            Checks::ChainAndName(roots) => (roots, true),
        };
        let parsed = ParsedCertificate::try_from(certificate)?;
        let algorithms = self.algorithms.all;
        verify_server_cert_signed_by_trust_anchor(&parsed, &roots.store, intermediates, now, algorithms)
            .or_else(
                |error| if is_own_authority(&error, certificate, roots) { Ok(()) } else { Err(error) },
            )?;
        if named {
            verify_server_name(&parsed, name)?;
        }
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signature, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signature, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

/// Whether nothing is wrong with the certificate but that it is an authority's, and `sslrootcert` names this very one.
/// That is what PostgreSQL's manual has one make first (`openssl req -x509`). Its dates have been checked before.
fn is_own_authority(error: &Error, certificate: &CertificateDer<'_>, roots: &Roots) -> bool {
    let Error::InvalidCertificate(CertificateError::Other(error)) = error else {
        return false;
    };
    error.0.downcast_ref() == Some(&webpki::Error::CaUsedAsEndEntity)
        && roots.certificates.iter().any(|root| root == certificate)
}

impl std::fmt::Debug for Verifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Verifier").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::{Checks, Verifier};
    use crate::tls::root::Roots;
    use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair};
    use std::sync::Arc;
    use std::time::Duration;
    use tokio_rustls::rustls::client::danger::ServerCertVerifier;
    use tokio_rustls::rustls::crypto::ring;
    use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
    use tokio_rustls::rustls::{Error, RootCertStore};

    const NOW: u64 = 1_700_000_000;

    /// As `openssl req -x509` makes them: authorities.
    fn self_signed() -> CertificateDer<'static> {
        let mut params = CertificateParams::new(["localhost".to_owned()]).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.not_after = rcgen::date_time_ymd(2030, 1, 1);
        params.self_signed(&KeyPair::generate().unwrap()).unwrap().der().clone()
    }

    /// Checks `certificate`, given this one as `sslrootcert`.
    fn verify(
        certificate: &CertificateDer<'_>,
        root: &CertificateDer<'static>,
        name: &'static str,
        now: u64,
    ) -> Result<(), Error> {
        let mut store = RootCertStore::empty();
        store.add(root.clone()).unwrap();
        let roots = Arc::new(Roots { store, certificates: vec![root.clone()] });
        let algorithms = ring::default_provider().signature_verification_algorithms;
        let verifier = Verifier { checks: Checks::ChainAndName(roots), algorithms };
        let name = ServerName::try_from(name).unwrap();
        let now = UnixTime::since_unix_epoch(Duration::from_secs(now));
        verifier.verify_server_cert(certificate, &[], &name, &[], now).map(drop)
    }

    #[test]
    fn a_certificate_that_is_its_own_authority_is_believed_when_it_is_named() {
        let certificate = self_signed();
        assert_eq!(verify(&certificate, &certificate, "localhost", NOW), Ok(()));
    }

    #[test]
    fn all_else_is_checked_of_it_too() {
        let certificate = self_signed();
        let words = |result: Result<(), Error>| result.unwrap_err().to_string();
        assert!(words(verify(&certificate, &certificate, "other", NOW)).contains("not valid for name"));
        assert!(words(verify(&certificate, &certificate, "localhost", NOW * 2)).contains("expired"));
        let other = self_signed();
        verify(&certificate, &other, "localhost", NOW).unwrap_err();
    }
}

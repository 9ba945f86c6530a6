//! The certificates of the authorities that are believed.

use crate::error::{Error, Kind};
use crate::tls::params::Root;
use std::sync::{Arc, OnceLock};
use tokio_rustls::rustls::RootCertStore;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;

/// Authorities, and their certificates as they are.
pub(crate) struct Roots {
    pub(crate) store: RootCertStore,
    pub(crate) certificates: Vec<CertificateDer<'static>>,
}

pub(crate) fn load(root: Root<'_>) -> Result<Arc<Roots>, Error> {
    match root {
        Root::System => system(),
        Root::File(path) => file(path).map(Arc::new),
    }
}

/// Looked for once: it takes some milliseconds.
fn system() -> Result<Arc<Roots>, Error> {
    static SYSTEM: OnceLock<Arc<Roots>> = OnceLock::new();
    if let Some(roots) = SYSTEM.get() {
        return Ok(roots.clone());
    }
    let mut store = RootCertStore::empty();
    // Systems carry some that are too old to be read.
    store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if store.is_empty() {
        return Err(Error::new(Kind::Setting(
            "the system has no certificates of authorities that it trusts; install them (Debian: `apt-get install \
             ca-certificates`), or name a file by `sslrootcert`"
                .into(),
        )));
    }
    let roots = Arc::new(Roots { store, certificates: Vec::new() });
    Ok(SYSTEM.get_or_init(|| roots).clone())
}

fn file(path: &str) -> Result<Roots, Error> {
    let failed = |what, source| Error::new(Kind::RootCert { path: path.to_owned(), what, source });
    let text = std::fs::read(path).map_err(|error| failed("cannot be read", Some(error.into())))?;
    let certificates: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(&text)
        .collect::<Result<_, _>>()
        .map_err(|error| failed("is not in the PEM format", Some(error.into())))?;
    if certificates.is_empty() {
        return Err(failed("holds no certificate", None));
    }
    let mut store = RootCertStore::empty();
    for certificate in &certificates {
        let unusable = |error: tokio_rustls::rustls::Error| {
            failed("holds a certificate that cannot be used", Some(error.into()))
        };
        store.add(certificate.clone()).map_err(unusable)?;
    }
    Ok(Roots { store, certificates })
}

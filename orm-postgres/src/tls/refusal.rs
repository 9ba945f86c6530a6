//! Why there is no TLS with a server that offers it, in words.

use std::io;
use tokio_rustls::rustls::{self, CertificateError};

/// What rustls said, if it is at the bottom of the driver's error.
pub(crate) fn of(error: &tokio_postgres::Error) -> Option<&rustls::Error> {
    std::error::Error::source(error)?.downcast_ref::<io::Error>()?.get_ref()?.downcast_ref()
}

/// The reason; rustls's own words, which are below it in the chain, have the dates and names.
pub(crate) fn words(error: &tokio_postgres::Error) -> &'static str {
    let Some(rustls::Error::InvalidCertificate(error)) = of(error) else {
        return "the TLS connection failed";
    };
    match error {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "the server's certificate has expired"
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "the server's certificate is not valid yet"
        }
        CertificateError::UnknownIssuer => "the server's certificate is of an unknown issuer",
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "the server's certificate is for another host name"
        }
        _ => "the server's certificate cannot be used",
    }
}

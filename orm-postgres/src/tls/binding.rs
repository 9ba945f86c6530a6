//! What binds a password to the TLS it is sent in: `tls-server-end-point` of RFC 5929, a hash of the certificate.

use ring::digest::{Algorithm, SHA256, SHA384, SHA512, digest};

/// The tags of DER that lead to a certificate's signature algorithm.
const SEQUENCE: u8 = 0x30;
const OBJECT_IDENTIFIER: u8 = 0x06;

/// Signature algorithms as DER writes them, and the hash that goes with each: that of the signature, but none older
/// than SHA-256. One without a hash of its own (Ed25519) has no binding.
const HASHES: &[(&[u8], &Algorithm)] = &[
    // RSA with MD5, SHA-1, SHA-256, SHA-384, SHA-512: 1.2.840.113549.1.1.
    (b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x04", &SHA256),
    (b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x05", &SHA256),
    (b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b", &SHA256),
    (b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0c", &SHA384),
    (b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0d", &SHA512),
    // ECDSA with SHA-1, SHA-256, SHA-384, SHA-512: 1.2.840.10045.4.
    (b"\x2a\x86\x48\xce\x3d\x04\x01", &SHA256),
    (b"\x2a\x86\x48\xce\x3d\x04\x03\x02", &SHA256),
    (b"\x2a\x86\x48\xce\x3d\x04\x03\x03", &SHA384),
    (b"\x2a\x86\x48\xce\x3d\x04\x03\x04", &SHA512),
];

/// The hash of a certificate, if its algorithm has one.
pub(crate) fn end_point(certificate: &[u8]) -> Option<Vec<u8>> {
    let algorithm = signature_algorithm(certificate)?;
    let (_, hash) = HASHES.iter().find(|(name, _)| *name == algorithm)?;
    Some(digest(hash, certificate).as_ref().to_vec())
}

/// `SEQUENCE { tbsCertificate SEQUENCE, signatureAlgorithm SEQUENCE { OBJECT IDENTIFIER, .. }, .. }`
fn signature_algorithm(certificate: &[u8]) -> Option<&[u8]> {
    let (certificate, _) = element(SEQUENCE, certificate)?;
    let (_, after) = element(SEQUENCE, certificate)?;
    let (algorithm, _) = element(SEQUENCE, after)?;
    element(OBJECT_IDENTIFIER, algorithm).map(|(name, _)| name)
}

/// The content of the first element, which must have this tag, and what follows it.
fn element(tag: u8, der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&[found, len], rest) = der.split_first_chunk()?;
    if found != tag {
        return None;
    }
    if len < 0x80 {
        return rest.split_at_checked(usize::from(len));
    }
    let (digits, rest) = rest.split_at_checked(usize::from(len & 0x7f))?;
    // Four digits are more than a certificate's length has.
    let len =
        (digits.len() <= 4).then(|| digits.iter().fold(0, |len, digit| len << 8 | usize::from(*digit)))?;
    rest.split_at_checked(len)
}

#[cfg(test)]
mod tests {
    use super::{end_point, signature_algorithm};
    use ring::digest::{SHA256, SHA384, digest};

    fn certificate(algorithm: &'static rcgen::SignatureAlgorithm) -> Vec<u8> {
        let key = rcgen::KeyPair::generate_for(algorithm).unwrap();
        let params = rcgen::CertificateParams::new(["localhost".to_owned()]).unwrap();
        params.self_signed(&key).unwrap().der().to_vec()
    }

    #[test]
    fn the_hash_is_that_of_the_signature() {
        for (algorithm, hash) in
            [(&rcgen::PKCS_ECDSA_P256_SHA256, &SHA256), (&rcgen::PKCS_ECDSA_P384_SHA384, &SHA384)]
        {
            let certificate = certificate(algorithm);
            assert_eq!(end_point(&certificate).unwrap(), digest(hash, &certificate).as_ref());
        }
    }

    #[test]
    fn an_algorithm_without_a_hash_has_no_binding() {
        let certificate = certificate(&rcgen::PKCS_ED25519);
        assert_eq!(signature_algorithm(&certificate).unwrap(), b"\x2b\x65\x70");
        assert_eq!(end_point(&certificate), None);
    }

    #[test]
    fn what_is_no_certificate_has_no_binding() {
        let certificate = certificate(&rcgen::PKCS_ECDSA_P256_SHA256);
        for len in 0..certificate.len() {
            assert_eq!(end_point(&certificate[..len]), None, "{len}");
        }
        assert_eq!(end_point(b"\x30\x84\xff\xff\xff\xff"), None);
        assert_eq!(end_point(b"\x30\xff\x30\x30"), None);
    }
}

//! A server's certificate is checked as `sslmode` and `sslrootcert` say, and an error says what is wrong with it.

use crate::support::tls::{AUTHORITY, STRANGER, expired, outcome, with_tls, write};
use std::process::Command;

#[tokio::test]
async fn an_unknown_issuer_is_refused() {
    let server = with_tls().await;
    let stranger = &STRANGER.file;
    for mode in ["prefer", "require", "verify-ca", "verify-full"] {
        let url = server.url("anyone", &format!("sslmode={mode}&sslrootcert={stranger}"));
        assert_eq!(
            outcome(&url).await.unwrap_err(),
            format!(
                "could not connect to \"localhost:{}\": the server's certificate is of an unknown issuer \
                 (sslmode={mode}): invalid peer certificate: UnknownIssuer",
                server.port
            )
        );
    }
    // Without a file `require` looks at nothing.
    assert_eq!(outcome(&server.url("anyone", "sslmode=require")).await, Ok(true));
}

#[tokio::test]
async fn another_host_name_is_refused_by_verify_full_only() {
    let server = with_tls().await;
    let url = |mode: &str| {
        let parameters = format!("sslmode={mode}&sslrootcert={}", AUTHORITY.file);
        server.url("anyone", &parameters).replace("localhost", "127.0.0.1")
    };
    assert_eq!(outcome(&url("require")).await, Ok(true));
    assert_eq!(outcome(&url("verify-ca")).await, Ok(true));
    let error = outcome(&url("verify-full")).await.unwrap_err();
    let expected = format!(
        "could not connect to \"127.0.0.1:{}\": the server's certificate is for another host name \
         (sslmode=verify-full): invalid peer certificate: certificate not valid for name \"127.0.0.1\"",
        server.port
    );
    assert!(error.starts_with(&expected), "{error}");
    assert!(error.contains("db.example.com"), "{error}");
}

#[tokio::test]
async fn an_expired_certificate_is_refused() {
    let server = expired().await;
    for mode in ["require", "verify-ca", "verify-full"] {
        let url = server.url("anyone", &format!("sslmode={mode}&sslrootcert={}", AUTHORITY.file));
        let error = outcome(&url).await.unwrap_err();
        let expected = format!(
            "could not connect to \"localhost:{}\": the server's certificate has expired (sslmode={mode}): \
             invalid peer certificate: certificate expired: ",
            server.port
        );
        assert!(error.starts_with(&expected), "{error}");
    }
    assert_eq!(outcome(&server.url("anyone", "sslmode=require")).await, Ok(true));
}

#[tokio::test]
async fn a_root_file_that_is_of_no_use_is_named() {
    let place = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    let folder = env!("CARGO_TARGET_TMPDIR");
    for (file, why) in [
        (format!("{folder}/not there"), "cannot be read: No such file or directory (os error 2)"),
        (write("empty.pem", ""), "holds no certificate"),
        (write("text.pem", "hello"), "holds no certificate"),
        (write("key.pem", &rcgen::KeyPair::generate().unwrap().serialize_pem()), "holds no certificate"),
        (write("cut.pem", place.get(..30).unwrap()), "is not in the PEM format: "),
        (write("place.pem", place), "holds a certificate that cannot be used: "),
    ] {
        for mode in ["prefer", "verify-full"] {
            let error = outcome(&format!("host=h sslmode={mode} sslrootcert='{file}'")).await.unwrap_err();
            let expected = format!("the file \"{file}\", which `sslrootcert` names, {why}");
            assert!(error.starts_with(&expected), "{error}");
        }
        // Nobody looks at it.
        let url = with_tls().await.url("anyone", &format!("sslmode=disable&sslrootcert={file}"));
        assert_eq!(outcome(&url).await, Ok(false));
    }
}

/// The system's authorities are those of this variable, which has to be set before the process starts.
const SYSTEM: &str = "SSL_CERT_FILE";

#[tokio::test]
async fn the_systems_authorities_are_believed() {
    let port = with_tls().await.port;
    let local = with_tls().await.url("anyone", "sslrootcert=system");
    let far = format!(
        "host=db.example.com hostaddr=127.0.0.1 port={port} user=anyone password=secret dbname=postgres"
    );
    for url in [far.clone(), format!("{far} sslmode=verify-full"), format!("{far} sslrootcert=system"), local]
    {
        for (authority, expected) in [
            (&AUTHORITY.file, "Ok(true)"),
            (&STRANGER.file, "the server's certificate is of an unknown issuer (sslmode=verify-full"),
            (&write("none.pem", ""), "the system has no certificates of authorities that it trusts"),
        ] {
            let child = Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "certificate::connect_in_a_process_of_its_own", "--ignored", "--nocapture"])
                .env(SYSTEM, authority)
                .env("SSL_CERT_DIR", "/dev/null")
                .env("MIZZLE_TEST_URL", &url)
                .output()
                .unwrap();
            let output = String::from_utf8_lossy(&child.stdout);
            assert!(output.contains(expected), "{url}: {output}");
        }
    }
}

#[tokio::test]
#[ignore = "a process that `the_systems_authorities_are_believed` starts"]
async fn connect_in_a_process_of_its_own() {
    if let Ok(url) = std::env::var("MIZZLE_TEST_URL") {
        println!("{:?}", outcome(&url).await);
    }
}

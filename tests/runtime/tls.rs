//! TLS as `sslmode` asks for it: never less, whoever is on the wire.

use crate::support::chain::report;
use crate::support::tables::Nap;
use crate::support::tls::{AUTHORITY, Encryption, outcome, url, with_tls, without_tls};
use crate::support::wire::{CANCEL, SSL_REQUEST, Wire};
use mizzle::Client;
use mizzle::prelude::*;
use std::time::Duration;

/// The parameters of each mode, from the weakest to the strongest.
fn modes() -> [(&'static str, String); 6] {
    let root = &AUTHORITY.file;
    [
        ("disable", "sslmode=disable".to_owned()),
        ("allow", "sslmode=allow".to_owned()),
        ("prefer", "sslmode=prefer".to_owned()),
        ("require", "sslmode=require".to_owned()),
        ("verify-ca", format!("sslmode=verify-ca&sslrootcert={root}")),
        ("verify-full", format!("sslmode=verify-full&sslrootcert={root}")),
    ]
}

/// Checks what comes of each mode.
async fn check(user: &str, port: u16, expected: [Result<bool, &str>; 6]) {
    for ((mode, parameters), expected) in modes().into_iter().zip(expected) {
        let found = outcome(&url(user, port, &parameters)).await;
        let expected = expected.map_err(|why| {
            format!("could not connect to \"localhost:{port}\": {}", why.replace("MODE", mode))
        });
        match (&found, &expected) {
            (Err(found), Err(expected)) => assert!(found.starts_with(expected), "{user}: {mode}: {found}"),
            _ => assert_eq!(found, expected, "{user}: {mode}"),
        }
    }
}

#[tokio::test]
async fn a_server_with_tls_gets_as_much_as_is_asked_for() {
    let port = with_tls().await.port;
    check("anyone", port, [Ok(false), Ok(false), Ok(true), Ok(true), Ok(true), Ok(true)]).await;
}

#[tokio::test]
async fn a_server_that_insists_on_tls_gets_it_from_all_that_may() {
    let port = with_tls().await.port;
    let refused = "no pg_hba.conf entry for host \"127.0.0.1\", user \"tls_only\", database \"postgres\", ";
    check("tls_only", port, [Err(refused), Ok(true), Ok(true), Ok(true), Ok(true), Ok(true)]).await;
}

/// libpq would go on without TLS where it is only preferred; the one who refuses TLS may be somebody else.
#[tokio::test]
async fn a_server_that_offers_tls_and_refuses_it_is_not_sent_less() {
    let port = with_tls().await.port;
    let refused = "no pg_hba.conf entry for host \"127.0.0.1\", user \"plain_only\", database \"postgres\", ";
    let none = Err(refused);
    check("plain_only", port, [Ok(false), Ok(false), none, none, none, none]).await;
}

#[tokio::test]
async fn a_server_without_tls_is_used_by_those_that_do_not_insist() {
    let port = without_tls().await.port;
    let none = Err("the server does not support TLS, and sslmode=MODE asks for it");
    check("anyone", port, [Ok(false), Ok(false), Ok(false), none, none, none]).await;
    // Its own refusal says more than that there is no TLS either.
    let url = without_tls().await.url("tls_only", "sslmode=allow");
    let error = outcome(&url).await.unwrap_err();
    assert!(error.contains("no pg_hba.conf entry for host") && error.contains("28000"), "{error}");
}

#[tokio::test]
async fn what_is_local_prefers_tls_and_what_is_not_is_verified() {
    for (server, encrypted) in [(with_tls().await, true), (without_tls().await, false)] {
        assert_eq!(outcome(&server.url("anyone", "")).await, Ok(encrypted));
        let pairs = format!("hostaddr=127.0.0.1 port={} user=anyone password=secret", server.port);
        assert_eq!(outcome(&format!("{pairs} dbname=postgres")).await, Ok(encrypted));
    }
    let root = format!("sslrootcert='{}'", AUTHORITY.file);
    let pairs = |server: u16, host: &str| {
        format!(
            "host={host} hostaddr=127.0.0.1 port={server} user=anyone password=secret dbname=postgres {root}"
        )
    };
    let (with, without) = (with_tls().await.port, without_tls().await.port);
    assert_eq!(outcome(&pairs(with, "db.example.com")).await, Ok(true));
    assert_eq!(
        outcome(&pairs(without, "db.example.com")).await.unwrap_err(),
        format!(
            "could not connect to \"db.example.com:{without}\": the server does not support TLS, and \
             sslmode=verify-full asks for it, the default for a host that is not local"
        )
    );
    let error = outcome(&pairs(with, "other.example.com")).await.unwrap_err();
    assert!(
        error.contains("the server's certificate is for another host name (sslmode=verify-full, the default"),
        "{error}"
    );
}

#[tokio::test]
async fn a_password_is_bound_to_the_channel() {
    let server = with_tls().await;
    for mode in ["allow", "require"] {
        let url = server.url("tls_only", &format!("sslmode={mode}&channel_binding=require"));
        assert_eq!(outcome(&url).await, Ok(true));
    }
    let error = outcome(&server.url("anyone", "sslmode=disable&channel_binding=require")).await.unwrap_err();
    assert!(error.ends_with("server did not use channel binding"), "{error}");
}

#[tokio::test]
async fn tls_without_a_question_is_for_servers_that_know_it() {
    let server = with_tls().await;
    let db = Db::connect(&server.url("anyone", "")).await.unwrap();
    #[derive(Table)]
    #[orm(table = "server_version")]
    struct Version {
        number: i32,
    }
    let view = "create view server_version as select current_setting('server_version_num')::int as number";
    db.batch_execute(view).await.unwrap();
    let version = select(Version.number).from(Version).one(&db).await.unwrap();
    let found = outcome(&server.url("anyone", "sslmode=require&sslnegotiation=direct")).await;
    if version >= 170_000 {
        assert_eq!(found, Ok(true));
    } else {
        assert!(found.unwrap_err().starts_with("could not connect to \"localhost:"));
    }
}

#[tokio::test]
async fn who_denies_tls_learns_nothing() {
    let wire = Wire::to(with_tls().await.port).await;
    wire.answer(Some(b"N"));
    for (mode, parameters) in modes().into_iter().skip(3) {
        assert_eq!(
            outcome(&url("anyone", wire.port, &parameters)).await.unwrap_err(),
            format!(
                "could not connect to \"localhost:{}\": the server does not support TLS, and sslmode={mode} asks \
                 for it",
                wire.port
            )
        );
    }
    for seen in wire.seen() {
        assert_eq!(seen, SSL_REQUEST);
    }
    // That is what `prefer` means, and the default for this machine.
    assert_eq!(outcome(&url("anyone", wire.port, "sslmode=prefer")).await, Ok(false));
}

#[tokio::test]
async fn what_is_said_before_tls_is_not_believed() {
    let wire = Wire::to(with_tls().await.port).await;
    // AuthenticationOk and ReadyForQuery, as if they had come encrypted.
    wire.answer(Some(b"SR\0\0\0\x08\0\0\0\0Z\0\0\0\x05I"));
    for (mode, parameters) in modes().into_iter().skip(2) {
        let error = outcome(&url("anyone", wire.port, &parameters)).await.unwrap_err();
        let expected = format!(
            "could not connect to \"localhost:{}\": the TLS connection failed (sslmode={mode}): ",
            wire.port
        );
        assert!(error.starts_with(&expected), "{error}");
    }
    for seen in wire.seen() {
        assert!(seen.starts_with(&SSL_REQUEST), "{seen:?}");
        assert!(!String::from_utf8_lossy(&seen).contains("anyone"));
    }
}

#[tokio::test]
async fn an_answer_that_never_comes_times_out() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = url("anyone", listener.local_addr().unwrap().port(), "sslmode=require");
    let error = Db::builder(&url).connect_timeout(Duration::from_millis(50)).connect().await.unwrap_err();
    assert!(error.is_timeout() && error.is_retryable());
}

#[tokio::test]
async fn a_statement_is_cancelled_through_tls() {
    let server = with_tls().await;
    let wire = Wire::to(server.port).await;
    let parameters = format!("sslmode=verify-full&sslrootcert={}&application_name=sleeper", AUTHORITY.file);
    let db = Db::builder(&url("anyone", wire.port, &parameters)).max_connections(1).connect().await.unwrap();
    let sleeping = select(Nap).one(&db).into_future();
    assert!(tokio::time::timeout(Duration::from_millis(300), sleeping).await.is_err());

    #[derive(Table)]
    #[orm(table = "sleepers")]
    struct Sleepers {
        sessions: i64,
    }
    let observer = Client::connect(&server.url("anyone", "")).await.unwrap();
    let view = "create view sleepers as select count(*) as sessions from pg_stat_activity, pg_sleep(0.05)
        where application_name = 'sleeper' and query like '%naps%'";
    observer.batch_execute(view).await.unwrap();
    let mut left = 100;
    while select(Sleepers.sessions).from(Sleepers).one(&observer).await.unwrap() > 0 {
        left -= 1;
        assert!(left > 0, "it sleeps on");
    }

    let seen = wire.seen();
    assert_eq!(seen.len(), 2);
    for bytes in seen {
        // The question, and then a handshake of TLS.
        assert!(bytes.starts_with(&[&SSL_REQUEST[..], &[0x16, 3]].concat()), "{bytes:?}");
        assert!(!bytes.windows(4).any(|window| window == CANCEL));
    }
    assert!(select(Encryption.encrypted).from(Encryption).one(&db).await.unwrap());
}

#[tokio::test]
async fn the_pool_goes_on_after_tls_was_denied() {
    let wire = Wire::to(with_tls().await.port).await;
    let url = url("anyone", wire.port, "sslmode=require");
    let db = Db::builder(&url).max_connections(1).connect().await.unwrap();
    let cut = db.batch_execute("select pg_terminate_backend(pg_backend_pid())").await;
    assert!(cut.is_err());
    for denial in [&b"N"[..], b"Snonsense", b"E"] {
        wire.answer(Some(denial));
        for _ in 0..3 {
            let error = select(Encryption).one(&db).await.unwrap_err();
            assert!(report(&error).contains("could not connect to \"localhost:"), "{}", report(&error));
            assert!(!error.is_retryable() && !error.is_closed() && !error.is_timeout());
        }
    }
    wire.answer(None);
    assert!(select(Encryption.encrypted).from(Encryption).one(&db).await.unwrap());
}

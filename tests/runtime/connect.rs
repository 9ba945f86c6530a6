//! A connection that cannot be made says why, and never with the password.

use crate::support::chain::{report, whole_text};
use crate::support::script;
use mizzle::prelude::*;
use mizzle::{Client, Error};
use orm_testing::TestDb;
use tokio_postgres::config::Host;

const SECRET: &str = "hunter2";

/// The error of a pool and that of a client of its own, which are the same.
async fn error_of(url: &str) -> Error {
    let pool = Db::connect(url).await.unwrap_err();
    let client = Client::connect(url).await.unwrap_err();
    assert_eq!(report(&pool), report(&client));
    assert!(!whole_text(&pool).contains(SECRET), "{}", whole_text(&pool));
    assert_eq!(pool.sql(), None);
    pool
}

/// What errors call the server of a URL.
fn place(url: &str) -> String {
    let config: tokio_postgres::Config = url.parse().unwrap();
    match config.get_hosts().first().unwrap() {
        Host::Tcp(host) => format!("\"{host}:{}\"", config.get_ports().first().unwrap_or(&5432)),
        Host::Unix(folder) => {
            let port = config.get_ports().first().unwrap_or(&5432);
            format!("\"{}/.s.PGSQL.{port}\"", folder.display())
        }
    }
}

#[tokio::test]
async fn a_server_that_is_down_is_named_and_may_be_tried_again() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let error = error_of(&format!("postgres://ada:{SECRET}@127.0.0.1:{port}/app")).await;
    assert!(error.is_closed() && error.is_retryable() && !error.is_timeout());
    assert_eq!(error.sqlstate(), None);
    assert_eq!(
        report(&error),
        format!("could not connect to \"127.0.0.1:{port}\": Connection refused (os error 111)")
    );
}

#[tokio::test]
async fn a_wrong_password_is_said_and_not_shown() {
    let refusal = script::error("FATAL", "28P01", "password authentication failed for user \"ada\"");
    let url = script::server(vec![refusal], true).await.replace("ada@", &format!("ada:{SECRET}@"));
    let error = error_of(&url).await;
    assert!(!error.is_closed() && !error.is_retryable());
    assert_eq!(error.sqlstate(), Some("28P01"));
    let place = place(&url);
    assert_eq!(
        report(&error),
        format!(
            "could not connect to {place}: password authentication failed for user \"ada\" (SQLSTATE 28P01)"
        )
    );
}

#[tokio::test]
async fn a_server_that_is_starting_or_full_may_be_tried_again() {
    for (state, text, closed) in [
        ("57P03", "the database system is starting up", true),
        ("53300", "sorry, too many clients already", false),
    ] {
        let url = script::server(vec![script::error("FATAL", state, text)], true).await;
        let error = error_of(&url).await;
        assert_eq!((error.is_retryable(), error.is_closed()), (true, closed), "{state}");
        assert_eq!(
            error.to_string(),
            format!("could not connect to {}: {text} (SQLSTATE {state})", place(&url))
        );
    }
}

#[tokio::test]
async fn a_database_that_is_not_there_is_named() {
    let database = TestDb::new().await.unwrap();
    let config: tokio_postgres::Config = database.url().parse().unwrap();
    let url = database.url().replace(config.get_dbname().unwrap(), "no_such_database");
    let error = error_of(&url).await;
    assert!(!error.is_closed() && !error.is_retryable());
    assert_eq!(error.sqlstate(), Some("3D000"));
    assert_eq!(
        report(&error),
        format!(
            "could not connect to {}: database \"no_such_database\" does not exist (SQLSTATE 3D000)",
            place(&url)
        )
    );
}

#[tokio::test]
async fn a_url_that_cannot_be_read_says_where_it_is_wrong() {
    for (url, why) in [
        ("not a url", "unexpected character at byte 4: expected `=` but got `a`"),
        ("postgres://ada@localhost:port/app", "invalid value for option `port`"),
        ("postgres://localhost/app?colour=red", "unknown option `colour`"),
        ("host=localhost sslmode=disable oh", "unexpected EOF"),
    ] {
        let error = error_of(url).await;
        assert!(!error.is_closed() && !error.is_retryable() && !error.is_timeout());
        assert_eq!(report(&error), format!("the connection URL cannot be read: {why}"));
    }
}

/// Mistakes that a real password makes likely.
#[tokio::test]
async fn a_url_that_cannot_be_read_does_not_show_its_password() {
    for url in [
        format!("postgres://ada:{SECRET}%zz@localhost/app"),
        format!("postgres://ada:{SECRET}/@localhost/app"),
        format!("postgres://ada:x#{SECRET}@localhost/app"),
        format!("postgres://ada:x?{SECRET}@localhost/app"),
        format!("postgres://ada:x?{SECRET}=@localhost/app"),
        format!("postgres:///app?user=ada&{SECRET}"),
        format!("host=localhost password=x {SECRET} user=ada"),
        format!("host=localhost password=x {SECRET}=x user=ada"),
        format!("host=localhost password='{SECRET} user=ada"),
        format!("postgres://localhost:x{SECRET}/app"),
        format!("postgres://ada:x@{SECRET}/y@localhost/app?sslmode=disable"),
        format!("postgres://ada:x@{SECRET}?sslmode=disable&x@localhost/app"),
    ] {
        let error = Client::connect(&url).await.unwrap_err();
        assert!(!whole_text(&error).contains(SECRET), "{url}: {}", whole_text(&error));
    }
}

/// What [`mizzle::DbBuilder`] says of a server that is gone without a word.
#[tokio::test]
async fn a_url_may_say_how_a_dead_connection_is_noticed() {
    let database = TestDb::new().await.unwrap();
    let options = "keepalives_idle=60&keepalives_interval=10&keepalives_retries=3&tcp_user_timeout=30";
    let db = Db::connect(&format!("{}?{options}", database.url())).await.unwrap();
    db.batch_execute("select 1").await.unwrap();
}

#[tokio::test]
async fn a_server_that_is_not_postgres_is_refused() {
    for (answer, why) in [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec(), None),
        (b"R\0\0\0\x03".to_vec(), None),
        (script::message(b'R', &[0, 0]), None),
        (script::message(b'R', &[0, 0, 0, 99]), None),
        (script::message(b'E', b"S"), None),
        (Vec::new(), Some("connection closed")),
    ] {
        let url = script::server(vec![answer], true).await;
        let error = error_of(&url).await;
        let place = place(&url);
        assert!(error.to_string().starts_with(&format!("could not connect to {place}: ")), "{error}");
        assert_eq!(error.to_string(), report(&error));
        if let Some(why) = why {
            assert_eq!(error.to_string(), format!("could not connect to {place}: {why}"));
        }
    }
}

#[tokio::test]
async fn what_a_url_asks_of_tls_is_understood_or_refused() {
    for (parameter, message) in [
        (
            "sslmode=on",
            "unknown `sslmode` `on`; expected one of `disable`, `allow`, `prefer`, `require`, `verify-ca`, \
             `verify-full`",
        ),
        (
            "sslcert=mine.pem",
            "`sslcert` is not supported; TLS is set by `sslmode`, `sslrootcert`, `sslnegotiation` and \
             `channel_binding`",
        ),
    ] {
        for url in [format!("postgres://h/d?{parameter}"), format!("host=h {parameter}")] {
            let error = error_of(&url).await;
            assert!(!error.is_retryable() && !error.is_closed() && !error.is_timeout());
            assert_eq!(report(&error), message);
        }
    }
    assert_eq!(report(&error_of("user=ada").await), "the connection URL names no host");
}

#[cfg(not(feature = "tls"))]
#[tokio::test]
async fn without_the_feature_there_is_no_tls_and_it_is_said() {
    let database = TestDb::new().await.unwrap();
    for mode in ["disable", "allow", "prefer"] {
        Db::connect(&format!("{}?sslmode={mode}", database.url())).await.unwrap();
    }
    for (url, why) in [
        (format!("{}?sslmode=require", database.url()), "`sslmode=require` needs TLS"),
        (
            "postgres://db.example.com/app".to_owned(),
            "a server that is not local needs TLS (`sslmode=verify-full`) unless `sslmode` says otherwise",
        ),
    ] {
        let error = error_of(&url).await;
        assert_eq!(report(&error), format!("{why}, and feature `tls` of mizzle is off"));
        assert!(!error.is_retryable() && !error.is_closed());
    }
}

#[tokio::test]
async fn what_is_set_up_by_a_url_does_not_show_its_password() {
    let builder = Db::builder(&format!("postgres://ada:{SECRET}@localhost/app")).max_connections(3);
    assert_eq!(format!("{builder:?}"), "DbBuilder { max_connections: 3, .. }");
    let database = TestDb::new().await.unwrap();
    let config: tokio_postgres::Config = database.url().parse().unwrap();
    let password = String::from_utf8(config.get_password().unwrap_or(b"-").to_vec()).unwrap();
    let db = Db::connect(database.url()).await.unwrap();
    let client = db.client().await.unwrap();
    let texts = [format!("{db:?}"), format!("{client:?}")];
    assert_eq!(texts, ["Db { max_connections: 10, connections: 1, idle: 0, .. }", "Client { .. }"]);
    assert!(texts.iter().all(|text| !text.contains(&password) || password == "-"));
}

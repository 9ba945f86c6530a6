//! Which TLS a URL asks for, and what is left of it for the driver.

use super::{Params, Root};
use crate::tls::mode::SslMode;

fn mode(url: &str) -> Result<SslMode, String> {
    let (params, rest) = Params::take(url).map_err(|error| error.to_string())?;
    params.mode(&rest.parse().unwrap()).map_err(|error| error.to_string())
}

#[test]
fn takes_its_own_and_leaves_the_rest() {
    for (url, rest, root) in [
        ("postgres://h/d", "postgres://h/d", None),
        ("postgres://h/d?sslmode=verify-ca&sslrootcert=a%20b", "postgres://h/d?", Some(Root::File("a b"))),
        ("postgres://h?user=a&%73slmode=allow&port=1", "postgres://h?user=a&port=1", None),
        ("postgresql://a:?sslmode=x@h?sslrootcert=", "postgresql://a:?sslmode=x@h?", None),
        ("postgres://h?user&sslmode=allow", "postgres://h?user", None),
        ("host=h sslmode=require port=1", "host=h                 port=1", None),
        (
            "sslrootcert = 'it\\'s here' host=h",
            "                           host=h",
            Some(Root::File("it's here")),
        ),
        ("sslrootcert=a\\ b", "                ", Some(Root::File("a b"))),
        ("host=h password=' sslmode=require", "host=h password=' sslmode=require", None),
        ("host=h nonsense sslmode=require", "host=h nonsense sslmode=require", None),
        ("host=h sslrootcert=system", "host=h                   ", Some(Root::System)),
    ] {
        let (params, left) = Params::take(url).unwrap();
        assert_eq!(left, rest, "{url}");
        assert_eq!(params.root(), root, "{url}");
    }
}

#[test]
fn what_is_local_prefers_tls() {
    for local in [
        "postgres://localhost/d",
        "postgres://LOCALHOST",
        "postgres://127.0.0.1,localhost/d",
        "postgres://[::1]/d",
        "postgres://[::ffff:127.0.0.1]",
        "host=localhost hostaddr=127.1.2.3",
        "hostaddr=127.0.0.1",
        "host=/run,localhost",
    ] {
        assert_eq!(mode(local), Ok(SslMode::Prefer), "{local}");
    }
    assert_eq!(mode("postgres://%2Frun%2Fpostgresql/d"), Ok(SslMode::Disable));
    assert_eq!(mode("host=/run sslmode=verify-full"), Ok(SslMode::Disable));
}

#[test]
fn what_is_given_counts() {
    for mode_given in SslMode::ALL.into_iter().take_while(|mode| *mode < SslMode::Require) {
        assert_eq!(mode(&format!("postgres://db.example.com?{mode_given}")), Ok(mode_given));
    }
}

#[test]
fn what_is_not_local_is_verified() {
    for url in [
        "postgres://db.example.com/d",
        "postgres://localhost,db.example.com",
        "postgres://localhost.example.com",
        "postgres://10.0.0.1",
        "host=db.example.com hostaddr=127.0.0.1",
        "host=localhost hostaddr=10.0.0.1",
    ] {
        let off = "a server that is not local needs TLS (`sslmode=verify-full`) unless `sslmode` says otherwise, and \
                   feature `tls` of mizzle is off";
        let expected = if cfg!(feature = "tls") { Ok(SslMode::VerifyFull) } else { Err(off.to_owned()) };
        assert_eq!(mode(url), expected, "{url}");
    }
}

#[test]
fn what_needs_tls_says_when_it_is_off() {
    let off = "`sslmode=require` needs TLS, and feature `tls` of mizzle is off";
    let expected = if cfg!(feature = "tls") { Ok(SslMode::Require) } else { Err(off.to_owned()) };
    assert_eq!(mode("postgres://localhost?sslmode=require"), expected);
}

#[test]
fn contradictions_are_refused() {
    for (url, message) in [
        (
            "postgres://h?sslmode=verify_full",
            "unknown `sslmode` `verify_full`; expected one of `disable`, `allow`, `prefer`, `require`, `verify-ca`, \
             `verify-full`",
        ),
        (
            "host=h sslkey=k",
            "`sslkey` is not supported; TLS is set by `sslmode`, `sslrootcert`, `sslnegotiation` and \
             `channel_binding`",
        ),
        (
            "host=h sslmode=require sslrootcert=system",
            "`sslmode=require` is too weak for `sslrootcert=system`: anybody can have a certificate of an authority \
             that the system trusts; use `sslmode=verify-full`",
        ),
        (
            "host=h sslmode=verify-ca",
            "`sslmode=verify-ca` needs the authority's certificate, a file named by `sslrootcert`; with the \
             authorities that the system trusts use `sslmode=verify-full`",
        ),
        (
            "host=localhost sslnegotiation=direct",
            "`sslmode=prefer` is too weak for `sslnegotiation=direct`; use `require`, `verify-ca` or `verify-full`",
        ),
    ] {
        assert_eq!(mode(url), Err(message.to_owned()), "{url}");
    }
}

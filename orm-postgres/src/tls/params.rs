//! What a connection URL says of TLS, taken out of it: the driver reads the rest.

use crate::error::{Error, Kind};
use crate::tls::mode::{Asked, SslMode};
use percent_encoding::percent_decode_str;
use std::borrow::Cow;
use std::net::IpAddr;
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslNegotiation};

/// libpq's parameters of TLS that would change what is checked or sent, and that we do nothing for.
const UNSUPPORTED: &[&str] = &[
    "requiressl",
    "ssl_max_protocol_version",
    "ssl_min_protocol_version",
    "sslcert",
    "sslcertmode",
    "sslcompression",
    "sslcrl",
    "sslcrldir",
    "sslkey",
    "sslpassword",
    "sslsni",
];

/// `sslmode` and `sslrootcert`, where they are given.
#[derive(Default)]
pub(crate) struct Params {
    mode: Option<SslMode>,
    root: Option<String>,
}

/// Whose certificates are believed.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(not(feature = "tls"), allow(dead_code, reason = "nothing is checked"))]
pub(crate) enum Root<'p> {
    /// The authorities that the system trusts.
    System,
    /// Those of a file.
    File(&'p str),
}

impl Params {
    /// Takes the parameters out of `url`, in either of its forms, and gives what is left.
    pub(crate) fn take(url: &str) -> Result<(Self, String), Error> {
        let mut params = Params::default();
        let is_url = ["postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme));
        let rest = if is_url { params.take_of_url(url)? } else { params.take_of_pairs(url)? };
        Ok((params, rest))
    }

    fn take_of_url(&mut self, url: &str) -> Result<String, Error> {
        // The driver too takes all up to the first `@` for the user and the password.
        let host = url.find('@').unwrap_or(0);
        let mark = url.get(host..).and_then(|rest| rest.find('?')).map(|mark| host + mark + 1);
        let Some((before, query)) = mark.and_then(|mark| url.split_at_checked(mark)) else {
            return Ok(url.to_owned());
        };
        let mut kept = Vec::new();
        for pair in query.split('&') {
            let taken = match pair.split_once('=') {
                Some((key, value)) => match (decode(key), decode(value)) {
                    (Some(key), Some(value)) => self.set(&key, &value)?,
                    _ => false,
                },
                None => false,
            };
            if !taken {
                kept.push(pair);
            }
        }
        Ok(format!("{before}{}", kept.join("&")))
    }

    fn take_of_pairs(&mut self, text: &str) -> Result<String, Error> {
        let mut kept = String::with_capacity(text.len());
        let mut left = text;
        while let Some((key, value, after)) = pair(left) {
            let len = left.len() - after.len();
            if self.set(key, &value)? {
                // The driver says where it stumbles: what comes behind stays in its place.
                kept.extend(std::iter::repeat_n(' ', len));
            } else {
                kept.push_str(left.get(..len).unwrap_or_default());
            }
            left = after;
        }
        kept.push_str(left);
        Ok(kept)
    }

    /// Whether the parameter is one of ours.
    fn set(&mut self, key: &str, value: &str) -> Result<bool, Error> {
        match key {
            "sslmode" => {
                self.mode = Some(SslMode::parse(value).ok_or_else(|| {
                    let expected = SslMode::ALL.map(|mode| format!("`{}`", mode.word())).join(", ");
                    setting(format!("unknown `sslmode` `{value}`; expected one of {expected}"))
                })?);
            }
            "sslrootcert" => self.root = (!value.is_empty()).then(|| value.to_owned()),
            _ if UNSUPPORTED.contains(&key) => {
                return Err(setting(format!(
                    "`{key}` is not supported; TLS is set by `sslmode`, `sslrootcert`, `sslnegotiation` and \
                     `channel_binding`"
                )));
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// What connections made by `config` must have.
    pub(crate) fn asked(&self, config: &Config) -> Result<Asked, Error> {
        let mode = self.mode(config)?;
        let far = mode == SslMode::VerifyFull && self.mode.is_none() && !is_local(config);
        Ok(Asked { mode, why: if far { ", the default for a host that is not local" } else { "" } })
    }

    fn mode(&self, config: &Config) -> Result<SslMode, Error> {
        if is_socket(config) {
            // Nobody can listen to a socket, and servers do not offer TLS there: libpq ignores the mode too.
            return Ok(SslMode::Disable);
        }
        let system = self.root() == Some(Root::System);
        let mode = match self.mode {
            Some(mode) if system && mode < SslMode::VerifyFull => {
                return Err(setting(format!(
                    "`{mode}` is too weak for `sslrootcert=system`: anybody can have a certificate of an authority \
                     that the system trusts; use `sslmode=verify-full`"
                )));
            }
            Some(SslMode::VerifyCa) if self.root.is_none() => {
                return Err(setting(
                    "`sslmode=verify-ca` needs the authority's certificate, a file named by `sslrootcert`; with the \
                     authorities that the system trusts use `sslmode=verify-full`",
                ));
            }
            Some(mode) => mode,
            None if !system && is_local(config) => SslMode::Prefer,
            None => SslMode::VerifyFull,
        };
        let direct = config.get_ssl_negotiation() == SslNegotiation::Direct;
        if direct && mode < SslMode::Require {
            return Err(setting(format!(
                "`{mode}` is too weak for `sslnegotiation=direct`; use `require`, `verify-ca` or `verify-full`"
            )));
        }
        if cfg!(not(feature = "tls")) && mode >= SslMode::Require {
            let why = match self.mode {
                Some(mode) => format!("`{mode}` needs TLS"),
                None => {
                    format!("a server that is not local needs TLS (`{mode}`) unless `sslmode` says otherwise")
                }
            };
            return Err(setting(format!("{why}, and feature `tls` of mizzle is off")));
        }
        Ok(mode)
    }

    /// What is given as `sslrootcert`.
    pub(crate) fn root(&self) -> Option<Root<'_>> {
        self.root.as_deref().map(|root| if root == "system" { Root::System } else { Root::File(root) })
    }
}

fn setting(message: impl Into<Cow<'static, str>>) -> Error {
    Error::new(Kind::Setting(message.into()))
}

fn decode(text: &str) -> Option<Cow<'_, str>> {
    percent_decode_str(text).decode_utf8().ok()
}

/// The first `key = value` and what follows it, or nothing where the driver will say what is wrong.
fn pair(text: &str) -> Option<(&str, String, &str)> {
    let text = text.trim_start();
    let (key, rest) = text.split_at_checked(text.find(|c: char| c.is_whitespace() || c == '=')?)?;
    let rest = rest.trim_start().strip_prefix('=').filter(|_| !key.is_empty())?.trim_start();
    let quoted = rest.strip_prefix('\'');
    let mut chars = quoted.unwrap_or(rest).chars();
    let mut value = String::new();
    loop {
        let here = chars.as_str();
        match chars.next() {
            Some('\'') if quoted.is_some() => return Some((key, value, chars.as_str())),
            Some(c) if quoted.is_none() && c.is_whitespace() => return Some((key, value, here)),
            Some('\\') => value.extend(chars.next()),
            Some(c) => value.push(c),
            None => return quoted.is_none().then_some((key, value, here)),
        }
    }
}

fn is_socket(config: &Config) -> bool {
    let hosts = config.get_hosts();
    config.get_hostaddrs().is_empty()
        && !hosts.is_empty()
        && !hosts.iter().any(|host| matches!(host, Host::Tcp(_)))
}

/// Whether all that is connected to is this machine. An address does not make a host of another name local: behind it
/// may be a tunnel.
fn is_local(config: &Config) -> bool {
    let local = |host: &Host| match host {
        Host::Tcp(name) => {
            name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(is_loopback)
        }
        #[cfg(unix)]
        Host::Unix(_) => true,
    };
    config.get_hosts().iter().all(local) && config.get_hostaddrs().iter().copied().all(is_loopback)
}

fn is_loopback(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}

#[cfg(test)]
mod tests;

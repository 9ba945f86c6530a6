//! The server that a URL names, and how it is reached.

use crate::error::{Error, Kind};
use crate::tls::connector::{Connector, Stream, explain};
use crate::tls::mode::Asked;
#[cfg(feature = "tls")]
use crate::tls::mode::SslMode;
use crate::tls::params::Params;
use std::fmt::Write;
use tokio_postgres::config::Host;
use tokio_postgres::{CancelToken, Client, Config, Socket};

pub(crate) struct Server {
    config: Config,
    asked: Asked,
    connector: Connector,
    name: String,
}

/// What drives a connection.
type Driver = tokio_postgres::Connection<Socket, Stream>;

impl Server {
    pub(crate) fn new(url: &str) -> Result<Self, Error> {
        let (params, rest) = Params::take(url)?;
        // What cannot be read may be a password with a space in it.
        let unread = |error| Error::new(Kind::Url((!url.contains("password")).then_some(error)));
        let mut config: Config = rest.parse().map_err(unread)?;
        if config.get_hosts().is_empty() {
            // A certificate is checked against the host; an address is one.
            for address in config.get_hostaddrs().to_vec() {
                config.host(address.to_string());
            }
        }
        if config.get_hosts().is_empty() {
            return Err(Error::new(Kind::Setting("the connection URL names no host".into())));
        }
        let asked = params.asked(&config)?;
        config.ssl_mode(asked.mode.of_driver());
        let connector = Connector::new(asked.mode, params.root(), config.get_ssl_negotiation())?;
        let name = name(url, &config);
        Ok(Server { config, asked, connector, name })
    }

    /// What errors call it: `"localhost:5432"`, quotes and all.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// What the database is called.
    pub(crate) fn database(&self) -> Option<&str> {
        self.config.get_dbname().or(self.config.get_user())
    }

    pub(crate) fn with_database(mut self, name: &str) -> Self {
        self.config.dbname(name);
        self
    }

    pub(crate) async fn connect(&self) -> Result<(Client, Driver), Error> {
        let first = self.attempt(&self.config).await;
        #[cfg(feature = "tls")]
        if let Err(refused) = first {
            return self.insist(refused).await;
        }
        first
    }

    /// The second attempt of `allow`, where the server answered and wants nobody without TLS.
    #[cfg(feature = "tls")]
    async fn insist(&self, refused: Error) -> Result<(Client, Driver), Error> {
        if self.asked.mode != SslMode::Allow || refused.sqlstate().is_none() {
            return Err(refused);
        }
        let mut config = self.config.clone();
        config.ssl_mode(SslMode::Require.of_driver());
        match Box::pin(self.attempt(&config)).await {
            Err(second) if second.is_without_tls() => Err(refused),
            second => second,
        }
    }

    async fn attempt(&self, config: &Config) -> Result<(Client, Driver), Error> {
        let (attempt, progress) = self.connector.attempt();
        config
            .connect(attempt)
            .await
            .map_err(|error| Error::new(explain(error, self.name.clone(), config, self.asked, &progress)))
    }

    /// Asks the server to stop what a connection runs, by a connection of the same kind.
    pub(crate) async fn cancel(&self, token: &CancelToken) -> Result<(), tokio_postgres::Error> {
        token.cancel_query(self.connector.attempt().0).await
    }
}

/// The hosts and ports, in quotes.
fn name(url: &str, config: &Config) -> String {
    // The first `@` ends the password; if there was another one in it, the rest of it is taken for the host.
    if url.contains("://") && url.matches('@').count() > 1 {
        return "the server".to_owned();
    }
    let mut name = String::new();
    let ports = config.get_ports();
    for (at, host) in config.get_hosts().iter().enumerate() {
        let port = ports.get(at).or(ports.first()).copied().unwrap_or(5432);
        name += if at == 0 { "\"" } else { " or \"" };
        // Writing to a `String` does not fail.
        let _ = match host {
            Host::Tcp(host) if host.contains(':') => write!(name, "[{host}]:{port}\""),
            Host::Tcp(host) => write!(name, "{host}:{port}\""),
            #[cfg(unix)]
            Host::Unix(folder) => write!(name, "{}/.s.PGSQL.{port}\"", folder.display()),
        };
    }
    name
}

#[cfg(test)]
mod tests {
    use super::Server;

    #[test]
    fn the_name_is_what_is_connected_to() {
        for (url, name) in [
            ("postgres://ada:secret@localhost/d", r#""localhost:5432""#),
            ("postgres://[::1]:7,127.0.0.1:8", r#""[::1]:7" or "127.0.0.1:8""#),
            ("host=/run/postgresql port=7", r#""/run/postgresql/.s.PGSQL.7""#),
            ("hostaddr=127.0.0.1", r#""127.0.0.1:5432""#),
            ("postgres://ada:se@cret/@localhost/d?sslmode=disable", "the server"),
        ] {
            assert_eq!(Server::new(url).map(|server| server.name).unwrap(), name, "{url}");
        }
    }
}

//! [`Server`]: the one the databases are made on.

use std::env;

use crate::error::{Kind, Result};
use crate::url::ServerUrl;

/// A server, and for a private cluster the mark that we use it.
pub(crate) struct Server {
    pub(crate) url: ServerUrl,
    pub(crate) origin: Origin,
}

/// Where a server comes from.
pub(crate) enum Origin {
    /// From `DATABASE_URL`; somebody else looks after it.
    Given,
    /// Started by us or another test process; it lives while a process holds its `Member`.
    #[cfg(unix)]
    Private { _member: crate::cluster::Member },
}

impl Origin {
    pub(crate) fn is_private(&self) -> bool {
        !matches!(self, Self::Given)
    }

    /// What an error calls it.
    pub(crate) fn name(&self) -> &'static str {
        if self.is_private() { "the tests" } else { "`DATABASE_URL`" }
    }
}

/// Finds the server, and starts it where that is for us to do.
pub(crate) async fn find() -> Result<Server> {
    match env::var("DATABASE_URL") {
        Ok(url) if !url.is_empty() => {
            let url = ServerUrl::parse(&url).ok_or(Kind::NotAUrl)?;
            Ok(Server { url, origin: Origin::Given })
        }
        Ok(_) | Err(_) => private().await,
    }
}

#[cfg(unix)]
async fn private() -> Result<Server> {
    // Joining waits for locks and for `initdb`, which must not hold up the caller's other tasks.
    let joined = tokio::task::spawn_blocking(crate::cluster::join).await;
    let (url, member) = joined.map_err(|_| Kind::Thread)??;
    Ok(Server { url, origin: Origin::Private { _member: member } })
}

#[cfg(not(unix))]
async fn private() -> Result<Server> {
    Err(Kind::NoServer.into())
}

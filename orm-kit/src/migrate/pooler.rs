//! Whether the connection is one, or whatever a pooler has free.
//!
//! Behind a pooler that hands out a server's connection per transaction, an advisory lock and a `set` stay with a
//! connection that somebody else has next.

use super::session::Session;
use crate::error::Error;
use std::time::Duration;
use tokio::time::timeout;
use tokio_postgres::{Client, SimpleQueryMessage};

/// As long as a second connection may take; a pooler that has none left says nothing at all.
const PATIENCE: Duration = Duration::from_secs(3);

/// The process of the server that is ours alone.
pub(super) async fn refuse(session: &Session, url: &str) -> Result<i32, Error> {
    let pid = pid(session).await?;
    for _ in 0..2 {
        let shared = timeout(PATIENCE, shares(url, pid)).await.unwrap_or(false);
        if shared || self::pid(session).await? != pid {
            return Err(pooled());
        }
    }
    // Only a session keeps it from one statement to the next.
    session.execute(&format!("set mizzle.session to '{pid}'")).await?;
    let kept = session.value("select pg_catalog.current_setting('mizzle.session', true)").await?;
    if kept != Some(pid.to_string()) {
        return Err(pooled());
    }
    Ok(pid)
}

pub(super) fn pooled() -> Error {
    Error::new(
        "the URL leads to a pooler that hands out a connection for each transaction, and migrations need one of their own \
         for their lock and settings; give the URL of the server itself, or of a pool of sessions",
    )
}

async fn pid(session: &Session) -> Result<i32, Error> {
    let pid = session.value("select pg_catalog.pg_backend_pid()").await?;
    pid.and_then(|pid| pid.parse().ok())
        .ok_or_else(|| Error::new("the server does not say which process it is"))
}

/// A second client gets the same process, while the first one is still there; whether it gets any is not our concern.
async fn shares(url: &str, pid: i32) -> bool {
    let Ok(second) = orm_postgres::connect_driver(url).await else { return false };
    // A pooler of statements has no transactions.
    match backend(&second).await {
        Ok(found) => found == Some(pid.to_string()),
        Err(error) => error.as_db_error().is_some(),
    }
}

async fn backend(client: &Client) -> Result<Option<String>, tokio_postgres::Error> {
    client.simple_query("begin").await?;
    let messages = client.simple_query("select pg_catalog.pg_backend_pid()").await?;
    client.simple_query("rollback").await?;
    Ok(messages.into_iter().find_map(|message| match message {
        SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
        _ => None,
    }))
}

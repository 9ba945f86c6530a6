//! The connection that a migrator has for itself.

use super::pooler;
use crate::error::Error;
use orm_core::sql::{quote_ident, quote_literal};
use std::time::Duration;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, Row, SimpleQueryMessage};

pub(super) struct Session {
    client: Client,
    url: String,
    pub(super) pid: i32,
    /// `session_authorization` and `role` as the connection began.
    user: (String, String),
}

/// A parameter and its type: nothing is prepared, so that no statement has a name.
pub(super) type Parameter<'a> = (&'a (dyn ToSql + Sync), Type);

/// What a server may have set for those who forget to: none of it must end a migration half-way.
pub(super) const SETTINGS: &str = "\
    select pg_catalog.set_config(name, '0', false) from pg_catalog.pg_settings where name in \
    ('statement_timeout', 'idle_in_transaction_session_timeout', 'idle_session_timeout', 'transaction_timeout', \
    'lock_timeout'); \
    set application_name to 'mizzle'; \
    set standard_conforming_strings to on; \
    set datestyle to iso; \
    set intervalstyle to postgres; \
    set extra_float_digits to 1; \
    set client_min_messages to warning";

impl Session {
    pub(super) async fn open(url: &str) -> Result<Self, Error> {
        let client = orm_postgres::connect_driver(url).await?;
        let mut session =
            Session { client, url: url.to_owned(), pid: 0, user: (String::new(), String::new()) };
        session.pid = pooler::refuse(&session, url).await?;
        session.execute(SETTINGS).await?;
        session.user = session.who().await?;
        Ok(session)
    }

    /// Runs SQL without parameters, and counts the rows that it changed.
    pub(super) async fn execute(&self, sql: &str) -> Result<u64, Error> {
        let mut rows = 0;
        for message in self.client.simple_query(sql).await? {
            if let SimpleQueryMessage::CommandComplete(count) = message {
                rows += count;
            }
        }
        Ok(rows)
    }

    /// The first row of a query, as text.
    pub(super) async fn row(&self, sql: &str) -> Result<Option<Vec<Option<String>>>, Error> {
        let messages = self.client.simple_query(sql).await?;
        Ok(messages.into_iter().find_map(|message| match message {
            SimpleQueryMessage::Row(row) => {
                Some((0..row.len()).map(|at| row.try_get(at).ok().flatten().map(str::to_owned)).collect())
            }
            _ => None,
        }))
    }

    /// The first column of the first row.
    pub(super) async fn value(&self, sql: &str) -> Result<Option<String>, Error> {
        Ok(self.row(sql).await?.and_then(|row| row.into_iter().next()).flatten())
    }

    pub(super) async fn query(&self, sql: &str, parameters: &[Parameter<'_>]) -> Result<Vec<Row>, Error> {
        Ok(self.client.query_typed(sql, parameters).await?)
    }

    /// Forgets what scripts have set.
    pub(super) async fn reset(&self) -> Result<(), Error> {
        self.reset_user().await?;
        self.execute(&format!("reset all; {SETTINGS}")).await.map(drop)
    }

    /// Is who it was in the beginning again.
    pub(super) async fn reset_user(&self) -> Result<(), Error> {
        self.execute("reset session authorization; reset role").await.map(drop)
    }

    /// Who we are, by `session_authorization` and `role`.
    async fn who(&self) -> Result<(String, String), Error> {
        let row = self
            .row("select pg_catalog.current_setting('session_authorization'), pg_catalog.current_setting('role')")
            .await?;
        let mut row = row.unwrap_or_default().into_iter().map(Option::unwrap_or_default);
        Ok((row.next().unwrap_or_default(), row.next().unwrap_or_default()))
    }

    /// Runs a query as who the connection began, whatever role a script has taken on.
    pub(super) async fn as_self(&self, sql: &str, parameters: &[Parameter<'_>]) -> Result<Vec<Row>, Error> {
        let now = self.who().await?;
        if now == self.user {
            return self.query(sql, parameters).await;
        }
        self.reset_user().await?;
        let rows = self.query(sql, parameters).await?;
        let (user, role) = now;
        let back = format!("set session authorization {}; set role {}", quote_ident(&user), role_of(&role));
        self.execute(&back).await?;
        Ok(rows)
    }

    /// How long statements wait for locks from now on; for ever if it is zero.
    pub(super) async fn lock_timeout(&self, scope: &str, timeout: Duration) -> Result<(), Error> {
        self.execute(&format!("set {scope} lock_timeout to '{}ms'", timeout.as_millis())).await.map(drop)
    }

    /// A second connection to the same database.
    pub(super) async fn beside(&self) -> Result<Client, Error> {
        Ok(orm_postgres::connect_driver(&self.url).await?)
    }

    /// A second connection, for statements that are typed.
    pub(super) async fn typed(&self) -> Result<orm_postgres::Client, Error> {
        Ok(orm_postgres::Client::connect(&self.url).await?)
    }

    /// The connection itself.
    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    /// The connection still answers.
    pub(super) fn is_open(&self) -> bool {
        !self.client.is_closed()
    }
}

/// A role behind `set role`.
fn role_of(role: &str) -> String {
    if role == "none" { role.to_owned() } else { quote_literal(role) }
}

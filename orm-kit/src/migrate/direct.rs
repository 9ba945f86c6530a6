//! Statements by themselves: in the journal before and after, so that nothing is done twice.

use super::applier::{Applier, Numbered};
use super::journal::Entered;
use super::probe::{self, Found};
use super::progress::Event;
use super::retry::Retry;
use crate::error::Error;
use crate::migration::checksum;
use crate::script::{Alone, Kind};
use std::pin::pin;
use std::time::Duration;
use tokio::time::timeout;

/// `active_sql_transaction`: the server knows more statements that must be alone than we do.
const NOT_IN_TRANSACTION: &str = "25001";

/// How often is said how far an index is.
const WATCH: Duration = Duration::from_secs(1);

impl Applier<'_> {
    pub(super) async fn direct(
        &mut self,
        statements: &[Numbered<'_>],
        started: Option<&Entered>,
    ) -> Result<(), Error> {
        for statement in statements {
            let started = started.filter(|entered| entered.position == statement.position);
            match statement.statement.kind() {
                Kind::Alone(alone) => self.alone(*statement, &alone, started).await?,
                Kind::Calling | Kind::Session => self.once(*statement).await?,
                // In a transaction with the journal's row it is done exactly once.
                Kind::Ordinary | Kind::Control | Kind::Copy => match self.transaction(&[*statement]).await {
                    Err(error) if error.sqlstate() == Some(NOT_IN_TRANSACTION) => {
                        self.once(*statement).await?
                    }
                    done => done?,
                },
            }
        }
        Ok(())
    }

    /// Runs what no catalog tells anything of.
    async fn once(&mut self, statement: Numbered<'_>) -> Result<(), Error> {
        self.begins(statement);
        let run = async {
            self.journal.enter(self.session, &self.entering(statement), false).await?;
            self.session.execute(&statement.statement.sql).await?;
            self.finished(statement).await
        };
        run.await.map_err(|error| self.locate(error, statement))
    }

    async fn alone(
        &mut self,
        statement: Numbered<'_>,
        alone: &Alone,
        started: Option<&Entered>,
    ) -> Result<(), Error> {
        let sql = &statement.statement.sql;
        let same = started.filter(|entered| entered.checksum == checksum(sql));
        let found = match same {
            Some(_) => self.probe(statement, alone).await?,
            None => Found::Nothing,
        };
        if found == Found::Done {
            self.found(statement);
            return self.finished(statement).await;
        }
        self.begins(statement);
        let entered = self.journal.enter(self.session, &self.entering(statement), false).await;
        entered.map_err(|error| self.locate(error, statement))?;
        self.attempts(statement, alone, found).await?;
        self.finished(statement).await
    }

    async fn attempts(
        &mut self,
        statement: Numbered<'_>,
        alone: &Alone,
        mut found: Found,
    ) -> Result<(), Error> {
        let mut retry = Retry::default();
        loop {
            let tried = match self.clean(alone).await {
                Ok(()) => self.run_alone(statement, alone, &found).await,
                Err(error) => Err(error),
            };
            let Err(error) = tried else { return Ok(()) };
            if self.session.is_open() {
                // Half an index is worse than none: it slows writers, and a unique one also refuses rows.
                // The error that is reported is the one that led here.
                let _ = self.clean(alone).await;
            }
            self.again(&mut retry, error, statement).await?;
            found = self.probe(statement, alone).await?;
            if found == Found::Done {
                return Ok(());
            }
        }
    }

    async fn run_alone(
        &mut self,
        statement: Numbered<'_>,
        alone: &Alone,
        found: &Found,
    ) -> Result<(), Error> {
        // Who waits for locks that keep nobody waiting can wait for as long as it takes; a partition's lock is another.
        let timeout = match alone {
            Alone::CreateIndex { .. } | Alone::DropIndex { .. } | Alone::Reindex { .. } => Duration::ZERO,
            _ => self.options.lock_timeout,
        };
        self.session.lock_timeout("session", timeout).await?;
        let sql = match found {
            Found::Instead(sql) => sql,
            Found::Nothing | Found::Done => &statement.statement.sql,
        };
        let ran = match alone {
            Alone::CreateIndex { .. } | Alone::Reindex { .. } => self.watched(statement, sql).await,
            _ => self.session.execute(sql).await,
        };
        if self.session.is_open() {
            self.session.execute("reset lock_timeout").await?;
        }
        ran.map(drop)
    }

    /// Runs what builds an index, which may take hours, and says how far it is.
    async fn watched(&mut self, statement: Numbered<'_>, sql: &str) -> Result<u64, Error> {
        let session = self.session;
        let mut running = pin!(session.execute(sql));
        let mut watcher = None;
        loop {
            if let Ok(done) = timeout(WATCH, &mut running).await {
                return done;
            }
            if watcher.is_none() {
                watcher = session.beside().await.ok();
            }
            // Who cannot watch lets it run all the same.
            let Some(client) = &watcher else { continue };
            if let Ok(Some((phase, percent))) = probe::building(client, session.pid).await {
                self.building(statement, &phase, percent);
            }
        }
    }

    /// Drops what an earlier attempt has left behind of this statement.
    pub(super) async fn clean(&mut self, alone: &Alone) -> Result<(), Error> {
        for index in probe::leftovers(self.session, alone).await? {
            self.session.execute(&format!("drop index concurrently if exists {index}")).await?;
            self.progress.event(Event::Dropped { index: &index });
        }
        Ok(())
    }

    async fn probe(&self, statement: Numbered<'_>, alone: &Alone) -> Result<Found, Error> {
        let found = probe::probe(self.session, alone, &statement.statement.sql).await;
        found.map_err(|error| self.locate(error, statement))
    }
}

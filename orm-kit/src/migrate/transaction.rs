//! Statements in one transaction, and the journal with them.

use super::applier::{Applier, Numbered};
use super::retry::Retry;
use crate::error::Error;

impl Applier<'_> {
    /// Runs them until they have their locks.
    pub(super) async fn transaction(&mut self, statements: &[Numbered<'_>]) -> Result<(), Error> {
        let mut retry = Retry::default();
        while let Err((error, at)) = self.attempt(statements).await {
            if self.session.is_open() {
                self.session.execute("rollback").await?;
            }
            self.again(&mut retry, error, at).await?;
        }
        Ok(())
    }

    /// Runs them once; the error is of this statement.
    async fn attempt<'b>(&mut self, statements: &[Numbered<'b>]) -> Result<(), (Error, Numbered<'b>)> {
        let Some((first, last)) = statements.first().zip(statements.last()) else { return Ok(()) };
        let (session, options) = (self.session, self.options);
        let begun = async {
            session.execute("begin").await?;
            session.lock_timeout("local", options.lock_timeout).await
        };
        begun.await.map_err(|error| (error, *first))?;
        for statement in statements {
            self.begins(*statement);
            session.execute(&statement.statement.sql).await.map_err(|error| (error, *statement))?;
        }
        self.commit(statements).await.map_err(|error| (error, *last))
    }

    async fn commit(&self, statements: &[Numbered<'_>]) -> Result<(), Error> {
        // The journal may not be open to the role that a script has taken on.
        self.session.reset_user().await?;
        for statement in statements {
            self.finished(*statement).await?;
        }
        self.session.execute("commit").await.map(drop)
    }
}

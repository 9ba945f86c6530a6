//! A step of the program, batch by batch, each with its place in the journal.

use super::applier::{Applier, Numbered};
use super::batches::next_size;
use super::journal::Entered;
use super::lock;
use super::retry::Retry;
use super::session::SETTINGS;
use super::step::{Batch, Moved, Step};
use crate::error::Error;
use crate::plan::Mode;
use crate::script::Script;
use orm_postgres::Client;
use std::time::Instant;
use tokio::time::sleep;

/// How many rows the first batch has.
const ROWS: u32 = 500;

/// No batch has more: they are in the program's memory.
const MOST: u64 = 10_000;

/// What a step says went wrong.
type Cause = Box<dyn std::error::Error + Send + Sync>;

/// How far a step is.
struct Far {
    after: Option<String>,
    moved: i64,
    rows: u32,
}

impl Applier<'_> {
    pub(super) async fn program(
        &mut self,
        name: &str,
        table: Option<&str>,
        statement: Numbered<'_>,
        started: Option<&Entered>,
    ) -> Result<(), Error> {
        self.begins(statement);
        let begun = async {
            let step = find(&self.options.steps, name)?;
            self.journal.enter(self.session, &self.entering(statement), false).await?;
            let of = match table {
                Some(table) => self.rows_of(table).await?,
                None => None,
            };
            let client = self.session.typed().await?;
            client.batch_execute(SETTINGS).await?;
            Ok((step, of, client))
        };
        let (step, of, mut client) = begun.await.map_err(|error| self.locate(error, statement))?;
        let same = started.filter(|entered| entered.is_of(statement));
        let mut far = Far {
            after: same.and_then(|entered| entered.last_key.as_ref()?.first().cloned()),
            moved: same.map_or(0, |entered| entered.rows),
            rows: ROWS,
        };
        let mut retry = Retry::default();
        loop {
            let begun = Instant::now();
            match self.next(step, &mut client, statement, &mut far).await {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    far.rows = (far.rows / 2).max(1);
                    self.again(&mut retry, error, statement).await?;
                    continue;
                }
            }
            retry = Retry::default();
            let rows = next_size(far.rows.into(), begun.elapsed()).min(MOST);
            far.rows = u32::try_from(rows).unwrap_or(ROWS);
            self.batched(statement, far.moved.unsigned_abs(), of);
            sleep(self.options.pause).await;
        }
        self.batched(statement, far.moved.unsigned_abs(), of);
        self.finished(statement).await.map_err(|error| self.locate(error, statement))
    }

    /// Has the next batch moved; it was the last one if it says so.
    async fn next(
        &self,
        step: Step,
        client: &mut Client,
        statement: Numbered<'_>,
        far: &mut Far,
    ) -> Result<bool, Error> {
        // Its transactions are another connection's than the lock.
        lock::check(self.session, &self.journal.schema).await?;
        let timeout = self.options.lock_timeout.as_millis();
        let entering = self.entering(statement);
        let Far { after, moved: before, rows } = &*far;
        let work = async |tx: &orm_postgres::Tx| {
            tx.batch_execute(&format!("set local lock_timeout to '{timeout}ms'")).await?;
            let moved = step.run(tx, Batch { after: after.clone(), rows: *rows }).await?;
            if moved.next.is_some() && moved.next == *after {
                return Err("it says that the next batch begins where this one did; return the token of the page it read".into());
            }
            let all = before.saturating_add(i64::try_from(moved.rows).unwrap_or(i64::MAX));
            let note = self.journal.advance_from(&entering, after.as_deref(), moved.next.as_deref(), all);
            tx.batch_execute(&note).await?;
            Ok((moved, all))
        };
        let (Moved { next, .. }, all) = client.transaction(work).await.map_err(said)?;
        far.moved = all;
        let goes_on = next.is_some();
        far.after = next;
        Ok(goes_on)
    }
}

/// The steps of the script are all in the program.
pub(super) fn check(script: &Script, steps: &[Step]) -> Result<(), Error> {
    for segment in &script.segments {
        if let (Mode::Step { name, .. }, Some(statement)) = (&segment.mode, segment.statements.first()) {
            find(steps, name).map_err(|error| error.at_line(statement.line))?;
        }
    }
    Ok(())
}

fn find(steps: &[Step], name: &str) -> Result<Step, Error> {
    steps.iter().find(|step| step.name() == name).copied().ok_or_else(|| {
        let known: Vec<_> = steps.iter().map(|step| format!("`{}`", step.name())).collect();
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        Error::new(format!("this program has no step `{name}`; it has {known}")).advise(
            "give it in `orm_kit::main_with(SCHEMA, steps![..])`, or of a migrator in `.steps(steps![..])`",
        )
    })
}

/// What a step says, with the server's code if it comes from there.
fn said(cause: Cause) -> Error {
    match cause.downcast::<orm_postgres::Error>() {
        Ok(error) => Error::typed(*error),
        Err(cause) => Error::new(cause.to_string()).caused_by(cause),
    }
}

//! Running a script that is no migration: nothing remembers that it ran.

use crate::error::Error;
use crate::plan::Mode;
use crate::script::Script;
use tokio_postgres::{Client, SimpleQueryMessage};

/// What a script did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Executed {
    /// How many statements it has.
    pub statements: usize,
    /// How many rows they changed or gave.
    pub rows: u64,
}

/// Runs a script: each of its transactions all or none.
///
/// ```
/// use orm_kit::{execute::execute, script::Script};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let database = orm_testing::TestDb::new().await?;
/// let client = orm_postgres::connect_driver(database.url()).await?;
/// let script = Script::parse("create table notes (id bigint); insert into notes values (1), (2)")?;
/// let done = execute(&client, &script).await?;
/// assert_eq!((done.statements, done.rows), (2, 2));
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// If it has batches, which need the journal of migrations, or the server refuses a statement: what was committed before it
/// stays.
pub async fn execute(client: &Client, script: &Script) -> Result<Executed, Error> {
    for segment in &script.segments {
        let is_batched = matches!(segment.mode, Mode::Batches { .. } | Mode::Step { .. });
        if let Some(statement) = segment.statements.first().filter(|_| is_batched) {
            return Err(Error::new("only a migration runs in batches; write one, or remove the directive")
                .at_line(statement.line)
                .of_statement(&statement.sql));
        }
    }
    let mut done = Executed::default();
    for segment in &script.segments {
        let statements: Vec<_> = segment.statements.iter().map(|statement| statement.sql.as_str()).collect();
        let rows = run(client, &segment.mode, &statements).await.map_err(|Failed { at, error }| {
            let line = segment.statements.get(at).map_or(1, |statement| statement.line);
            error.at_line(line)
        })?;
        done.statements += statements.len();
        done.rows += rows;
    }
    Ok(done)
}

/// Why it failed, and at which statement.
pub(crate) struct Failed {
    pub(crate) at: usize,
    pub(crate) error: Error,
}

/// Runs statements as their mode says, batches as one, and counts their rows.
pub(crate) async fn run(client: &Client, mode: &Mode, statements: &[&str]) -> Result<u64, Failed> {
    let is_transaction = *mode == Mode::Transaction;
    let last = statements.len().saturating_sub(1);
    if is_transaction {
        one(client, "begin").await.map_err(|error| Failed { at: 0, error })?;
    }
    let mut rows = 0;
    for (at, sql) in statements.iter().enumerate() {
        match one(client, sql).await {
            Ok(count) => rows += count,
            Err(error) => {
                if is_transaction {
                    // The first error says more than what a broken connection says of the rollback.
                    let _ = client.batch_execute("rollback").await;
                }
                return Err(Failed { at, error: error.of_statement(sql) });
            }
        }
    }
    if is_transaction {
        one(client, "commit").await.map_err(|error| Failed { at: last, error })?;
    }
    Ok(rows)
}

async fn one(client: &Client, sql: &str) -> Result<u64, Error> {
    let messages = client.simple_query(sql).await.map_err(Error::driver)?;
    Ok(messages
        .iter()
        .filter_map(|message| match message {
            SimpleQueryMessage::CommandComplete(rows) => Some(*rows),
            _ => None,
        })
        .sum())
}

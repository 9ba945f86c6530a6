//! What a run of migrations is told.

use super::step::Step;
use crate::migration::Migrations;
use std::time::Duration;

/// Applies migrations to a database.
///
/// ```
/// use orm_kit::migrate::{Event, Migrator};
/// use orm_kit::migration::{Migration, Migrations};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let database = orm_testing::TestDb::new().await?;
/// let init = Migration::new("20261101120000_init", "create table notes (id bigint primary key)", None, &[]);
/// let migrator = Migrator::new(database.url()).migrations(Migrations::new(vec![init])?);
///
/// let report = migrator.run(&mut |event: Event<'_>| println!("{event}")).await?;
/// assert_eq!(report.applied, ["20261101120000_init"]);
/// assert!(migrator.run(&mut ()).await?.applied.is_empty());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Migrator {
    pub(super) url: String,
    pub(super) migrations: Migrations,
    pub(super) options: Options,
}

#[derive(Clone)]
pub(super) struct Options {
    pub(super) schema: String,
    pub(super) contract: bool,
    pub(super) not_empty: bool,
    pub(super) missing: bool,
    pub(super) data_loss: bool,
    pub(super) wait: Duration,
    pub(super) lock_timeout: Duration,
    pub(super) retries: u32,
    pub(super) backoff: Duration,
    pub(super) pause: Duration,
    pub(super) steps: Vec<Step>,
}

impl Migrator {
    /// A migrator of the database of this URL, without migrations yet. It must be the URL of the server itself: a
    /// pooler that hands out a connection per transaction is refused.
    pub fn new(url: &str) -> Self {
        let options = Options {
            schema: "mizzle".to_owned(),
            contract: false,
            not_empty: false,
            missing: false,
            data_loss: false,
            wait: Duration::from_secs(300),
            lock_timeout: Duration::from_secs(2),
            retries: 20,
            backoff: Duration::from_millis(500),
            pause: Duration::from_millis(10),
            steps: Vec::new(),
        };
        Migrator { url: url.to_owned(), migrations: Migrations::default(), options }
    }

    /// The migrations.
    #[must_use]
    pub fn migrations(mut self, migrations: Migrations) -> Self {
        self.migrations = migrations;
        self
    }

    /// The functions of the program that migrations run, of [`steps!`](crate::steps).
    #[must_use]
    pub fn steps(mut self, steps: &[Step]) -> Self {
        self.options.steps = steps.to_vec();
        self
    }

    /// The schema of the journal, `mizzle` unless told otherwise.
    #[must_use]
    pub fn schema(mut self, name: &str) -> Self {
        self.options.schema = name.to_owned();
        self
    }

    /// Applies contracts too: migrations that take away what code of before them may still use. On a database that is new,
    /// one without tables and without migrations, they are applied in any case: no older code uses it.
    #[must_use]
    pub fn contract(mut self, contract: bool) -> Self {
        self.options.contract = contract;
        self
    }

    /// Begins a journal in a database that has tables already.
    #[must_use]
    pub fn not_empty(mut self, not_empty: bool) -> Self {
        self.options.not_empty = not_empty;
        self
    }

    /// Goes on where the database knows of migrations that are not among ours, as an older program finds it when a newer one
    /// has been taken back.
    #[must_use]
    pub fn missing(mut self, missing: bool) -> Self {
        self.options.missing = missing;
        self
    }

    /// Takes migrations back even if that loses data, such as the rows of a table that one of them made.
    #[must_use]
    pub fn data_loss(mut self, data_loss: bool) -> Self {
        self.options.data_loss = data_loss;
        self
    }

    /// How long to wait for another migrator to finish: five minutes unless told otherwise.
    #[must_use]
    pub fn wait(mut self, wait: Duration) -> Self {
        self.options.wait = wait;
        self
    }

    /// How long a statement waits for a lock, and everyone else behind it, before it is tried again: two seconds unless told
    /// otherwise.
    #[must_use]
    pub fn lock_timeout(mut self, timeout: Duration) -> Self {
        self.options.lock_timeout = timeout;
        self
    }

    /// How often a statement is tried again that did not get its lock: 20 times unless told otherwise, which is some three
    /// minutes.
    #[must_use]
    pub fn retries(mut self, retries: u32) -> Self {
        self.options.retries = retries;
        self
    }

    /// The pause before the first time a statement is tried again, half a second unless told otherwise; it doubles each time,
    /// up to 20 times as long, and is shortened at random.
    #[must_use]
    pub fn backoff(mut self, backoff: Duration) -> Self {
        self.options.backoff = backoff;
        self
    }

    /// The pause between two batches, for other work: ten milliseconds unless told otherwise.
    #[must_use]
    pub fn pause(mut self, pause: Duration) -> Self {
        self.options.pause = pause;
        self
    }
}

//! What a migrator says while it works.

use crate::error::{Error, excerpt};
use std::fmt;
use std::time::Duration;

/// Where a run is.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The migration.
    pub migration: &'a str,
    /// Its file.
    pub file: &'a str,
    /// The line of the statement, counted from one.
    pub line: usize,
    /// The statement.
    pub sql: &'a str,
    /// Which one of the migration it is, counted from zero.
    pub position: usize,
    /// How many the migration has.
    pub statements: usize,
}

/// What happens; its `Display` is a line for a person.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// Another migrator is at work; said again as time goes by.
    Waiting {
        /// Who, as the server describes it.
        holder: &'a str,
        /// For how long we have waited.
        waited: Duration,
    },
    /// A migration begins.
    Begins {
        /// Its name.
        migration: &'a str,
        /// How many statements it has.
        statements: usize,
        /// How many of them an earlier run has done.
        done: usize,
    },
    /// A statement begins.
    Statement(Place<'a>),
    /// A statement that an earlier run did not see the end of, and that turns out to be done.
    Found(Place<'a>),
    /// An index that a statement left behind unfinished is dropped.
    Dropped {
        /// Its qualified name.
        index: &'a str,
    },
    /// A statement did not get a lock, and is tried again.
    Busy {
        /// The statement.
        place: Place<'a>,
        /// What the server said.
        error: &'a Error,
        /// How often it has been tried.
        tried: u32,
        /// The pause until it is tried again.
        pause: Duration,
    },
    /// A batch is done.
    Batch {
        /// The statement.
        place: Place<'a>,
        /// How many rows it has changed so far.
        rows: u64,
        /// How many rows the table has, as far as the server knows.
        of: Option<u64>,
    },
    /// An index is being built; said again as time goes by.
    Building {
        /// The statement.
        place: Place<'a>,
        /// What the server does, in its own words.
        phase: &'a str,
        /// How much of that is done, in percent, if the server can say.
        percent: Option<u8>,
    },
    /// A migration is done.
    Applied {
        /// Its name.
        migration: &'a str,
        /// How long it took in this run.
        took: Duration,
    },
    /// A migration is taken back.
    Reverted {
        /// Its name.
        migration: &'a str,
        /// How long it took in this run.
        took: Duration,
    },
    /// A migration is left for later: it is a contract, or follows one, and contracts were not asked for.
    Contract {
        /// Its name.
        migration: &'a str,
    },
}

/// Who is told; closures are, and `()` does not listen.
pub trait Progress: Send + Sync {
    /// Something happens.
    fn event(&mut self, event: Event<'_>);
}

impl<F: FnMut(Event<'_>) + Send + Sync> Progress for F {
    fn event(&mut self, event: Event<'_>) {
        self(event);
    }
}

impl Progress for () {
    fn event(&mut self, _: Event<'_>) {}
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { migration: _, file, line, sql, position, statements } = self;
        write!(f, "{file}:{line}: [{}/{statements}] {}", position + 1, excerpt(sql))
    }
}

impl fmt::Display for Event<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Event::Waiting { holder, waited } => {
                write!(f, "waiting for another migrator for {:.0?}: {holder}", waited)
            }
            Event::Begins { migration, statements: 1, done: 0 } => write!(f, "{migration}: 1 statement"),
            Event::Begins { migration, statements, done: 0 } => {
                write!(f, "{migration}: {statements} statements")
            }
            Event::Begins { migration, statements, done } => {
                write!(f, "{migration}: {statements} statements, {done} of them done before")
            }
            Event::Statement(place) => write!(f, "{place}"),
            Event::Found(place) => write!(f, "{place}: done before"),
            Event::Dropped { index } => write!(f, "dropped the unfinished index {index}"),
            Event::Busy { place, error, tried, pause } => {
                write!(f, "{place}: {error}; tried {tried} times, again in {pause:.1?}")
            }
            Event::Batch { place, rows, of: Some(of) } => {
                write!(f, "{place}: {rows} rows changed, of about {of}")
            }
            Event::Batch { place, rows, of: None } => write!(f, "{place}: {rows} rows changed"),
            Event::Building { place, phase, percent: Some(percent) } => {
                write!(f, "{place}: {phase}, {percent} %")
            }
            Event::Building { place, phase, percent: None } => write!(f, "{place}: {phase}"),
            Event::Applied { migration, took } => write!(f, "{migration}: applied in {took:.1?}"),
            Event::Reverted { migration, took } => write!(f, "{migration}: taken back in {took:.1?}"),
            Event::Contract { migration } => {
                write!(f, "{migration}: not applied without `--contract`: older code must be gone first")
            }
        }
    }
}

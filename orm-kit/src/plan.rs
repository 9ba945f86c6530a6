//! What a migration does: statements in segments, and what a person must know of them.

use crate::catalog::ObjectName;
use std::fmt;

/// A migration's statements, in the order in which they run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// The statements, in pieces that run in a way of their own.
    pub segments: Vec<Segment>,
    /// What is lost or cannot be made safe.
    pub hazards: Vec<Hazard>,
}

/// Statements that run together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// How they run.
    pub mode: Mode,
    /// They.
    pub statements: Vec<Statement>,
}

/// How a segment runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mode {
    /// In one transaction, the journal's entry with it.
    Transaction,
    /// Each by itself: PostgreSQL refuses it in a transaction.
    Direct,
    /// One `update` in batches of rows in the order of a key, each in its own transaction.
    Batches {
        /// The table, quoted.
        table: String,
        /// The columns of its key, quoted.
        key: Vec<String>,
    },
    /// By a function of the program, in batches, each in its own transaction; the statement is the directive itself.
    Step {
        /// The function.
        name: String,
        /// The table whose rows it goes through, quoted where it must be.
        table: Option<String>,
    },
}

/// A statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Why it is there or why it is so, for the reader of the file: without `--`, empty for nothing.
    pub comment: String,
    /// The SQL, without a semicolon behind it.
    pub sql: String,
}

/// Something that a person must agree to before it is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hazard {
    /// What sort it is.
    pub kind: HazardKind,
    /// The object it is about.
    pub object: ObjectName,
    /// What is lost, or what is blocked and for how long, in a sentence.
    pub message: String,
}

/// What sort of hazard it is; its word is what `--allow` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HazardKind {
    /// Rows or values are gone.
    DataLoss,
    /// A table is rewritten or scanned while nobody can read or write it.
    Blocking,
    /// It fails if the rows there are not as it needs them.
    MayFail,
    /// Who may see or write which rows changes.
    Authorization,
}

impl fmt::Display for HazardKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            HazardKind::DataLoss => "data-loss",
            HazardKind::Blocking => "blocking",
            HazardKind::MayFail => "may-fail",
            HazardKind::Authorization => "authorization",
        })
    }
}

//! What a rule says of a statement.

use super::rule::{Level, Rule};
use crate::script::Lock;
use std::fmt;

/// A statement that does harm on a live system, or could be better.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The file, as errors call it.
    pub file: String,
    /// The line in which the statement begins, counted from one.
    pub line: usize,
    /// The rule.
    pub rule: &'static Rule,
    /// What is found, and what it does.
    pub message: String,
    /// What it locks that blocks readers or writers, or both.
    pub locks: Vec<Lock>,
    /// How long it holds them; empty if it is not about that.
    pub lasts: &'static str,
    /// The safe form as SQL, with what a person must fill in as `..`; empty if there is none.
    pub safe: String,
}

impl Finding {
    /// Whether it does harm, and is no advice.
    pub fn is_danger(&self) -> bool {
        self.rule.level() == Level::Danger
    }
}

/// Several lines: where and what, what it locks, and what to write instead.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Finding { file, line, rule, message, locks, lasts, safe } = self;
        write!(f, "{file}:{line}: {}: {message}", rule.name())?;
        if !locks.is_empty() {
            let locks: Vec<_> =
                locks.iter().map(|lock| format!("{} on {}", lock.level, lock.table)).collect();
            write!(f, "\n  locks: {}, {lasts}", locks.join(", "))?;
        }
        if !safe.is_empty() {
            f.write_str("\n  instead:")?;
            for line in safe.lines() {
                write!(f, "\n    {line}")?;
            }
        }
        Ok(())
    }
}

/// What the function of a rule says: the finding without where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Flaw {
    pub(super) message: String,
    pub(super) lasts: &'static str,
    pub(super) safe: String,
    /// What is locked, if not by the statement itself.
    pub(super) locks: Option<Vec<Lock>>,
}

impl Flaw {
    /// These locks, which are not the statement's own.
    pub(super) fn holding(mut self, locks: Vec<Lock>) -> Self {
        self.locks = Some(locks);
        self
    }
}

/// The lock goes with the transaction, and nothing of the statement takes long.
pub(super) const MOMENT: &str = "for a moment, and while it waits for them";
pub(super) const READ: &str = "until every row is read";
pub(super) const BUILD: &str = "until the index is built";
pub(super) const REWRITE: &str = "until the table and its indexes are written again";
pub(super) const WORK: &str = "until the transaction ends";

/// A flaw that is about a lock.
pub(super) fn locked(message: impl Into<String>, lasts: &'static str, safe: impl Into<String>) -> Flaw {
    Flaw { message: message.into(), lasts, safe: safe.into(), locks: None }
}

/// A flaw that is not.
pub(super) fn flaw(message: impl Into<String>, safe: impl Into<String>) -> Flaw {
    locked(message, "", safe)
}

//! The rules.
//!
//! Source: what squawk, strong_migrations, eugene, Atlas and pg-schema-diff warn of, each measured on PostgreSQL 15 for what
//! it locks and for how long.

mod advice;
mod column;
mod constraint;
mod drop;
mod foreign_key;
mod index;
mod name;
mod partition;
mod policy;
mod retype;
mod storage;
mod table;
mod transaction;
mod types;

use super::finding::Flaw;
use super::step::Step;
use crate::plan::HazardKind;
use std::fmt;

/// Something that a statement should not do.
pub struct Rule {
    name: &'static str,
    level: Level,
    /// The hazard whose acceptance covers it.
    hazard: Option<HazardKind>,
    about: &'static str,
    check: fn(&Step<'_>) -> Vec<Flaw>,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// It stops others, breaks them, or loses something.
    Danger,
    /// It works, and something else works better.
    Advice,
}

impl Rule {
    /// What it is called, in a file that allows it too; a name never changes.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// How bad it is.
    pub fn level(&self) -> Level {
        self.level
    }

    /// What it is about, in a sentence without its full stop.
    pub fn about(&self) -> &'static str {
        self.about
    }

    pub(super) fn hazard(&self) -> Option<HazardKind> {
        self.hazard
    }

    pub(super) fn check(&self, step: &Step<'_>) -> Vec<Flaw> {
        (self.check)(step)
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// Rules that a kind of object has.
static KINDS: &[&[Rule]] = &[
    index::RULES,
    constraint::RULES,
    foreign_key::RULES,
    column::RULES,
    retype::RULES,
    table::RULES,
    storage::RULES,
    partition::RULES,
    types::RULES,
    policy::RULES,
    drop::RULES,
    transaction::RULES,
    name::RULES,
    advice::RULES,
];

/// A comment that silences nothing hides what comes there later.
pub(super) static ALLOW_UNUSED: Rule = Rule {
    name: "allow-unused",
    level: Level::Advice,
    hazard: None,
    about: "a comment allows what the statement does not do",
    check: |_| Vec::new(),
};

/// All rules, those about one kind of object together.
///
/// ```
/// assert!(orm_kit::lint::rules().any(|rule| rule.name() == "index-not-concurrent"));
/// ```
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    KINDS.iter().copied().flatten().chain(std::iter::once(&ALLOW_UNUSED))
}

/// A rule about a lock that lasts.
const fn blocking(name: &'static str, about: &'static str, check: fn(&Step<'_>) -> Vec<Flaw>) -> Rule {
    Rule { name, level: Level::Danger, hazard: Some(HazardKind::Blocking), about, check }
}

/// A rule about what is lost, or what running code does without from then on.
const fn losing(name: &'static str, about: &'static str, check: fn(&Step<'_>) -> Vec<Flaw>) -> Rule {
    Rule { name, level: Level::Danger, hazard: Some(HazardKind::DataLoss), about, check }
}

/// A rule about what fails.
const fn failing(name: &'static str, about: &'static str, check: fn(&Step<'_>) -> Vec<Flaw>) -> Rule {
    Rule { name, level: Level::Danger, hazard: Some(HazardKind::MayFail), about, check }
}

/// A rule about who may do what.
const fn authorizing(name: &'static str, about: &'static str, check: fn(&Step<'_>) -> Vec<Flaw>) -> Rule {
    Rule { name, level: Level::Danger, hazard: Some(HazardKind::Authorization), about, check }
}

/// A rule that no hazard covers.
const fn danger(name: &'static str, about: &'static str, check: fn(&Step<'_>) -> Vec<Flaw>) -> Rule {
    Rule { name, level: Level::Danger, hazard: None, about, check }
}

const fn advice(name: &'static str, about: &'static str, check: fn(&Step<'_>) -> Vec<Flaw>) -> Rule {
    Rule { name, level: Level::Advice, hazard: None, about, check }
}

//! The segments of a plan, as they come to be.

use crate::catalog::{Name, ObjectName};
use crate::plan::{Hazard, HazardKind, Mode, Plan, Segment, Statement};

/// When a step comes: within one stage, in the order in which it was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// Objects, in the order of the changes.
    Objects,
    /// Foreign keys: all tables, columns and keys are there.
    References,
    /// Who may do what: all objects are there.
    Access,
}

/// What a step needs of the transaction that it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Company {
    /// Done in no time, with a lock on these tables that were there before: others of the same lock may join it.
    Quick(Vec<Name>),
    /// It scans or must be committed before what follows: a segment of its own.
    Alone,
}

#[derive(Debug, Clone)]
struct Step {
    stage: Stage,
    company: Company,
    segment: Segment,
}

/// Steps that become a plan.
#[derive(Debug, Default)]
pub(super) struct Steps {
    steps: Vec<Step>,
    hazards: Vec<Hazard>,
    /// Whether they come as they are asked for, whatever their stages.
    in_order: bool,
}

impl Steps {
    /// Steps that come as they are asked for.
    pub(super) fn in_order() -> Self {
        Steps { in_order: true, ..Steps::default() }
    }

    /// Statements that are done in no time, each with a lock on no table but `locks` that others could wait for; they stay in
    /// one transaction.
    pub(super) fn quick(&mut self, stage: Stage, locks: &[&Name], statements: Vec<Statement>) {
        let mut locks: Vec<Name> = locks.iter().map(|name| (*name).clone()).collect();
        locks.sort();
        locks.dedup();
        self.push(stage, Company::Quick(locks), Mode::Transaction, statements);
    }

    /// A statement that scans or rewrites, or whose effect must be committed before it counts.
    pub(super) fn alone(&mut self, stage: Stage, statement: Statement) {
        self.push(stage, Company::Alone, Mode::Transaction, vec![statement]);
    }

    /// Statements of one transaction that nothing else may join.
    pub(super) fn atomic(&mut self, stage: Stage, statements: Vec<Statement>) {
        self.push(stage, Company::Alone, Mode::Transaction, statements);
    }

    /// A statement that PostgreSQL refuses in a transaction.
    pub(super) fn direct(&mut self, stage: Stage, statement: Statement) {
        self.push(stage, Company::Quick(Vec::new()), Mode::Direct, vec![statement]);
    }

    /// One update in batches of rows.
    pub(super) fn batches(&mut self, stage: Stage, table: String, key: Vec<String>, statement: Statement) {
        self.push(stage, Company::Alone, Mode::Batches { table, key }, vec![statement]);
    }

    /// What a person must agree to.
    pub(super) fn hazard(&mut self, kind: HazardKind, object: ObjectName, message: impl Into<String>) {
        let hazard = Hazard { kind, object, message: message.into() };
        if !self.hazards.contains(&hazard) {
            self.hazards.push(hazard);
        }
    }

    /// All of `other`, behind.
    pub(super) fn append(&mut self, other: Steps) {
        self.steps.extend(other.steps);
        self.hazards.extend(other.hazards);
    }

    /// The plan: stages one behind the other, neighbours in one transaction where none of them makes the other's lock last.
    pub(super) fn finish(mut self) -> Plan {
        self.steps.sort_by_key(|step| step.stage);
        let mut merged: Vec<Step> = Vec::new();
        for step in self.steps {
            match merged.last_mut() {
                Some(last) if last.takes(&step) => {
                    if let (Company::Quick(locks), Company::Quick(more)) = (&mut last.company, step.company) {
                        locks.extend(more);
                    }
                    last.segment.statements.extend(step.segment.statements);
                }
                _ => merged.push(step),
            }
        }
        Plan { segments: merged.into_iter().map(|step| step.segment).collect(), hazards: self.hazards }
    }

    fn push(&mut self, stage: Stage, company: Company, mode: Mode, statements: Vec<Statement>) {
        let stage = if self.in_order { Stage::Objects } else { stage };
        if !statements.is_empty() {
            self.steps.push(Step { stage, company, segment: Segment { mode, statements } });
        }
    }
}

impl Step {
    /// Whether `next` may be in the same segment.
    fn takes(&self, next: &Step) -> bool {
        match (&self.company, &next.company) {
            (Company::Quick(locks), Company::Quick(more)) => {
                self.segment.mode == next.segment.mode
                    && (self.segment.mode == Mode::Direct || one_lock(locks, more))
            }
            _ => false,
        }
    }
}

/// Whether the locks of both are those of one table at most.
fn one_lock(locks: &[Name], more: &[Name]) -> bool {
    let mut all = locks.iter().chain(more);
    let Some(first) = all.next() else { return true };
    all.all(|name| name == first)
}

/// A statement that needs no explanation.
pub(super) fn plain(sql: impl Into<String>) -> Statement {
    Statement { comment: String::new(), sql: sql.into() }
}

/// A statement that a reader would wonder about.
pub(super) fn because(comment: impl Into<String>, sql: impl Into<String>) -> Statement {
    Statement { comment: comment.into(), sql: sql.into() }
}

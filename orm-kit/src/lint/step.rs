//! A statement at its place in a script: what the rules are asked of.

use super::finding::Flaw;
use super::known::Known;
use super::read::{Act, Action, Named};
use crate::plan::Mode;
use crate::planner;
use crate::script::{Lock, LockLevel, Script, Statement};
use orm_core::sql::quote_ident;

/// A statement that has been read.
pub(super) struct Read<'a> {
    pub(super) act: Act,
    pub(super) statement: &'a Statement,
    mode: &'a Mode,
    segment: usize,
}

/// All statements of a script.
pub(super) fn read(script: &Script) -> Vec<Read<'_>> {
    let mut all = Vec::new();
    for (segment, part) in script.segments.iter().enumerate() {
        for statement in &part.statements {
            all.push(Read { act: Act::of(&statement.sql), statement, mode: &part.mode, segment });
        }
    }
    all
}

impl Read<'_> {
    /// Both are in one transaction.
    pub(super) fn is_with(&self, other: &Read<'_>) -> bool {
        self.segment == other.segment && *self.mode == Mode::Transaction
    }
}

/// A statement, and what is around it.
pub(super) struct Step<'a> {
    /// What is known before it.
    pub(super) known: &'a Known,
    pub(super) all: &'a [Read<'a>],
    pub(super) at: usize,
    /// Code that uses what goes is gone.
    pub(super) contract: bool,
    /// It is on the way back.
    pub(super) back: bool,
    /// What its transaction has locked before.
    pub(super) held: &'a [Held],
}

/// A table that somebody may be using, and the statement that keeps them from it until its transaction ends.
pub(super) struct Held {
    pub(super) table: Named,
    /// The line of the statement.
    pub(super) line: usize,
    /// All that it locks.
    pub(super) locks: Vec<Lock>,
}

impl<'a> Step<'a> {
    fn here(&self) -> Option<&'a Read<'a>> {
        self.all.get(self.at)
    }

    pub(super) fn act(&self) -> &'a Act {
        self.here().map_or(&Act::Other, |read| &read.act)
    }

    pub(super) fn sql(&self) -> &'a str {
        self.here().map_or("", |read| read.statement.sql.as_str())
    }

    /// The locks that it takes and that block readers or writers.
    pub(super) fn locks(&self) -> Vec<Lock> {
        self.here().map(|read| locks(read.statement)).unwrap_or_default()
    }

    pub(super) fn is_batches(&self) -> bool {
        self.here().is_some_and(|read| matches!(read.mode, Mode::Batches { .. }))
    }

    /// Statements before it, in the same transaction.
    pub(super) fn before(&self) -> impl Iterator<Item = &'a Read<'a>> {
        let here = self.here();
        self.earlier().filter(move |read| here.is_some_and(|here| read.is_with(here)))
    }

    /// Statements behind it, in the same transaction.
    pub(super) fn behind(&self) -> impl Iterator<Item = &'a Read<'a>> {
        let here = self.here();
        self.later().filter(move |read| here.is_some_and(|here| read.is_with(here)))
    }

    /// Statements behind it in other transactions.
    pub(super) fn apart(&self) -> impl Iterator<Item = &'a Read<'a>> {
        let here = self.here();
        self.later().filter(move |read| !here.is_some_and(|here| read.is_with(here)))
    }

    pub(super) fn earlier(&self) -> impl Iterator<Item = &'a Read<'a>> {
        self.all.iter().take(self.at)
    }

    pub(super) fn later(&self) -> impl Iterator<Item = &'a Read<'a>> {
        self.all.iter().skip(self.at + 1)
    }

    pub(super) fn is_live(&self, table: &Named) -> bool {
        self.known.is_live(table)
    }

    /// What a rule says of each action on a table that somebody may be using.
    pub(super) fn actions(&self, says: impl Fn(&Named, &Action) -> Option<Flaw>) -> Vec<Flaw> {
        match self.act() {
            Act::AlterTable { table, actions } if self.is_live(table) => {
                actions.iter().filter_map(|action| says(table, action)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// What it locks.
    pub(super) fn holds(&self) -> Vec<Held> {
        let Some(by) = self.here() else { return Vec::new() };
        let mut tables = match &by.act {
            Act::AlterTable { table, actions } => {
                let referenced = actions.iter().filter_map(|action| match action {
                    Action::DropConstraint(name) => self.referenced(table, &name.name),
                    _ => None,
                });
                let mut tables: Vec<Named> = referenced.collect();
                tables.extend(named(locks(by.statement)));
                tables
            }
            Act::CreateTable(_)
            | Act::CreateIndex(_)
            | Act::CreatePolicy { .. }
            | Act::CreateTrigger { .. }
            | Act::Truncate { .. } => named(locks(by.statement)),
            Act::Drop { what: "table", names, .. } => names.clone(),
            Act::Drop { on: Some(table), .. } => vec![table.clone()],
            _ => Vec::new(),
        };
        tables.retain(|table| self.is_live(table) && self.known.view(table).is_none());
        let held = |table| Held { table, line: by.statement.line, locks: locks(by.statement) };
        tables.into_iter().map(held).collect()
    }

    /// The table that a foreign key references.
    fn referenced(&self, table: &Named, key: &str) -> Option<Named> {
        let key = self.known.table(table)?.foreign_keys.iter().find(|other| other.name == key)?;
        let (schema, name) = (&key.table.schema, &key.table.name);
        Some(Named {
            written: format!("{}.{}", quote_ident(schema), quote_ident(name)),
            schema: Some(schema.clone()),
            name: name.clone(),
        })
    }
}

/// The locks of a statement that block readers or writers.
pub(super) fn locks(statement: &Statement) -> Vec<Lock> {
    let mut locks = statement.locks().unwrap_or_default();
    locks.retain(|lock| lock.level >= LockLevel::Share);
    locks
}

fn named(locks: Vec<Lock>) -> Vec<Named> {
    let named = |lock: Lock| Named::read(&mut crate::script::Cursor::new(&lock.table));
    locks.into_iter().filter_map(named).collect()
}

/// How the rows of a table are gone through in batches: by its primary key, or by what is called as most are.
pub(super) fn batches(step: &Step<'_>, table: &Named) -> String {
    let key = step.known.table(table).and_then(|table| table.primary_key.as_ref());
    let key: Vec<_> =
        key.map(|key| key.columns.iter().map(|it| quote_ident(it)).collect()).unwrap_or_default();
    let key = if key.is_empty() { "id".to_owned() } else { key.join(", ") };
    format!("-- mizzle: batches by {} ({key})", table.written)
}

/// A name for what a safe form makes, of those of its table and column.
pub(super) fn made(table: &Named, column: &str, suffix: &str) -> String {
    let base = if column.is_empty() { table.name.clone() } else { format!("{}_{column}", table.name) };
    quote_ident(&planner::derived(&base, suffix))
}

/// `not valid`, and behind it what reads the rows without a lock that matters.
pub(super) fn proved_behind(table: &Named, name: &str, constraint: &str) -> String {
    let table = &table.written;
    format!(
        "alter table {table} add constraint {name} {constraint} not valid;\n\
         -- mizzle: transaction\n\
         alter table {table} validate constraint {name};"
    )
}

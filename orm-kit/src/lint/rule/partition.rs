//! Partitions.

use super::super::finding::{Flaw, MOMENT, READ, locked};
use super::super::read::{Act, Action, Named};
use super::super::step::{Step, made};
use super::{Rule, blocking};
use crate::catalog::Table;
use crate::script::{Lock, LockLevel};

pub(super) const RULES: &[Rule] = &[
    blocking("partition-made-in-place", "a new partition locks the whole table", in_place),
    blocking(
        "partition-attached-unproved",
        "a table's rows are read when it becomes a partition, while nobody can read it",
        unproved,
    ),
    blocking(
        "partition-beside-default",
        "the rows of the default partition are read when another one comes, while nobody can read it",
        beside_default,
    ),
    blocking("partition-detached-at-once", "a partition that goes locks the whole table", detached),
];

fn in_place(step: &Step<'_>) -> Vec<Flaw> {
    let Act::CreateTable(table) = step.act() else { return Vec::new() };
    let Some((of, bound)) = table.partition_of.as_ref().filter(|(of, _)| step.is_live(of)) else {
        return Vec::new();
    };
    let message = format!("nobody can read or write `{}` until the transaction ends", of.written);
    let safe = format!(
        "create table {new} (like {of} including all);\nalter table {of} attach partition {new} {bound};",
        new = table.name.written,
        of = of.written,
    );
    vec![locked(message, MOMENT, safe)]
}

fn unproved(step: &Step<'_>) -> Vec<Flaw> {
    step.actions(|table, action| {
        let Action::Attach { partition, bound } = action else { return None };
        let of_index = step.known.table(partition).is_some_and(has_check);
        if of_index || !step.is_live(partition) {
            return None;
        }
        let message = format!(
            "nobody can read or write `{}` while its rows are compared with the bound",
            partition.written
        );
        let name = made(partition, "", "bound");
        let safe = format!(
            "alter table {part} add constraint {name} check (..) not valid; -- what the bound says, and `is not null`\n\
             -- mizzle: transaction\nalter table {part} validate constraint {name};\n\
             -- mizzle: transaction\nalter table {} attach partition {part} {bound};\n\
             alter table {part} drop constraint {name};",
            table.written,
            part = partition.written,
        );
        Some(locked(message, READ, safe))
    })
}

/// It may be the one that proves the bound: only the server knows.
fn has_check(table: &Table) -> bool {
    table.checks.iter().any(|check| check.validated)
}

fn default_of<'a>(step: &Step<'a>, table: &Named) -> Option<&'a Table> {
    let is_default = |table: &&Table| {
        table.partition.as_ref().is_some_and(|partition| partition.bound.eq_ignore_ascii_case("default"))
    };
    step.known.partitions(table).find(is_default)
}

fn beside_default(step: &Step<'_>) -> Vec<Flaw> {
    let (table, what) = match step.act() {
        Act::AlterTable { table, actions }
            if actions.iter().any(|it| matches!(it, Action::Attach { .. })) =>
        {
            (table, step.sql())
        }
        Act::CreateTable(new) => match &new.partition_of {
            Some((of, _)) => (of, step.sql()),
            None => return Vec::new(),
        },
        _ => return Vec::new(),
    };
    let Some(default) = default_of(step, table).filter(|default| !has_check(default)) else {
        return Vec::new();
    };
    if !step.is_live(table) {
        return Vec::new();
    }
    let message = format!(
        "nobody can read or write `{}`, the default, while its rows are searched for some of the new partition",
        default.name
    );
    let part = format!(
        "{}.{}",
        orm_core::sql::quote_ident(&default.name.schema),
        orm_core::sql::quote_ident(&default.name.name)
    );
    let name = orm_core::sql::quote_ident(&format!("{}_bound", default.name.name));
    let safe = format!(
        "alter table {part} add constraint {name} check (..) not valid; -- it has no row of the new partition\n\
         -- mizzle: transaction\nalter table {part} validate constraint {name};\n\
         -- mizzle: transaction\n{what};\nalter table {part} drop constraint {name};"
    );
    let lock = Lock { level: LockLevel::AccessExclusive, table: part };
    vec![locked(message, READ, safe).holding(vec![lock])]
}

fn detached(step: &Step<'_>) -> Vec<Flaw> {
    step.actions(|table, action| {
        let Action::Detach { partition, weak: false } = action else { return None };
        // The server refuses `concurrently` beside a default.
        if default_of(step, table).is_some() || !step.is_live(partition) {
            return None;
        }
        let message = format!("nobody can read or write `{}` or a partition of it", table.written);
        let safe = format!(
            "-- mizzle: no transaction\nalter table {} detach partition {} concurrently;",
            table.written, partition.written
        );
        Some(locked(message, MOMENT, safe))
    })
}

//! Enums and domains.

use super::super::finding::{Flaw, READ, flaw, locked};
use super::super::read::{Act, DomainChange};
use super::super::step::Step;
use super::{Rule, advice, blocking, danger, failing};
use crate::catalog::Table;
use crate::depend::Mentions;
use crate::script::{Cursor, Lock, LockLevel};
use orm_core::sql::quote_literal;

pub(super) const RULES: &[Rule] = &[
    failing("label-used-at-once", "a new label of an enum is used by the transaction that adds it", used),
    advice("label-without-place", "a new label of an enum is said to be before or behind no other", unplaced),
    danger(
        "label-renamed",
        "a label of an enum has another name, and code that runs knows the old one",
        renamed,
    ),
    blocking(
        "domain-validated",
        "a domain reads all tables with columns of it while nobody can write them",
        validated,
    ),
    danger("catalog-edited", "the server's own tables are written, which nothing checks", edited),
];

fn used(step: &Step<'_>) -> Vec<Flaw> {
    let Act::AddLabel { ty, label, .. } = step.act() else { return Vec::new() };
    let literal = quote_literal(label);
    let uses = |sql: &str| {
        let of_other = matches!(Act::of(sql), Act::AddLabel { .. });
        !of_other && sql.contains(&literal)
    };
    let says = |line: usize| {
        let message = format!(
            "line {line} uses `{label}` in the transaction that adds it to `{}`, which the server refuses",
            ty.written
        );
        flaw(message, format!("{};\n-- mizzle: transaction\n-- and behind it what uses it", step.sql()))
    };
    let made_here =
        step.before().any(|read| matches!(&read.act, Act::CreateEnum(name) if name.full() == ty.full()));
    let mut behind = step.behind().filter(|read| !made_here && uses(&read.statement.sql));
    behind.next().map(|read| says(read.statement.line)).into_iter().collect()
}

fn unplaced(step: &Step<'_>) -> Vec<Flaw> {
    let Act::AddLabel { ty, label, placed: false } = step.act() else { return Vec::new() };
    let message =
        format!("`{label}` is behind all other labels of `{}` in comparisons and orders: say so", ty.written);
    vec![flaw(message, format!("{} after '..';", step.sql()))]
}

fn renamed(step: &Step<'_>) -> Vec<Flaw> {
    let Act::RenameLabel { ty, from, to } = step.act() else { return Vec::new() };
    if step.contract {
        return Vec::new();
    }
    let message = format!("code that runs and names `{from}` fails from now on, reads included");
    let (from_text, to_text) = (quote_literal(from), quote_literal(to));
    let safe = format!(
        "alter type {} add value if not exists {to_text} after {from_text};\n\
         -- and, when all code knows it, in batches: `update .. set .. = {to_text} where (.. = {from_text})`",
        ty.written
    );
    vec![flaw(message, safe)]
}

fn validated(step: &Step<'_>) -> Vec<Flaw> {
    let Act::AlterDomain { domain, change } = step.act() else { return Vec::new() };
    let what = match change {
        DomainChange::Add => "the new constraint",
        DomainChange::Validate => "`validate`",
        DomainChange::SetNotNull => "`set not null`",
        DomainChange::AddNotValid | DomainChange::Other => return Vec::new(),
    };
    let mut safe = String::new();
    if *change == DomainChange::Add {
        safe = format!("{} not valid;\n", step.sql());
    }
    safe += "-- and a check of the same on each column of it, `not valid` and then validated";
    let message =
        format!("nobody can write a table with a column of `{}` while {what} reads its rows", domain.written);
    let name = domain.full();
    let of_domain = |table: &&Table| {
        let live = step.known.is_used(&table.name) && table.partitioned.is_none();
        live && table.columns.iter().any(|column| Mentions::of(&column.ty).object(&name))
    };
    let tables: Vec<_> = step.known.catalog.tables.iter().filter(of_domain).collect();
    let is_known = step.known.catalog.domains.iter().any(|domain| domain.name == name);
    if tables.is_empty() && is_known {
        return Vec::new();
    }
    let lock = |table: &&Table| Lock { level: LockLevel::Share, table: table.name.to_string() };
    vec![locked(message, READ, safe).holding(tables.iter().map(lock).collect())]
}

fn edited(step: &Step<'_>) -> Vec<Flaw> {
    let (Act::Write { table, .. } | Act::Insert { table }) = step.act() else { return Vec::new() };
    let is_catalog = match &table.schema {
        Some(schema) => schema == "pg_catalog",
        None => [
            "pg_enum",
            "pg_attribute",
            "pg_class",
            "pg_constraint",
            "pg_index",
            "pg_proc",
            "pg_type",
            "pg_depend",
        ]
        .contains(&table.name.as_str()),
    };
    let mut cursor = Cursor::new(step.sql());
    let verb = cursor.eat_one_of(&["update", "delete", "insert"]).unwrap_or("write");
    let message = format!(
        "`{verb}` of `{}`: rows, indexes and sessions that know what was there are not told; say it by `alter`",
        table.written
    );
    if is_catalog { vec![flaw(message, "")] } else { Vec::new() }
}

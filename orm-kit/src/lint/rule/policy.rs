//! Who sees which rows.

use super::super::finding::{Flaw, flaw};
use super::super::read::{Act, Action, Named};
use super::super::step::Step;
use super::{Rule, authorizing};

pub(super) const RULES: &[Rule] = &[
    authorizing("policy-gap", "a policy is dropped before the transaction that makes it again", gap),
    authorizing(
        "row-security-before-policies",
        "row security counts before its policies are there",
        too_soon,
    ),
    authorizing("row-security-off", "a table's policies no longer count", off),
];

fn gap(step: &Step<'_>) -> Vec<Flaw> {
    let Act::Drop { what: "policy", names, on: Some(table), .. } = step.act() else { return Vec::new() };
    let is_new = |act: &Act, name: &Named| match act {
        Act::CreatePolicy { name: new, table: on } => new.name == name.name && on.full() == table.full(),
        _ => false,
    };
    let says = |name: &Named| {
        if step.behind().any(|read| is_new(&read.act, name)) || !step.is_live(table) {
            return None;
        }
        let again = step.apart().find(|read| is_new(&read.act, name))?;
        let message = format!(
            "until `{}` is there again, in line {}, `{}` shows other rows than it should",
            name.written, again.statement.line, table.written
        );
        let safe = format!("-- mizzle: transaction\n{};\n{};", step.sql(), again.statement.sql);
        Some(flaw(message, safe))
    };
    names.iter().filter_map(says).collect()
}

fn too_soon(step: &Step<'_>) -> Vec<Flaw> {
    step.actions(|table, action| {
        let Action::RowSecurity("enable") = action else { return None };
        let mut policies = step.apart().filter(
            |read| matches!(&read.act, Act::CreatePolicy { table: on, .. } if on.full() == table.full()),
        );
        let policy = policies.next()?;
        let message = format!(
            "nobody but its owner sees a row of `{}` until its policy of line {} is there",
            table.written, policy.statement.line
        );
        let safe = format!("-- mizzle: transaction\n{};\n{};", policy.statement.sql, step.sql());
        Some(flaw(message, safe))
    })
}

fn off(step: &Step<'_>) -> Vec<Flaw> {
    step.actions(|table, action| {
        let Action::RowSecurity(word @ ("disable" | "no force")) = action else { return None };
        let who = if *word == "disable" { "everyone who may read" } else { "the owner of" };
        let message = format!("{who} `{}` sees all of its rows from now on", table.written);
        let safe = format!("create policy .. on {} to .. using (true);", table.written);
        Some(flaw(message, safe))
    })
}

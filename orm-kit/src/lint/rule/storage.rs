//! How rows are kept.

use super::super::finding::{Flaw, REWRITE, flaw, locked};
use super::super::read::{Act, Action, Named};
use super::super::step::Step;
use super::{Rule, advice, blocking};

pub(super) const RULES: &[Rule] = &[
    blocking("table-rewritten", "a table is written again while nobody can read it", rewritten),
    blocking("table-moved", "a table is written again for its storage while nobody can read it", moved),
    advice("rewrites-apart", "a table is written again once for each statement, not once for all", apart),
    advice(
        "replica-identity",
        "what is replicated of a table's changes is something else from now on",
        identity,
    ),
];

fn rewritten(step: &Step<'_>) -> Vec<Flaw> {
    let Act::Rewrite { verb, table } = step.act() else { return Vec::new() };
    if table.as_ref().is_some_and(|table| !step.is_live(table)) {
        return Vec::new();
    }
    let which =
        table.as_ref().map_or_else(|| "every table".to_owned(), |table| format!("`{}`", table.written));
    let name = table.as_ref().map(|table| format!(" {}", table.written)).unwrap_or_default();
    let message = format!(
        "nobody can read or write {which} during `{verb}`; the program pg_repack does the same beside those who do"
    );
    vec![locked(message, REWRITE, format!("-- mizzle: no transaction\nvacuum{name};"))]
}

fn moved(step: &Step<'_>) -> Vec<Flaw> {
    step.actions(|table, action| {
        let Action::Storage(what) = action else { return None };
        let message = format!(
            "nobody can read or write `{}` during `set {what}`, and there is no other way: do it while nobody needs the \
             table, or move the rows to a new one in batches",
            table.written
        );
        Some(locked(message, REWRITE, ""))
    })
}

fn retypes(act: &Act) -> Option<&Named> {
    match act {
        Act::AlterTable { table, actions } => {
            let retypes = |action: &Action| matches!(action, Action::SetType { .. } | Action::Storage(_));
            actions.iter().any(retypes).then_some(table)
        }
        _ => None,
    }
}

fn apart(step: &Step<'_>) -> Vec<Flaw> {
    let Some(table) = retypes(step.act()).filter(|table| step.is_live(table)) else { return Vec::new() };
    let mut before =
        step.earlier().filter(|read| retypes(&read.act).is_some_and(|it| it.full() == table.full()));
    let says = |line: usize| {
        let message = format!(
            "`{}` may be written again here as in line {line}: as actions of one `alter table`, with commas between them, \
             it is once",
            table.written
        );
        flaw(message, "")
    };
    before.next().map(|read| says(read.statement.line)).into_iter().collect()
}

fn identity(step: &Step<'_>) -> Vec<Flaw> {
    step.actions(|table, action| {
        let message = format!(
            "subscribers of `{}` find rows by another key from now on: see that they have it",
            table.written
        );
        matches!(action, Action::ReplicaIdentity).then(|| flaw(message, ""))
    })
}

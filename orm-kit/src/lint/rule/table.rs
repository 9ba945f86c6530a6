//! Tables and views as a whole.

use super::super::finding::{Flaw, MOMENT, flaw, locked};
use super::super::read::{Act, Action, Named};
use super::super::step::{Step, batches};
use super::{Rule, blocking, danger, losing};
use crate::catalog::{Name, Table};
use orm_core::sql::quote_ident;

pub(super) const RULES: &[Rule] = &[
    losing("table-dropped", "a table goes while code that runs may use it", dropped),
    danger(
        "table-renamed",
        "a table has another name at once, and code that runs knows the old one",
        renamed,
    ),
    losing("table-truncated", "all rows of a table go while nobody can read it", truncated),
    losing("truncate-cascade", "rows go of tables that the statement does not name", cascade),
    danger("view-dropped", "a view goes while code that runs may read it", view_dropped),
    danger("view-gap", "a view is dropped before the transaction that makes it again", view_gap),
    blocking("refresh-not-concurrent", "a materialized view is filled while nobody can read it", refreshed),
];

fn dropped(step: &Step<'_>) -> Vec<Flaw> {
    let Act::Drop { what: "table", names, .. } = step.act() else { return Vec::new() };
    if step.contract {
        return Vec::new();
    }
    let says = |table: &Named| {
        let message =
            format!("code that runs and names `{}` fails from now on, and its rows are gone", table.written);
        let safe =
            format!("-- in a migration of its own:\n-- mizzle: contract\ndrop table {};", table.written);
        flaw(message, safe)
    };
    names.iter().filter(|table| step.is_live(table)).map(says).collect()
}

fn renamed(step: &Step<'_>) -> Vec<Flaw> {
    if step.contract {
        return Vec::new();
    }
    step.actions(|table, action| {
        let to = match action {
            Action::Rename(to) => table.beside(&to.written),
            Action::SetSchema(schema) => format!("{}.{}", schema.written, last(table)),
            _ => return None,
        };
        let stands_in = step
            .behind()
            .any(|read| matches!(&read.act, Act::CreateView { name, .. } if name.full() == table.full()));
        let of_view = step.known.view(table).is_some();
        if stands_in || of_view {
            return None;
        }
        let message = format!("code that runs and names `{}` fails from now on", table.written);
        let safe = format!(
            "{};\ncreate view {} with (security_invoker = true) as select * from {to};\n\
             -- and in a migration of its own:\n-- mizzle: contract\ndrop view {};",
            step.sql(),
            table.written,
            table.written
        );
        Some(flaw(message, safe))
    })
}

fn last(table: &Named) -> &str {
    table
        .written
        .rsplit_once('.')
        .filter(|_| table.schema.is_some())
        .map_or(table.written.as_str(), |(_, it)| it)
}

fn truncated(step: &Step<'_>) -> Vec<Flaw> {
    let Act::Truncate { tables, .. } = step.act() else { return Vec::new() };
    let says = |table: &Named| {
        let message = format!("all rows of `{}` are gone, for those who read it now too", table.written);
        let safe = format!("{}\ndelete from {} where (true);", batches(step, table), table.written);
        locked(message, MOMENT, safe)
    };
    tables.iter().filter(|table| step.is_live(table)).map(says).collect()
}

fn cascade(step: &Step<'_>) -> Vec<Flaw> {
    let Act::Truncate { tables, cascade: true } = step.act() else { return Vec::new() };
    let mut all: Vec<Name> = tables.iter().map(Named::full).collect();
    let mut at = 0;
    while let Some(name) = all.get(at).cloned() {
        let references = |table: &&Table| table.foreign_keys.iter().any(|key| key.table == name);
        let tables = step.known.catalog.tables.iter().filter(references).map(|table| &table.name);
        let more: Vec<Name> = tables.filter(|table| !all.contains(table)).cloned().collect();
        all.extend(more);
        at += 1;
    }
    let others: Vec<_> = all.iter().skip(tables.len()).map(|name| format!("`{name}`")).collect();
    let which = if others.is_empty() { String::new() } else { format!(": {}", others.join(", ")) };
    let message = format!("the rows go of all tables that reference one of these{which}");
    let written = |name: &Name| format!("{}.{}", quote_ident(&name.schema), quote_ident(&name.name));
    vec![flaw(message, format!("truncate {};", all.iter().map(written).collect::<Vec<_>>().join(", ")))]
}

/// Views that are dropped, and whether a later transaction makes them again.
fn dropped_views<'a>(step: &Step<'a>) -> Vec<(&'a str, &'a Named, bool)> {
    let Act::Drop { what: what @ ("view" | "materialized view"), names, .. } = step.act() else {
        return Vec::new();
    };
    let stays = |view: &&Named| !step.contract && !step.behind().any(|read| makes(&read.act, view));
    let again = |view: &Named| step.apart().any(|read| makes(&read.act, view));
    names.iter().filter(stays).map(|view| (*what, view, again(view))).collect()
}

fn makes(act: &Act, view: &Named) -> bool {
    let is = |from: &Named, to: &Named| from.full().schema == view.full().schema && to.name == view.name;
    match act {
        Act::CreateView { name, .. } => name.full() == view.full(),
        Act::AlterView { name, action: Action::Rename(to) } => is(name, to),
        Act::AlterTable { table, actions } => {
            actions.iter().any(|action| matches!(action, Action::Rename(to) if is(table, to)))
        }
        _ => false,
    }
}

fn view_gap(step: &Step<'_>) -> Vec<Flaw> {
    let says = |(what, view, _): (&str, &Named, bool)| {
        let message = format!("code that reads `{}` fails until it is made again", view.written);
        let name = &view.written;
        flaw(message, format!("-- in one transaction\ndrop {what} {name};\ncreate {what} {name} as ..;"))
    };
    dropped_views(step).into_iter().filter(|(_, _, again)| *again).map(says).collect()
}

fn view_dropped(step: &Step<'_>) -> Vec<Flaw> {
    let says = |(what, view, _): (&str, &Named, bool)| {
        let message = format!("code that reads `{}` fails from now on", view.written);
        flaw(
            message,
            format!("-- in a migration of its own:\n-- mizzle: contract\ndrop {what} {};", view.written),
        )
    };
    dropped_views(step).into_iter().filter(|(_, _, again)| !*again).map(says).collect()
}

fn refreshed(step: &Step<'_>) -> Vec<Flaw> {
    let Act::Refresh { view, concurrently: false } = step.act() else { return Vec::new() };
    if !step.is_live(view) {
        return Vec::new();
    }
    let message = format!("nobody can read `{}` while it is computed", view.written);
    let safe = format!(
        "-- it needs a unique index of all rows\nrefresh materialized view concurrently {};",
        view.written
    );
    vec![locked(message, "until its query is done", safe)]
}

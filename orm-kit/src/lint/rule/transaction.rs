//! What a transaction holds while it goes on, and how rows are written.

use super::super::finding::{Flaw, WORK, flaw, locked};
use super::super::read::Act;
use super::super::step::{Held, Step, batches};
use super::{Rule, blocking, danger};
use crate::script::Cursor;

pub(super) const RULES: &[Rule] = &[
    blocking("work-under-lock", "rows are written or read while a lock is held that others wait for", work),
    blocking("tables-locked-together", "a second table is locked while the first one still is", together),
    blocking(
        "update-not-batched",
        "rows are written at once, and stay locked until all of them are",
        unbatched,
    ),
    danger(
        "lock-timeout-off",
        "a statement may wait for its lock for ever, and everyone else behind it",
        timeout,
    ),
];

fn work(step: &Step<'_>) -> Vec<Flaw> {
    let works = match step.act() {
        Act::Insert { table } => step.is_live(table) || Cursor::new(step.sql()).has("select"),
        Act::Write { table, .. } => step.is_live(table),
        Act::Refresh { .. } | Act::Work => true,
        _ => false,
    };
    let Some(Held { table, line, locks }) = step.held.first().filter(|_| works) else { return Vec::new() };
    let message = format!(
        "nobody can use `{}` while this runs, which the transaction has locked since line {}: let it run in a \
         transaction of its own",
        table.written, line
    );
    let safe = format!("-- mizzle: transaction\n{};", step.sql());
    vec![locked(message, WORK, safe).holding(locks.clone())]
}

fn together(step: &Step<'_>) -> Vec<Flaw> {
    let Some(Held { table, line, locks }) = step.held.first() else { return Vec::new() };
    let is_held = |new: &Held| step.held.iter().any(|held| held.table.full() == new.table.full());
    let Some(Held { table: new, .. }) = step.holds().into_iter().find(|new| !is_held(new)) else {
        return Vec::new();
    };
    let message = format!(
        "`{}` stays locked, as it is since line {}, until `{}` can be locked too: who holds the one and waits for the \
         other waits for ever",
        table.written, line, new.written
    );
    let safe = format!("-- mizzle: transaction\n{};", step.sql());
    vec![locked(message, WORK, safe).holding(locks.clone())]
}

fn unbatched(step: &Step<'_>) -> Vec<Flaw> {
    let Act::Write { table, condition } = step.act() else { return Vec::new() };
    let is_small = condition.as_ref().is_some_and(|condition| {
        let cursor = Cursor::new(condition);
        !["is null", "is not null", "is distinct from", "is not distinct from"]
            .iter()
            .any(|it| cursor.has(it))
    });
    if step.is_batches() || is_small || !step.is_live(table) {
        return Vec::new();
    }
    let condition = condition.as_deref().unwrap_or("true");
    let sql = step.sql();
    let head = sql.strip_suffix(condition).unwrap_or(sql).trim_end();
    let head = head.strip_suffix("where").unwrap_or(head).trim_end();
    let condition = condition.strip_prefix('(').and_then(|it| it.strip_suffix(')')).unwrap_or(condition);
    let safe = format!("{}\n{head} where ({condition});", batches(step, table));
    let message = format!(
        "the rows of `{}` that it writes stay locked until it is done with all of them, and it begins anew if it fails",
        table.written
    );
    vec![flaw(message, safe)]
}

fn timeout(step: &Step<'_>) -> Vec<Flaw> {
    let Act::Set { name, value } = step.act() else { return Vec::new() };
    let is_off = matches!(value.trim_matches('\''), "0" | "0s" | "0ms" | "default");
    let message = "who waits for a table's lock has everyone else wait behind: the migrator gives up after a while, \
                   and tries again";
    if name == "lock_timeout" && is_off {
        vec![flaw(message, "set local lock_timeout = '2s';")]
    } else {
        Vec::new()
    }
}

//! Which locks a statement takes on tables, by [PostgreSQL's table of lock modes](https://www.postgresql.org/docs/current/explicit-locking.html).

use super::cursor::Cursor;
use super::lexer::TokenKind;
use std::fmt;

/// A lock that a statement takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    /// How strong it is.
    pub level: LockLevel,
    /// The table, view or index, as the statement writes it.
    pub table: String,
}

/// How strong a lock on a table is, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LockLevel {
    /// Blocks only what blocks readers.
    AccessShare,
    /// Blocks no reader and no writer.
    RowShare,
    /// As writers take it.
    RowExclusive,
    /// Blocks other changes of the table, but no reader and no writer.
    ShareUpdateExclusive,
    /// Blocks writers.
    Share,
    /// Blocks writers, and others like it.
    ShareRowExclusive,
    /// Blocks all but readers.
    Exclusive,
    /// Blocks everyone.
    AccessExclusive,
}

use LockLevel::{
    AccessExclusive, AccessShare, Exclusive, RowExclusive, RowShare, Share, ShareRowExclusive,
    ShareUpdateExclusive,
};

impl fmt::Display for LockLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            AccessShare => "access share",
            RowShare => "row share",
            RowExclusive => "row exclusive",
            ShareUpdateExclusive => "share update exclusive",
            Share => "share",
            ShareRowExclusive => "share row exclusive",
            Exclusive => "exclusive",
            AccessExclusive => "access exclusive",
        })
    }
}

/// Actions of `alter table` that take less than everything.
const ACTIONS: &[(&str, LockLevel)] = &[
    ("validate constraint", ShareUpdateExclusive),
    ("attach partition", ShareUpdateExclusive),
    ("cluster on", ShareUpdateExclusive),
    ("set without cluster", ShareUpdateExclusive),
    ("enable trigger", ShareRowExclusive),
    ("disable trigger", ShareRowExclusive),
    ("enable always trigger", ShareRowExclusive),
    ("enable replica trigger", ShareRowExclusive),
];

/// Parameters of storage that writers do not look at while they write.
const WEAK_OPTIONS: &[&str] = &["fillfactor", "autovacuum_enabled", "toast_tuple_target", "parallel_workers"];

pub(super) fn locks(sql: &str) -> Option<Vec<Lock>> {
    let mut cursor = Cursor::new(sql);
    let verb = cursor.eat_one_of(&[
        "create",
        "alter",
        "drop",
        "truncate",
        "comment on",
        "vacuum",
        "analyze",
        "cluster",
        "reindex",
        "refresh",
        "lock",
        "insert into",
        "update",
        "delete from",
        "merge into",
        "copy",
        "select",
        "with",
        "do",
        "call",
    ]);
    Some(match verb {
        Some("create") => create(cursor),
        Some("alter") => alter(cursor),
        Some("drop") => drop_(cursor),
        Some("truncate") => {
            cursor.eat("table");
            cursor.eat("only");
            all(AccessExclusive, cursor.names())
        }
        Some("comment on") => comment(cursor),
        Some(verb @ ("vacuum" | "analyze" | "cluster")) => maintain(verb, cursor),
        Some("reindex") => reindex(cursor),
        Some("refresh") => {
            cursor.eat("materialized view");
            let level = if cursor.eat("concurrently") { Exclusive } else { AccessExclusive };
            one(level, cursor.name())
        }
        Some("lock") => lock(cursor),
        Some("insert into" | "update" | "delete from" | "merge into") => {
            cursor.eat("only");
            one(RowExclusive, cursor.name())
        }
        Some("copy") => one(RowExclusive, cursor.name()),
        Some("select") => select(cursor),
        Some(_) => return None,
        None => Vec::new(),
    })
}

fn one(level: LockLevel, table: Option<String>) -> Vec<Lock> {
    all(level, table.into_iter().collect())
}

fn all(level: LockLevel, tables: Vec<String>) -> Vec<Lock> {
    tables.into_iter().map(|table| Lock { level, table }).collect()
}

/// The table behind the next `on`.
fn on(level: LockLevel, mut cursor: Cursor<'_>) -> Vec<Lock> {
    if !cursor.skip_to("on") {
        return Vec::new();
    }
    cursor.eat("only");
    one(level, cursor.name())
}

/// Every table that a foreign key in the statement names.
fn references(mut cursor: Cursor<'_>) -> Vec<Lock> {
    let mut locks = Vec::new();
    while cursor.has("references") {
        while !cursor.eat("references") {
            cursor.step();
        }
        locks.extend(one(ShareRowExclusive, cursor.name()));
    }
    locks
}

fn create(mut cursor: Cursor<'_>) -> Vec<Lock> {
    cursor.eat("or replace");
    cursor.eat_one_of(&["unique", "constraint", "unlogged"]);
    match cursor.eat_one_of(&[
        "index concurrently",
        "index",
        "trigger",
        "rule",
        "policy",
        "statistics",
        "table",
    ]) {
        Some("index concurrently") => on(ShareUpdateExclusive, cursor),
        Some("index") => on(Share, cursor),
        Some("trigger") => on(ShareRowExclusive, cursor),
        Some("policy") => on(AccessExclusive, cursor),
        Some("rule") => {
            cursor.skip_to("to");
            one(AccessExclusive, cursor.name())
        }
        Some("statistics") => {
            cursor.skip_to("from");
            all(ShareUpdateExclusive, cursor.names())
        }
        Some("table") => {
            let mut locks = references(cursor.clone());
            if cursor.skip_to("partition of") {
                locks.extend(one(AccessExclusive, cursor.name()));
            }
            locks
        }
        _ => Vec::new(),
    }
}

fn alter(mut cursor: Cursor<'_>) -> Vec<Lock> {
    let relation = cursor.eat_one_of(&["table", "index", "view", "materialized view", "sequence", "policy"]);
    match relation {
        Some("table") => {}
        Some("index") => {
            cursor.eat("if exists");
            let name = cursor.name();
            let weak = cursor.eat_one_of(&["rename", "attach", "alter"]).is_some();
            return one(if weak { ShareUpdateExclusive } else { AccessExclusive }, name);
        }
        Some("sequence") => {
            cursor.eat("if exists");
            return one(ShareRowExclusive, cursor.name());
        }
        Some("policy") => return on(AccessExclusive, cursor),
        Some(_) => {
            cursor.eat("if exists");
            return one(AccessExclusive, cursor.name());
        }
        None => return Vec::new(),
    }
    cursor.eat("if exists");
    cursor.eat("only");
    let Some(table) = cursor.name() else { return Vec::new() };
    cursor.eat_kind(TokenKind::Other);
    let mut locks = Vec::new();
    let mut level = AccessShare;
    loop {
        let (action, other) = alter_action(&mut cursor);
        level = level.max(action);
        locks.extend(other);
        if !cursor.skip_comma() {
            break;
        }
    }
    locks.insert(0, Lock { level, table });
    locks
}

/// What one action of `alter table` takes on the table, and on another.
fn alter_action(cursor: &mut Cursor<'_>) -> (LockLevel, Vec<Lock>) {
    if let Some((words, level)) = ACTIONS.iter().find(|(words, _)| cursor.eat(words)) {
        let other = if *words == "attach partition" { cursor.name() } else { None };
        return (*level, one(AccessExclusive, other));
    }
    if cursor.eat("detach partition") {
        let partition = cursor.name();
        let weak = cursor.eat_one_of(&["concurrently", "finalize"]).is_some();
        return (if weak { ShareUpdateExclusive } else { AccessExclusive }, one(AccessExclusive, partition));
    }
    let here = cursor.clone();
    if cursor.eat_one_of(&["set", "reset"]).is_some() && cursor.eat_kind(TokenKind::Open) {
        let weak = WEAK_OPTIONS.iter().any(|option| cursor.eat(option));
        return (if weak { ShareUpdateExclusive } else { AccessExclusive }, Vec::new());
    }
    *cursor = here;
    if cursor.eat("add") {
        let is_column = cursor.eat("column");
        if cursor.eat("constraint") {
            cursor.name();
        }
        let is_key = !is_column && cursor.eat("foreign key");
        return (if is_key { ShareRowExclusive } else { AccessExclusive }, references(cursor.action()));
    }
    let mut action = cursor.action();
    let weak = action.eat("alter") && action.has("set statistics");
    (if weak { ShareUpdateExclusive } else { AccessExclusive }, Vec::new())
}

fn drop_(mut cursor: Cursor<'_>) -> Vec<Lock> {
    let what = cursor.eat_one_of(&[
        "index concurrently",
        "index",
        "table",
        "view",
        "materialized view",
        "sequence",
        "trigger",
        "rule",
        "policy",
    ]);
    cursor.eat("if exists");
    match what {
        Some("index concurrently") => one(ShareUpdateExclusive, cursor.name()),
        Some("trigger" | "rule" | "policy") => on(AccessExclusive, cursor),
        Some(_) => all(AccessExclusive, cursor.names()),
        None => Vec::new(),
    }
}

fn comment(mut cursor: Cursor<'_>) -> Vec<Lock> {
    match cursor.eat_one_of(&[
        "table",
        "view",
        "materialized view",
        "index",
        "column",
        "constraint",
        "trigger",
        "policy",
    ]) {
        Some("column") => {
            let column = cursor.name().unwrap_or_default();
            one(ShareUpdateExclusive, column.rsplit_once('.').map(|(table, _)| table.to_owned()))
        }
        Some("constraint" | "trigger" | "policy") => on(ShareUpdateExclusive, cursor),
        Some(_) => one(ShareUpdateExclusive, cursor.name()),
        None => Vec::new(),
    }
}

fn maintain(verb: &str, mut cursor: Cursor<'_>) -> Vec<Lock> {
    let full = verb == "cluster" || cursor.parentheses_have("full") || cursor.eat("full");
    cursor.parentheses();
    while cursor.eat_one_of(&["freeze", "verbose", "analyze"]).is_some() {}
    all(if full { AccessExclusive } else { ShareUpdateExclusive }, cursor.names())
}

fn reindex(mut cursor: Cursor<'_>) -> Vec<Lock> {
    let concurrently = cursor.has("concurrently");
    cursor.parentheses();
    let of = cursor.eat_one_of(&["index", "table", "schema", "database", "system"]);
    cursor.eat("concurrently");
    match of {
        Some(_) if concurrently => one(ShareUpdateExclusive, cursor.name()),
        Some("index") => one(AccessExclusive, cursor.name()),
        _ => one(Share, cursor.name()),
    }
}

fn lock(mut cursor: Cursor<'_>) -> Vec<Lock> {
    cursor.eat("table");
    cursor.eat("only");
    let tables = cursor.names();
    let level = cursor.eat("in").then(|| {
        let levels = [
            ("access share", AccessShare),
            ("row share", RowShare),
            ("row exclusive", RowExclusive),
            ("share update exclusive", ShareUpdateExclusive),
            ("share row exclusive", ShareRowExclusive),
            ("share", Share),
            ("exclusive", Exclusive),
        ];
        levels.into_iter().find(|(words, _)| cursor.eat(words)).map(|(_, level)| level)
    });
    all(level.flatten().unwrap_or(AccessExclusive), tables)
}

fn select(mut cursor: Cursor<'_>) -> Vec<Lock> {
    let locks_rows = ["for update", "for no key update", "for share", "for key share"];
    let level = if locks_rows.iter().any(|words| cursor.has(words)) { RowShare } else { AccessShare };
    if cursor.skip_to("from") { one(level, cursor.name()) } else { Vec::new() }
}

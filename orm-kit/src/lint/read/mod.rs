//! A statement as the rules see it: what it does, and to what.

mod alter;
mod column;
mod constraint;
mod create;
mod named;

pub(crate) use alter::Action;
pub(crate) use column::{Is, NewColumn};
pub(crate) use constraint::{ConstraintKind, NewConstraint};
pub(crate) use create::{NewIndex, NewTable};
pub(crate) use named::Named;

use crate::script::{Cursor, TokenKind};

/// What a statement does.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "there are as many as a script has statements")]
pub(crate) enum Act {
    CreateTable(NewTable),
    CreateIndex(NewIndex),
    CreateView {
        name: Named,
        materialized: bool,
        replace: bool,
    },
    CreatePolicy {
        name: Named,
        table: Named,
    },
    CreateTrigger {
        table: Named,
    },
    CreateEnum(Named),
    CreateDomain {
        name: Named,
        /// It refuses some values of its base.
        checked: bool,
    },
    CreateOther {
        what: &'static str,
        name: Named,
    },
    AlterTable {
        table: Named,
        actions: Vec<Action>,
    },
    /// `alter view` and `alter materialized view`.
    AlterView {
        name: Named,
        action: Action,
    },
    RenameIndex {
        from: Named,
        to: Named,
    },
    AddLabel {
        ty: Named,
        label: String,
        /// It is said before or behind which one.
        placed: bool,
    },
    RenameLabel {
        ty: Named,
        from: String,
        to: String,
    },
    AlterDomain {
        domain: Named,
        change: DomainChange,
    },
    UpdateExtension(Named),
    Drop {
        what: &'static str,
        names: Vec<Named>,
        concurrently: bool,
        cascade: bool,
        /// The table of a policy, trigger or rule.
        on: Option<Named>,
    },
    Reindex {
        of: &'static str,
        name: Option<Named>,
        concurrently: bool,
    },
    Truncate {
        tables: Vec<Named>,
        cascade: bool,
    },
    Refresh {
        view: Named,
        concurrently: bool,
    },
    /// `vacuum full` or `cluster`.
    Rewrite {
        verb: &'static str,
        table: Option<Named>,
    },
    Set {
        name: String,
        value: String,
    },
    Insert {
        table: Named,
    },
    /// An `update` or `delete`.
    Write {
        table: Named,
        condition: Option<String>,
    },
    /// Something else that may read or write rows: `do`, `call`, `with`, a `select` of a table.
    Work,
    Other,
}

/// What an `alter domain` does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DomainChange {
    AddNotValid,
    Add,
    Validate,
    SetNotNull,
    Other,
}

impl Act {
    pub(crate) fn of(sql: &str) -> Act {
        read(sql).unwrap_or(Act::Other)
    }
}

fn read(sql: &str) -> Option<Act> {
    let mut cursor = Cursor::new(sql);
    let verb = cursor.eat_one_of(&[
        "create",
        "alter",
        "drop",
        "reindex",
        "truncate",
        "refresh materialized view",
        "vacuum",
        "cluster",
        "set",
        "insert into",
        "update",
        "delete from",
        "select",
        "with",
        "do",
        "call",
        "merge into",
        "copy",
    ])?;
    Some(match verb {
        "create" => create::create(cursor)?,
        "alter" => alter_(cursor)?,
        "drop" => drop_(cursor)?,
        "reindex" => reindex(cursor)?,
        "truncate" => {
            cursor.eat("table");
            cursor.eat("only");
            Act::Truncate { tables: Named::list(&mut cursor), cascade: cursor.has("cascade") }
        }
        "refresh materialized view" => {
            let concurrently = cursor.eat("concurrently");
            Act::Refresh { view: Named::read(&mut cursor)?, concurrently }
        }
        "vacuum" => {
            let full = cursor.parentheses_have("full") | cursor.clone().eat("full");
            if !full {
                return Some(Act::Other);
            }
            cursor.parentheses();
            while cursor.eat_one_of(&["full", "freeze", "verbose", "analyze"]).is_some() {}
            Act::Rewrite { verb: "vacuum full", table: Named::read(&mut cursor) }
        }
        "cluster" => {
            cursor.parentheses();
            cursor.eat("verbose");
            Act::Rewrite { verb: "cluster", table: Named::read(&mut cursor) }
        }
        "set" => set(cursor)?,
        "insert into" => Act::Insert { table: Named::read(&mut cursor)? },
        "update" | "delete from" => {
            cursor.eat("only");
            let table = Named::read(&mut cursor)?;
            let condition = cursor.skip_to("where").then(|| cursor.remainder().to_owned());
            Act::Write { table, condition }
        }
        "select" if !cursor.skip_to("from") => Act::Other,
        _ => Act::Work,
    })
}

fn set(mut cursor: Cursor<'_>) -> Option<Act> {
    cursor.eat_one_of(&["local", "session"]);
    if cursor.eat("time zone") {
        return Some(Act::Set { name: "timezone".to_owned(), value: cursor.remainder().to_owned() });
    }
    let name = cursor.name()?.to_ascii_lowercase();
    if !cursor.eat("to") {
        cursor.eat_kind(TokenKind::Other);
    }
    Some(Act::Set { name, value: cursor.remainder().to_owned() })
}

fn reindex(mut cursor: Cursor<'_>) -> Option<Act> {
    let concurrently = cursor.has("concurrently");
    cursor.parentheses();
    let of = cursor.eat_one_of(&["index", "table", "schema", "database", "system"])?;
    cursor.eat("concurrently");
    Some(Act::Reindex { of, name: Named::read(&mut cursor), concurrently })
}

fn alter_(mut cursor: Cursor<'_>) -> Option<Act> {
    let what =
        cursor.eat_one_of(&["table", "index", "view", "materialized view", "type", "domain", "extension"])?;
    Some(match what {
        "table" => {
            let (table, actions) = alter::actions(&mut cursor)?;
            Act::AlterTable { table, actions }
        }
        "view" | "materialized view" => {
            let (name, actions) = alter::actions(&mut cursor)?;
            Act::AlterView { name, action: actions.into_iter().next()? }
        }
        "index" => {
            cursor.eat("if exists");
            let from = Named::read(&mut cursor)?;
            if !cursor.eat("rename to") {
                return Some(Act::Other);
            }
            Act::RenameIndex { from, to: Named::read(&mut cursor)? }
        }
        "type" => alter_type(cursor)?,
        "domain" => {
            let domain = Named::read(&mut cursor)?;
            let change = match cursor.eat_one_of(&["add", "validate", "set not null"]) {
                Some("add") if cursor.has("not valid") => DomainChange::AddNotValid,
                Some("add") => DomainChange::Add,
                Some("validate") => DomainChange::Validate,
                Some(_) => DomainChange::SetNotNull,
                None => DomainChange::Other,
            };
            Act::AlterDomain { domain, change }
        }
        _ => {
            let extension = Named::read(&mut cursor)?;
            if cursor.eat("update") { Act::UpdateExtension(extension) } else { Act::Other }
        }
    })
}

fn alter_type(mut cursor: Cursor<'_>) -> Option<Act> {
    let ty = Named::read(&mut cursor)?;
    match cursor.eat_one_of(&["add value", "rename value"]) {
        Some("add value") => {
            cursor.eat("if not exists");
            let label = cursor.literal()?;
            let placed = cursor.eat_one_of(&["before", "after"]).is_some();
            Some(Act::AddLabel { ty, label, placed })
        }
        Some(_) => {
            let from = cursor.literal()?;
            cursor.eat("to");
            Some(Act::RenameLabel { ty, from, to: cursor.literal()? })
        }
        None => None,
    }
}

/// What may be dropped, as SQL calls it.
const DROPPED: &[&str] = &[
    "table",
    "index",
    "view",
    "materialized view",
    "schema",
    "database",
    "owned",
    "sequence",
    "extension",
    "policy",
    "trigger",
    "rule",
    "type",
    "domain",
    "function",
    "procedure",
];

fn drop_(mut cursor: Cursor<'_>) -> Option<Act> {
    let what = cursor.eat_one_of(DROPPED)?;
    let concurrently = cursor.eat("concurrently");
    cursor.eat("by");
    cursor.eat("if exists");
    let names = Named::list(&mut cursor);
    let cascade = cursor.has("cascade");
    let on = match what {
        "policy" | "trigger" | "rule" if cursor.skip_to("on") => Named::read(&mut cursor),
        _ => None,
    };
    Some(Act::Drop { what, names, concurrently, cascade, on })
}

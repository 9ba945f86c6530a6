//! What sort of statement it is: how it must run, and what tells whether it has.

use super::cursor::{Cursor, unquote};
use super::lexer::TokenKind;

/// How a statement must run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// In a transaction as well as by itself.
    Ordinary,
    /// Not in a transaction.
    Alone(Alone),
    /// It may end transactions by itself, and then fails in one of ours.
    Calling,
    /// It changes the session: what it did is gone with the connection.
    Session,
    /// It begins or ends a transaction.
    Control,
    /// It needs a client that sends or takes rows.
    Copy,
}

/// A statement that PostgreSQL refuses in a transaction, with what tells whether it is done. Names are as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Alone {
    CreateIndex {
        /// What it is called, unquoted.
        index: Option<String>,
        table: String,
    },
    DropIndex {
        index: String,
    },
    Detach {
        table: String,
        partition: String,
    },
    Reindex {
        /// `index`, `table`, `schema` or `database`.
        of: &'static str,
        name: String,
    },
    /// A `create` or `drop` of what a whole server shares: a query for whether it exists, without its parameter; the
    /// name, unquoted.
    Shared {
        exists: &'static str,
        name: String,
        create: bool,
    },
    /// It does no harm twice.
    Again,
}

/// What begins or ends a transaction.
const CONTROL: &[&str] = &[
    "begin",
    "start transaction",
    "commit",
    "end",
    "rollback",
    "abort",
    "savepoint",
    "release",
    "prepare transaction",
];

/// What a whole server shares, and where its catalog is.
const SHARED: &[(&str, &str)] = &[
    ("database", "select from pg_catalog.pg_database where datname = $1::name"),
    ("tablespace", "select from pg_catalog.pg_tablespace where spcname = $1::name"),
    ("subscription", "select from pg_catalog.pg_subscription where subname = $1::name"),
];

impl Kind {
    pub(crate) fn of(sql: &str) -> Kind {
        let mut cursor = Cursor::new(sql);
        if cursor.eat_one_of(CONTROL).is_some() {
            return Kind::Control;
        }
        if cursor.eat_one_of(&["call", "do"]).is_some() {
            return Kind::Calling;
        }
        if is_session(&cursor) {
            return Kind::Session;
        }
        if is_copy(&cursor) {
            return Kind::Copy;
        }
        alone(cursor).map_or(Kind::Ordinary, Kind::Alone)
    }
}

/// `set` and `reset`, but those that end with the transaction.
fn is_session(cursor: &Cursor<'_>) -> bool {
    let mut cursor = cursor.clone();
    match cursor.eat_one_of(&["set", "reset"]) {
        Some("set") => cursor.eat_one_of(&["local", "transaction", "constraints"]).is_none(),
        found => found.is_some(),
    }
}

fn is_copy(cursor: &Cursor<'_>) -> bool {
    let mut cursor = cursor.clone();
    if !cursor.eat("copy") {
        return false;
    }
    if !cursor.parentheses() {
        cursor.name();
        cursor.parentheses();
    }
    cursor.eat_one_of(&["from stdin", "to stdout", "from stdout", "to stdin"]).is_some()
}

/// What PostgreSQL refuses in a transaction (`PreventInTransactionBlock` in its source).
fn alone(mut cursor: Cursor<'_>) -> Option<Alone> {
    let verb = cursor.eat_one_of(&["create", "drop", "reindex", "alter", "vacuum", "cluster"])?;
    match verb {
        "create" => create_index(&mut cursor.clone()).or_else(|| shared(cursor, true)),
        "drop" => drop_index(&mut cursor.clone()).or_else(|| shared(cursor, false)),
        "reindex" => reindex(cursor),
        "alter" => alter(cursor),
        "vacuum" => Some(Alone::Again),
        // Of all tables.
        _ => {
            cursor.parentheses();
            cursor.eat("verbose");
            cursor.is_at_end().then_some(Alone::Again)
        }
    }
}

fn create_index(cursor: &mut Cursor<'_>) -> Option<Alone> {
    cursor.eat("unique");
    if !cursor.eat("index concurrently") {
        return None;
    }
    cursor.eat("if not exists");
    // `on` is reserved: no index is called that without quotes.
    let index = if cursor.eat("on") {
        None
    } else {
        let index = cursor.name();
        cursor.eat("on");
        index.as_deref().map(unquote)
    };
    cursor.eat("only");
    Some(Alone::CreateIndex { index, table: cursor.name().unwrap_or_default() })
}

/// A `create index concurrently` as a plain one, of another name on another table.
pub(crate) fn index_body(sql: &str, index: &str, table: &str) -> Option<String> {
    let mut cursor = Cursor::new(sql);
    cursor.eat("create");
    let unique = if cursor.clone().eat("unique") { "unique " } else { "" };
    create_index(&mut cursor)?;
    Some(format!("create {unique}index {index} on {table} {}", cursor.remainder()))
}

fn drop_index(cursor: &mut Cursor<'_>) -> Option<Alone> {
    if !cursor.eat("index concurrently") {
        return None;
    }
    cursor.eat("if exists");
    Some(Alone::DropIndex { index: cursor.name().unwrap_or_default() })
}

fn shared(mut cursor: Cursor<'_>, create: bool) -> Option<Alone> {
    let (_, exists) = SHARED.iter().find(|(word, _)| cursor.eat(word))?;
    cursor.eat("if exists");
    let name = cursor.name().as_deref().map(unquote).unwrap_or_default();
    Some(Alone::Shared { exists, name, create })
}

fn reindex(mut cursor: Cursor<'_>) -> Option<Alone> {
    let concurrently = cursor.has("concurrently");
    cursor.parentheses();
    let of = cursor.eat_one_of(&["index", "table", "schema", "database", "system"])?;
    if !concurrently {
        return matches!(of, "schema" | "database" | "system").then_some(Alone::Again);
    }
    cursor.eat("concurrently");
    Some(Alone::Reindex { of, name: cursor.name().unwrap_or_default() })
}

fn alter(mut cursor: Cursor<'_>) -> Option<Alone> {
    if cursor.eat("system") {
        return Some(Alone::Again);
    }
    if cursor.eat("database") {
        cursor.name();
        return cursor.eat("set tablespace").then_some(Alone::Again);
    }
    if !cursor.eat("table") {
        return None;
    }
    cursor.eat("if exists");
    cursor.eat("only");
    let table = cursor.name()?;
    cursor.eat_kind(TokenKind::Other);
    if !cursor.eat("detach partition") {
        return None;
    }
    let partition = cursor.name()?;
    cursor.eat_one_of(&["concurrently", "finalize"]).map(|_| Alone::Detach { table, partition })
}

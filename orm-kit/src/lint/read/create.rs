//! What a `create` makes.

use super::Act;
use super::column::NewColumn;
use super::constraint::NewConstraint;
use super::named::Named;
use crate::script::{Cursor, TokenKind};

/// A `create table`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewTable {
    pub(crate) name: Named,
    pub(crate) temporary: bool,
    pub(crate) if_not_exists: bool,
    pub(crate) columns: Vec<NewColumn>,
    pub(crate) constraints: Vec<NewConstraint>,
    /// The table that it is a partition of, and its bound.
    pub(crate) partition_of: Option<(Named, String)>,
    pub(crate) is_partitioned: bool,
    /// Other tables whose rows or columns it takes: nothing is known of its own then.
    pub(crate) is_like: bool,
}

/// A `create index`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewIndex {
    pub(crate) name: Option<Named>,
    pub(crate) table: Named,
    pub(crate) unique: bool,
    pub(crate) concurrently: bool,
    pub(crate) only: bool,
    pub(crate) if_not_exists: bool,
    /// Its keys, those that are columns by name.
    pub(crate) keys: Vec<Option<String>>,
    /// It is about some rows only.
    pub(crate) partial: bool,
    /// What is behind the table's name, as it is written.
    pub(crate) rest: String,
}

pub(super) fn create(mut cursor: Cursor<'_>) -> Option<Act> {
    let replace = cursor.eat("or replace");
    let temporary = cursor.eat_one_of(&["global", "local"]).is_some();
    let temporary = cursor.eat_one_of(&["temporary", "temp"]).is_some() || temporary;
    cursor.eat("unlogged");
    cursor.eat("recursive");
    let what = cursor.eat_one_of(&[
        "table",
        "unique index",
        "index",
        "view",
        "materialized view",
        "policy",
        "trigger",
        "constraint trigger",
        "type",
        "domain",
        "schema",
        "extension",
        "sequence",
        "function",
        "procedure",
    ])?;
    let concurrently = cursor.eat("concurrently");
    let if_not_exists = cursor.eat("if not exists");
    Some(match what {
        "table" => Act::CreateTable(table(cursor, temporary, if_not_exists)?),
        "index" | "unique index" => {
            let unique = what == "unique index";
            Act::CreateIndex(index(cursor, unique, concurrently, if_not_exists)?)
        }
        "view" | "materialized view" => {
            Act::CreateView { name: Named::read(&mut cursor)?, materialized: what != "view", replace }
        }
        "policy" | "trigger" | "constraint trigger" => {
            let name = Named::read(&mut cursor)?;
            cursor.skip_to("on");
            let table = Named::read(&mut cursor)?;
            if what == "policy" { Act::CreatePolicy { name, table } } else { Act::CreateTrigger { table } }
        }
        "domain" => {
            let name = Named::read(&mut cursor)?;
            Act::CreateDomain { name, checked: cursor.has("check") || cursor.has("not null") }
        }
        "type" => {
            let name = Named::read(&mut cursor)?;
            if cursor.eat("as enum") { Act::CreateEnum(name) } else { Act::CreateOther { what, name } }
        }
        _ => Act::CreateOther { what, name: Named::read(&mut cursor)? },
    })
}

fn table(mut cursor: Cursor<'_>, temporary: bool, if_not_exists: bool) -> Option<NewTable> {
    let mut table = NewTable {
        name: Named::read(&mut cursor)?,
        temporary,
        if_not_exists,
        columns: Vec::new(),
        constraints: Vec::new(),
        partition_of: None,
        is_partitioned: cursor.has("partition by"),
        is_like: cursor.has("inherits"),
    };
    let partition_of = if cursor.eat("partition of") { Named::read(&mut cursor) } else { None };
    if let Some(items) = cursor.inside() {
        elements(&mut table, items);
    } else {
        table.is_like |= cursor.skip_to("as");
    }
    table.partition_of = partition_of.map(|of| (of, cursor.remainder().to_owned()));
    Some(table)
}

fn elements(table: &mut NewTable, mut cursor: Cursor<'_>) {
    loop {
        let mut element = cursor.action();
        if element.eat("like") {
            table.is_like = true;
        } else if NewConstraint::is_next(&element) {
            table.constraints.extend(NewConstraint::read(&mut element));
        } else {
            table.columns.extend(NewColumn::read(&mut element));
        }
        if !cursor.skip_comma() {
            return;
        }
    }
}

fn index(mut cursor: Cursor<'_>, unique: bool, concurrently: bool, if_not_exists: bool) -> Option<NewIndex> {
    // `on` is reserved: no index is called that without quotes.
    let name = if cursor.clone().eat("on") { None } else { Named::read(&mut cursor) };
    cursor.eat("on");
    let only = cursor.eat("only");
    let table = Named::read(&mut cursor)?;
    let rest = cursor.remainder().to_owned();
    let mut keys = Vec::new();
    if cursor.eat("using") {
        cursor.name();
    }
    if let Some(mut inside) = cursor.inside() {
        loop {
            keys.push(key(&mut inside.action()));
            if !inside.skip_comma() {
                break;
            }
        }
    }
    let partial = cursor.skip_to("where");
    Some(NewIndex { name, table, unique, concurrently, only, if_not_exists, keys, partial, rest })
}

/// The column of a key, if it is one and no expression.
fn key(cursor: &mut Cursor<'_>) -> Option<String> {
    let name = Named::read(cursor)?;
    // A call of a function.
    (!cursor.eat_kind(TokenKind::Open)).then_some(name.name)
}

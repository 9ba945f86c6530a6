//! What an `alter table` does.

use super::column::NewColumn;
use super::constraint::NewConstraint;
use super::named::Named;
use crate::script::Cursor;

/// One of the actions of an `alter table`, which have commas between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Action {
    AddColumn(NewColumn),
    AddConstraint(NewConstraint),
    DropColumn(Named),
    DropConstraint(Named),
    Validate(Named),
    SetNotNull(Named),
    DropNotNull(Named),
    SetType {
        column: Named,
        ty: String,
        /// As it is written, if it is.
        using: Option<String>,
        collation: bool,
    },
    SetDefault(Named),
    DropDefault(Named),
    RenameColumn(Named, Named),
    RenameConstraint(Named, Named),
    Rename(Named),
    SetSchema(Named),
    Attach {
        partition: Named,
        /// `for values ..` or `default`.
        bound: String,
    },
    Detach {
        partition: Named,
        /// `concurrently` or `finalize`.
        weak: bool,
    },
    /// `enable`, `disable`, `force` or `no force`.
    RowSecurity(&'static str),
    /// What is written again: `set logged`, `set tablespace ..`.
    Storage(&'static str),
    ReplicaIdentity,
    Other,
}

/// The table, and what is done to it, behind `alter table`.
pub(super) fn actions(cursor: &mut Cursor<'_>) -> Option<(Named, Vec<Action>)> {
    cursor.eat("if exists");
    cursor.eat("only");
    let table = Named::read(cursor)?;
    cursor.eat_kind(crate::script::TokenKind::Other);
    let mut actions = Vec::new();
    loop {
        actions.push(action(&mut cursor.action()).unwrap_or(Action::Other));
        if !cursor.skip_comma() {
            return Some((table, actions));
        }
    }
}

fn action(cursor: &mut Cursor<'_>) -> Option<Action> {
    let verb = cursor.eat_one_of(&[
        "add",
        "drop",
        "alter",
        "validate constraint",
        "rename",
        "attach partition",
        "detach partition",
        "set",
        "replica identity",
        "enable row level security",
        "disable row level security",
        "force row level security",
        "no force row level security",
    ])?;
    Some(match verb {
        "add" => add(cursor)?,
        "drop" => drop_(cursor)?,
        "alter" => alter_column(cursor)?,
        "validate constraint" => Action::Validate(Named::read(cursor)?),
        "rename" => rename(cursor)?,
        "attach partition" => {
            let partition = Named::read(cursor)?;
            Action::Attach { partition, bound: cursor.remainder().to_owned() }
        }
        "detach partition" => {
            let partition = Named::read(cursor)?;
            Action::Detach { partition, weak: cursor.eat_one_of(&["concurrently", "finalize"]).is_some() }
        }
        "set" => set(cursor)?,
        "replica identity" => Action::ReplicaIdentity,
        security => Action::RowSecurity(security.strip_suffix(" row level security")?),
    })
}

fn add(cursor: &mut Cursor<'_>) -> Option<Action> {
    let is_column = cursor.eat("column");
    cursor.eat("if not exists");
    if !is_column && NewConstraint::is_next(cursor) {
        return NewConstraint::read(cursor).map(Action::AddConstraint);
    }
    NewColumn::read(cursor).map(Action::AddColumn)
}

fn drop_(cursor: &mut Cursor<'_>) -> Option<Action> {
    let is_constraint = cursor.eat("constraint");
    cursor.eat("column");
    cursor.eat("if exists");
    let name = Named::read(cursor)?;
    Some(if is_constraint { Action::DropConstraint(name) } else { Action::DropColumn(name) })
}

fn alter_column(cursor: &mut Cursor<'_>) -> Option<Action> {
    if cursor.eat("constraint") {
        return Some(Action::Other);
    }
    cursor.eat("column");
    let column = Named::read(cursor)?;
    let what = cursor.eat_one_of(&[
        "set not null",
        "drop not null",
        "set default",
        "drop default",
        "set data type",
        "type",
    ])?;
    Some(match what {
        "set not null" => Action::SetNotNull(column),
        "drop not null" => Action::DropNotNull(column),
        "set default" => Action::SetDefault(column),
        "drop default" => Action::DropDefault(column),
        _ => {
            let before = cursor.clone();
            while !cursor.is_at_end() && cursor.clone().eat_one_of(&["using", "collate"]).is_none() {
                if !cursor.parentheses() {
                    cursor.step();
                }
            }
            let ty = cursor.since(&before).to_owned();
            let collation = cursor.eat("collate");
            if collation {
                cursor.name();
            }
            let using = cursor.eat("using").then(|| cursor.remainder().to_owned());
            Action::SetType { column, ty, using, collation }
        }
    })
}

fn rename(cursor: &mut Cursor<'_>) -> Option<Action> {
    if cursor.eat("to") {
        return Named::read(cursor).map(Action::Rename);
    }
    let is_constraint = cursor.eat("constraint");
    cursor.eat("column");
    let from = Named::read(cursor)?;
    cursor.eat("to");
    let to = Named::read(cursor)?;
    Some(if is_constraint { Action::RenameConstraint(from, to) } else { Action::RenameColumn(from, to) })
}

fn set(cursor: &mut Cursor<'_>) -> Option<Action> {
    if cursor.eat("schema") {
        return Named::read(cursor).map(Action::SetSchema);
    }
    cursor.eat_one_of(&["logged", "unlogged", "tablespace", "access method"]).map(Action::Storage)
}

//! Names.

use super::super::finding::{Flaw, flaw};
use super::super::read::{Act, Action, Named};
use super::super::step::Step;
use super::{Rule, advice, danger};
use crate::script::{Cursor, unquote};
use orm_core::sql::quote_ident;

pub(super) const RULES: &[Rule] = &[
    danger("name-too-long", "a name has more bytes than PostgreSQL keeps of it", too_long),
    advice(
        "name-without-schema",
        "a name has no schema, so that whoever sets `search_path` says what it is",
        unqualified,
    ),
    advice("name-needs-quotes", "a name must be written in quotes wherever it is used", quoted),
    advice("if-not-exists", "what is there already is taken for what is wanted", if_not_exists),
];

/// As many bytes as PostgreSQL keeps.
const LONGEST: usize = 63;

fn too_long(step: &Step<'_>) -> Vec<Flaw> {
    let long: Option<String> = Cursor::new(step.sql()).words().map(unquote).find(|name| name.len() > LONGEST);
    let says = |name: String| {
        let mut end = LONGEST;
        while !name.is_char_boundary(end) {
            end -= 1;
        }
        let kept = name.get(..end).unwrap_or_default();
        let message = format!(
            "`{name}` has {} bytes: the server keeps `{kept}`, which another name may be too",
            name.len()
        );
        flaw(message, "")
    };
    long.map(says).into_iter().collect()
}

/// What the statement makes or changes.
fn objects(act: &Act) -> Vec<&Named> {
    match act {
        Act::CreateTable(table) => vec![&table.name],
        Act::CreateIndex(index) => vec![&index.table],
        Act::CreateView { name, .. }
        | Act::CreateEnum(name)
        | Act::CreateDomain { name, .. }
        | Act::CreateOther { what: "sequence" | "function" | "procedure" | "type", name }
        | Act::AlterView { name, .. }
        | Act::RenameIndex { from: name, .. }
        | Act::AddLabel { ty: name, .. }
        | Act::RenameLabel { ty: name, .. }
        | Act::AlterDomain { domain: name, .. }
        | Act::Refresh { view: name, .. }
        | Act::Insert { table: name }
        | Act::Write { table: name, .. }
        | Act::CreatePolicy { table: name, .. }
        | Act::CreateTrigger { table: name }
        | Act::AlterTable { table: name, .. } => vec![name],
        Act::Drop { what: "schema" | "database" | "owned" | "extension", .. } => Vec::new(),
        Act::Drop { on: Some(table), .. } => vec![table],
        Act::Drop { names, .. } | Act::Truncate { tables: names, .. } => names.iter().collect(),
        _ => Vec::new(),
    }
}

fn unqualified(step: &Step<'_>) -> Vec<Flaw> {
    let temporary = matches!(step.act(), Act::CreateTable(table) if table.temporary);
    let bare = objects(step.act()).into_iter().find(|name| name.schema.is_none() && !temporary);
    let says = |name: &Named| {
        let safe = step.sql().replacen(&name.written, &format!("public.{}", name.written), 1);
        flaw(
            format!("`{}` is in whichever schema `search_path` names first", name.written),
            format!("{safe};"),
        )
    };
    bare.map(says).into_iter().collect()
}

/// Names that the statement gives.
fn given(act: &Act) -> Vec<&Named> {
    match act {
        Act::CreateTable(table) => {
            std::iter::once(&table.name).chain(table.columns.iter().map(|column| &column.name)).collect()
        }
        Act::CreateIndex(index) => index.name.iter().collect(),
        Act::CreateView { name, .. } | Act::CreateEnum(name) | Act::CreateDomain { name, .. } => vec![name],
        Act::AlterTable { actions, .. } => actions
            .iter()
            .filter_map(|action| match action {
                Action::AddColumn(column) => Some(&column.name),
                Action::AddConstraint(constraint) => constraint.name.as_ref(),
                Action::Rename(to) | Action::RenameColumn(_, to) | Action::RenameConstraint(_, to) => {
                    Some(to)
                }
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn quoted(step: &Step<'_>) -> Vec<Flaw> {
    let is_plain = |name: &str| {
        let mut bytes = name.bytes();
        bytes.next().is_some_and(|byte| byte.is_ascii_lowercase() || byte == b'_')
            && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
    };
    let odd = given(step.act()).into_iter().find(|name| !is_plain(&name.name));
    let says = |name: &Named| {
        let message = format!(
            "`{}` is another name without quotes; one of lower case letters, digits and `_` needs none",
            quote_ident(&name.name)
        );
        flaw(message, "")
    };
    odd.map(says).into_iter().collect()
}

fn if_not_exists(step: &Step<'_>) -> Vec<Flaw> {
    let Act::CreateTable(table) = step.act() else { return Vec::new() };
    let message = format!(
        "if there is a `{}` already, it stays as it is, whatever it is; the journal knows whether this has run",
        table.name.written
    );
    let safe = || format!("{};", step.sql().replacen("if not exists ", "", 1));
    if table.if_not_exists { vec![flaw(message, safe())] } else { Vec::new() }
}

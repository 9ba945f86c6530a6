//! Domains.

use super::comment;
use super::words::{collate, default, qualified};
use crate::catalog::{Domain, DomainCheck, Name};
use orm_core::sql::quote_ident;

/// `create domain`.
pub fn create(ty: &Domain) -> Vec<String> {
    let Domain { name, base, not_null, default: value, collation, checks, comment } = ty;
    let name = qualified(name);
    let mut statement = format!("create domain {name} as {base}{}", collate(collation.as_ref()));
    if let Some(value) = value {
        statement += &format!(" default {}", default(value));
    }
    if *not_null {
        statement += " not null";
    }
    for check in checks {
        statement += &format!(" {}", check_words(check));
    }
    let mut statements = vec![statement];
    statements.extend(comment::create(&format!("domain {name}"), comment.as_ref()));
    statements
}

/// `drop domain`.
pub fn drop(name: &Name) -> String {
    format!("drop domain {}", qualified(name))
}

/// `alter domain .. add constraint`, without a look at the values there if `valid` is not asked for.
pub fn add_check(name: &Name, check: &DomainCheck, valid: bool) -> String {
    let not_valid = if valid { "" } else { " not valid" };
    format!("alter domain {} add {}{not_valid}", qualified(name), check_words(check))
}

/// `alter domain .. validate constraint`.
pub fn validate_check(name: &Name, check: &str) -> String {
    format!("alter domain {} validate constraint {}", qualified(name), quote_ident(check))
}

/// `alter domain .. drop constraint`.
pub fn drop_check(name: &Name, check: &str) -> String {
    format!("alter domain {} drop constraint {}", qualified(name), quote_ident(check))
}

/// `alter domain .. set default`, or `drop default`.
pub fn set_default(name: &Name, value: Option<&str>) -> String {
    let name = qualified(name);
    match value {
        Some(value) => format!("alter domain {name} set default {}", default(value)),
        None => format!("alter domain {name} drop default"),
    }
}

/// `alter domain .. set not null`, or `drop not null`.
pub fn set_not_null(name: &Name, not_null: bool) -> String {
    let verb = if not_null { "set" } else { "drop" };
    format!("alter domain {} {verb} not null", qualified(name))
}

/// What makes `to` from `from`, or `None` if it takes another type: its base or its collation differ.
pub fn alter(from: &Domain, to: &Domain) -> Option<Vec<String>> {
    let Domain { name, base, not_null, default, collation, checks, comment } = to;
    if from.base != *base || from.collation != *collation {
        return None;
    }
    let mut statements = Vec::new();
    let gone = from.checks.iter().filter(|check| !checks.contains(check));
    statements.extend(gone.map(|check| drop_check(name, &check.name)));
    if from.default != *default {
        statements.push(set_default(name, default.as_deref()));
    }
    if from.not_null != *not_null {
        statements.push(set_not_null(name, *not_null));
    }
    let new = checks.iter().filter(|check| !from.checks.contains(check));
    statements.extend(new.map(|check| add_check(name, check, true)));
    let what = format!("domain {}", qualified(name));
    statements.extend(comment::alter(&what, from.comment.as_ref(), comment.as_ref()));
    Some(statements)
}

fn check_words(check: &DomainCheck) -> String {
    let DomainCheck { name, expression } = check;
    format!("constraint {} check ({expression})", quote_ident(name))
}

//! Privileges.

use super::words::{idents, qualified, role};
use crate::catalog::{Grant, GrantTarget};
use orm_core::sql::quote_ident;

/// `grant .. on .. to ..`.
pub fn grant(grant: &Grant) -> String {
    let option = if grant.grantable { " with grant option" } else { "" };
    format!("grant {} to {}{option}", privilege_on(grant), role(&grant.to))
}

/// `revoke .. on .. from ..`.
pub fn revoke(grant: &Grant) -> String {
    format!("revoke {} from {}", privilege_on(grant), role(&grant.to))
}

/// `revoke grant option for .. on .. from ..`: he keeps the privilege.
pub fn revoke_option(grant: &Grant) -> String {
    format!("revoke grant option for {} from {}", privilege_on(grant), role(&grant.to))
}

/// What makes `to` from `from`: whether he may pass it on.
pub fn alter(from: &Grant, to: &Grant) -> Vec<String> {
    match (from.grantable, to.grantable) {
        (false, true) => vec![grant(to)],
        (true, false) => vec![revoke_option(from)],
        _ => Vec::new(),
    }
}

fn privilege_on(grant: &Grant) -> String {
    let Grant { on, privilege, columns, to: _, grantable: _ } = grant;
    let columns = if columns.is_empty() { String::new() } else { format!(" ({})", idents(columns)) };
    let on = match on {
        GrantTarget::Schema(name) => format!("schema {}", quote_ident(name)),
        GrantTarget::Table(name) => format!("table {}", qualified(name)),
        GrantTarget::Sequence(name) => format!("sequence {}", qualified(name)),
        GrantTarget::Routine(name, arguments) => format!("routine {}({arguments})", qualified(name)),
        GrantTarget::Type(name) => format!("type {}", qualified(name)),
    };
    format!("{privilege}{columns} on {on}")
}

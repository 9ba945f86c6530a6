//! Roles, and which roles they are in.

use crate::catalog::Role;
use orm_core::sql::quote_ident;

/// `create role`, and a `grant` for each role that it is in.
pub fn create(role: &Role) -> Vec<String> {
    let Role { name, login: _, inherit: _, create_db: _, create_role: _, bypass_rls: _, member_of } = role;
    // What PostgreSQL takes a new role for.
    let words: String = attributes(role)
        .into_iter()
        .filter(|(word, yes)| *yes != (*word == "inherit"))
        .map(|attribute| format!(" {}", attribute_word(attribute)))
        .collect();
    let mut statements = vec![format!("create role {}{words}", quote_ident(name))];
    statements.extend(member_of.iter().map(|group| grant_membership(group, name)));
    statements
}

/// `drop role`; it fails if the role owns something or has rights in any database.
pub fn drop(name: &str) -> String {
    format!("drop role {}", quote_ident(name))
}

/// What makes `to` from `from`.
pub fn alter(from: &Role, to: &Role) -> Vec<String> {
    let words: String = attributes(from)
        .into_iter()
        .zip(attributes(to))
        .filter(|(from, to)| from != to)
        .map(|(_, to)| format!(" {}", attribute_word(to)))
        .collect();
    let mut statements = Vec::new();
    if !words.is_empty() {
        statements.push(format!("alter role {}{words}", quote_ident(&to.name)));
    }
    let gone = from.member_of.iter().filter(|group| !to.member_of.contains(group));
    statements.extend(gone.map(|group| revoke_membership(group, &to.name)));
    let new = to.member_of.iter().filter(|group| !from.member_of.contains(group));
    statements.extend(new.map(|group| grant_membership(group, &to.name)));
    statements
}

/// `grant "group" to "member"`.
pub fn grant_membership(group: &str, member: &str) -> String {
    format!("grant {} to {}", quote_ident(group), quote_ident(member))
}

/// `revoke "group" from "member"`.
pub fn revoke_membership(group: &str, member: &str) -> String {
    format!("revoke {} from {}", quote_ident(group), quote_ident(member))
}

fn attributes(role: &Role) -> [(&'static str, bool); 5] {
    let Role { name: _, login, inherit, create_db, create_role, bypass_rls, member_of: _ } = role;
    [
        ("login", *login),
        ("inherit", *inherit),
        ("createdb", *create_db),
        ("createrole", *create_role),
        ("bypassrls", *bypass_rls),
    ]
}

fn attribute_word((word, yes): (&'static str, bool)) -> String {
    if yes { word.to_owned() } else { format!("no{word}") }
}

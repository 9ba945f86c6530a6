//! Policies, and whether a table's count.

use super::comment;
use super::words::{qualified, roles};
use crate::catalog::{Name, Policy, PolicyCommand, RowSecurity};
use orm_core::sql::quote_ident;

/// `create policy`.
pub fn create(table: &Name, policy: &Policy) -> Vec<String> {
    let Policy { name, permissive, command, to, using, with_check, comment } = policy;
    let mut statement = format!("create policy {} on {}", quote_ident(name), qualified(table));
    if !permissive {
        statement += " as restrictive";
    }
    statement += match command {
        PolicyCommand::All => "",
        PolicyCommand::Select => " for select",
        PolicyCommand::Insert => " for insert",
        PolicyCommand::Update => " for update",
        PolicyCommand::Delete => " for delete",
    };
    if !is_everyone(to) {
        statement += &format!(" to {}", roles(to));
    }
    statement += &conditions(using.as_deref(), with_check.as_deref());
    let mut statements = vec![statement];
    statements.extend(comment::create(&comment::part("policy", table, name), comment.as_ref()));
    statements
}

/// `drop policy`.
pub fn drop(table: &Name, name: &str) -> String {
    format!("drop policy {} on {}", quote_ident(name), qualified(table))
}

/// What makes `to` from `from`: another policy, if it takes what `alter policy` cannot do.
pub fn alter(table: &Name, from: &Policy, to: &Policy) -> Vec<String> {
    let Policy { name, permissive, command, to: whom, using, with_check, comment } = to;
    let another = from.permissive != *permissive
        || from.command != *command
        || (from.using.is_some() && using.is_none())
        || (from.with_check.is_some() && with_check.is_none());
    if another {
        let mut statements = vec![drop(table, &from.name)];
        statements.extend(create(table, to));
        return statements;
    }
    let mut words = String::new();
    if from.to != *whom {
        let whom = if whom.is_empty() { "public".to_owned() } else { roles(whom) };
        words += &format!(" to {whom}");
    }
    words += &conditions(
        using.as_deref().filter(|_| from.using != *using),
        with_check.as_deref().filter(|_| from.with_check != *with_check),
    );
    let mut statements = Vec::new();
    if !words.is_empty() {
        statements.push(format!("alter policy {} on {}{words}", quote_ident(name), qualified(table)));
    }
    let what = comment::part("policy", table, name);
    statements.extend(comment::alter(&what, from.comment.as_ref(), comment.as_ref()));
    statements
}

/// `alter table .. enable row level security` and its kin: what makes `to` from `from`.
///
/// ```
/// use orm_kit::{catalog::{Name, RowSecurity}, ddl::policy};
///
/// let notes = Name::new("public", "notes");
/// assert_eq!(
///     policy::set_row_security(&notes, RowSecurity::Disabled, RowSecurity::Forced),
///     [
///         r#"alter table "public"."notes" enable row level security"#,
///         r#"alter table "public"."notes" force row level security"#,
///     ],
/// );
/// ```
pub fn set_row_security(table: &Name, from: RowSecurity, to: RowSecurity) -> Vec<String> {
    use RowSecurity::{Disabled, Forced};
    let table = qualified(table);
    let mut words = Vec::new();
    if (from == Disabled) != (to == Disabled) {
        words.push(if to == Disabled { "disable" } else { "enable" });
    }
    if (from == Forced) != (to == Forced) {
        words.push(if to == Forced { "force" } else { "no force" });
    }
    words.into_iter().map(|word| format!("alter table {table} {word} row level security")).collect()
}

fn is_everyone(to: &[String]) -> bool {
    to.iter().all(|role| role == "public")
}

fn conditions(using: Option<&str>, with_check: Option<&str>) -> String {
    let using = using.map(|condition| format!(" using ({condition})")).unwrap_or_default();
    let check = with_check.map(|condition| format!(" with check ({condition})")).unwrap_or_default();
    using + &check
}

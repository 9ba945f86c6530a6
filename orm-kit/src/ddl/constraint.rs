//! Constraints of tables.

use super::comment;
use super::words::{idents, join, optional, qualified};
use crate::catalog::{
    Action, Check, Constraint, Exclusion, ExclusionElement, ForeignKey, Match, Name, Nulls, PrimaryKey,
    Timing, Unique,
};
use orm_core::sql::quote_ident;

/// `alter table .. add constraint`, and its comment; `not valid` if it is not validated.
///
/// ```
/// use orm_kit::{catalog::{Check, Constraint, Name}, ddl::constraint::add};
///
/// let check = Check {
///     name: "age_check".to_owned(),
///     expression: "age > 0".to_owned(),
///     no_inherit: false,
///     validated: false,
///     comment: None,
/// };
/// assert_eq!(
///     add(&Name::new("public", "workers"), &Constraint::Check(check)),
///     [r#"alter table "public"."workers" add constraint "age_check" check (age > 0) not valid"#],
/// );
/// ```
pub fn add(table: &Name, constraint: &Constraint) -> Vec<String> {
    let not_valid = if is_validated(constraint) { "" } else { " not valid" };
    let mut statements =
        vec![format!("alter table {} add {}{not_valid}", qualified(table), definition(constraint))];
    statements.extend(create_comment(table, constraint));
    statements
}

/// The constraint, to be validated later: `add` of one that is not validated. Keys and exclusions have no such state.
pub fn add_not_valid(table: &Name, constraint: &Constraint) -> Vec<String> {
    let mut constraint = constraint.clone();
    match &mut constraint {
        Constraint::ForeignKey(key) => key.validated = false,
        Constraint::Check(check) => check.validated = false,
        Constraint::PrimaryKey(_) | Constraint::Unique(_) | Constraint::Exclusion(_) => {}
    }
    add(table, &constraint)
}

/// `alter table .. add constraint .. unique using index`, or of a primary key: the index takes the constraint's name.
/// `None` for what has no index of this sort.
pub fn add_using_index(table: &Name, constraint: &Constraint, index: &str) -> Option<Vec<String>> {
    let (kind, timing) = match constraint {
        Constraint::PrimaryKey(key) => ("primary key", key.timing),
        Constraint::Unique(key) => ("unique", key.timing),
        Constraint::ForeignKey(_) | Constraint::Check(_) | Constraint::Exclusion(_) => return None,
    };
    let mut statements = vec![format!(
        "alter table {} add constraint {} {kind} using index {}{}",
        qualified(table),
        quote_ident(constraint.name()),
        quote_ident(index),
        timing_words(timing),
    )];
    statements.extend(create_comment(table, constraint));
    Some(statements)
}

/// `alter table .. validate constraint`.
pub fn validate(table: &Name, name: &str) -> String {
    format!("alter table {} validate constraint {}", qualified(table), quote_ident(name))
}

/// `alter table .. drop constraint`.
pub fn drop(table: &Name, name: &str) -> String {
    format!("alter table {} drop constraint {}", qualified(table), quote_ident(name))
}

/// `comment on constraint`.
pub fn set_comment(table: &Name, name: &str, comment: Option<&str>) -> String {
    comment::comment_on(&comment::part("constraint", table, name), comment)
}

/// `alter table .. alter constraint`: when a foreign key is checked.
pub fn set_timing(table: &Name, name: &str, timing: Timing) -> String {
    let words = match timing {
        Timing::NotDeferrable => " not deferrable",
        other => timing_words(other),
    };
    format!("alter table {} alter constraint {}{words}", qualified(table), quote_ident(name))
}

/// What makes `to` from `from`: another constraint, if they are not [alterable](is_alterable).
pub fn alter(table: &Name, from: &Constraint, to: &Constraint) -> Vec<String> {
    let mut statements = Vec::new();
    if !is_alterable(from, to) {
        statements.push(drop(table, from.name()));
        statements.extend(add(table, to));
        return statements;
    }
    if let (Constraint::ForeignKey(from), Constraint::ForeignKey(to)) = (from, to)
        && from.timing != to.timing
    {
        statements.push(set_timing(table, &to.name, to.timing));
    }
    if !is_validated(from) && is_validated(to) {
        statements.push(validate(table, to.name()));
    }
    let what = comment::part("constraint", table, to.name());
    statements.extend(comment::alter(&what, comment_of(from), comment_of(to)));
    statements
}

/// Whether no more differs than the comment, that it is validated now, or when a foreign key is checked.
pub fn is_alterable(from: &Constraint, to: &Constraint) -> bool {
    let mut like = from.clone();
    match (&mut like, to) {
        (Constraint::PrimaryKey(from), Constraint::PrimaryKey(to)) => from.comment.clone_from(&to.comment),
        (Constraint::Unique(from), Constraint::Unique(to)) => from.comment.clone_from(&to.comment),
        (Constraint::Exclusion(from), Constraint::Exclusion(to)) => from.comment.clone_from(&to.comment),
        (Constraint::ForeignKey(from), Constraint::ForeignKey(to)) => {
            from.comment.clone_from(&to.comment);
            from.timing = to.timing;
            from.validated |= to.validated;
        }
        (Constraint::Check(from), Constraint::Check(to)) => {
            from.comment.clone_from(&to.comment);
            from.validated |= to.validated;
        }
        _ => {}
    }
    like == *to
}

/// `constraint "workers_pkey" primary key ("id")`, without `not valid`.
pub(super) fn definition(constraint: &Constraint) -> String {
    let words = match constraint {
        Constraint::PrimaryKey(key) => {
            let PrimaryKey { name: _, columns, include, timing, comment: _ } = key;
            format!("primary key ({}){}{}", idents(columns), include_words(include), timing_words(*timing))
        }
        Constraint::Unique(key) => {
            let Unique { name: _, columns, include, nulls_not_distinct, timing, comment: _ } = key;
            let nulls = if *nulls_not_distinct { " nulls not distinct" } else { "" };
            let include = include_words(include);
            format!("unique{nulls} ({}){include}{}", idents(columns), timing_words(*timing))
        }
        Constraint::ForeignKey(key) => foreign_key(key),
        Constraint::Check(check) => {
            let Check { name: _, expression, no_inherit, validated: _, comment: _ } = check;
            let no_inherit = if *no_inherit { " no inherit" } else { "" };
            format!("check ({expression}){no_inherit}")
        }
        Constraint::Exclusion(exclusion) => {
            let Exclusion { name: _, method, elements, predicate, timing, comment: _ } = exclusion;
            let elements = join(elements.iter().map(element));
            let predicate = optional(predicate.as_ref().map(|predicate| format!("where ({predicate})")));
            let method = quote_ident(method);
            format!("exclude using {method} ({elements}){predicate}{}", timing_words(*timing))
        }
    };
    format!("constraint {} {words}", quote_ident(constraint.name()))
}

/// Whether `add` may leave the rows there unchecked.
pub(super) fn is_validated(constraint: &Constraint) -> bool {
    match constraint {
        Constraint::ForeignKey(key) => key.validated,
        Constraint::Check(check) => check.validated,
        Constraint::PrimaryKey(_) | Constraint::Unique(_) | Constraint::Exclusion(_) => true,
    }
}

pub(super) fn create_comment(table: &Name, constraint: &Constraint) -> Option<String> {
    comment::create(&comment::part("constraint", table, constraint.name()), comment_of(constraint))
}

/// ` include ("email")`, or nothing.
pub(super) fn include_words(columns: &[String]) -> String {
    if columns.is_empty() { String::new() } else { format!(" include ({})", idents(columns)) }
}

pub(super) fn nulls_words(nulls: Option<Nulls>) -> &'static str {
    match nulls {
        Some(Nulls::First) => " nulls first",
        Some(Nulls::Last) => " nulls last",
        None => "",
    }
}

fn comment_of(constraint: &Constraint) -> Option<&String> {
    match constraint {
        Constraint::PrimaryKey(key) => key.comment.as_ref(),
        Constraint::Unique(key) => key.comment.as_ref(),
        Constraint::ForeignKey(key) => key.comment.as_ref(),
        Constraint::Check(check) => check.comment.as_ref(),
        Constraint::Exclusion(exclusion) => exclusion.comment.as_ref(),
    }
}

fn timing_words(timing: Timing) -> &'static str {
    match timing {
        Timing::NotDeferrable => "",
        Timing::Immediate => " deferrable",
        Timing::Deferred => " deferrable initially deferred",
    }
}

fn foreign_key(key: &ForeignKey) -> String {
    let ForeignKey {
        name: _,
        columns,
        table,
        targets,
        on_delete,
        on_update,
        matching,
        timing,
        validated: _,
        comment: _,
    } = key;
    let mut words =
        format!("foreign key ({}) references {} ({})", idents(columns), qualified(table), idents(targets));
    if *matching == Match::Full {
        words += " match full";
    }
    if *on_delete != Action::NoAction {
        words += &format!(" on delete {}", action_words(*on_delete));
    }
    if *on_update != Action::NoAction {
        words += &format!(" on update {}", action_words(*on_update));
    }
    words + timing_words(*timing)
}

fn action_words(action: Action) -> &'static str {
    match action {
        Action::NoAction => "no action",
        Action::Restrict => "restrict",
        Action::Cascade => "cascade",
        Action::SetNull => "set null",
        Action::SetDefault => "set default",
    }
}

fn element(element: &ExclusionElement) -> String {
    let ExclusionElement { key, opclass, nulls, operator } = element;
    format!("{key}{}{} with {operator}", optional(opclass.as_ref()), nulls_words(*nulls))
}

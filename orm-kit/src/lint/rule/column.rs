//! Columns that come, go or change their names.

use super::super::finding::{BUILD, Flaw, READ, REWRITE, WORK, flaw, locked};
use super::super::read::{Act, Action, Is, Named, NewColumn};
use super::super::step::{Step, batches, made, proved_behind};
use super::constraint::proved_not_null;
use super::{Rule, blocking, danger, failing, losing};
use crate::catalog::DomainCheck;
use crate::planner;
use crate::script::Cursor;

pub(super) const RULES: &[Rule] = &[
    blocking("column-with-volatile-default", "a new column's default has a value for each row", volatile),
    failing(
        "column-not-null-without-default",
        "a new column has no value for the rows there are",
        no_default,
    ),
    blocking(
        "column-with-check",
        "a new column's check reads all rows while nobody can read the table",
        check,
    ),
    blocking("column-with-reference", "a new column's foreign key locks both tables at once", reference),
    blocking(
        "column-with-unique",
        "a new column's key builds its index while nobody can read the table",
        unique,
    ),
    blocking(
        "column-numbered",
        "a new column numbers the rows there are, which writes the table again",
        numbered,
    ),
    blocking(
        "column-generated",
        "a new column is computed for all rows, which writes the table again",
        generated,
    ),
    blocking("column-of-checked-domain", "a new column's domain is checked for all rows there are", checked),
    losing("column-dropped", "a column goes while code that runs may use it", dropped),
    danger(
        "column-renamed",
        "a column has another name at once, and code that runs knows the old one",
        renamed,
    ),
];

/// What a rule says of each new column of a table that somebody may be using.
fn added(step: &Step<'_>, says: impl Fn(&Named, &NewColumn) -> Option<Flaw>) -> Vec<Flaw> {
    step.actions(|table, action| match action {
        Action::AddColumn(column) => says(table, column),
        _ => None,
    })
}

fn is_default(is: &Is) -> bool {
    matches!(is, Is::Default(_))
}

/// Fills a column in batches, behind what adds it.
fn fill(step: &Step<'_>, table: &Named, column: &NewColumn, value: &str) -> String {
    let (on, name) = (&table.written, &column.name.written);
    format!("{}\nupdate {on} set {name} = {value} where ({name} is null);", batches(step, table))
}

fn volatile(step: &Step<'_>) -> Vec<Flaw> {
    added(step, |table, column| {
        let default = column.default().filter(|default| planner::is_volatile(default))?;
        let bare = column.with(|is| !is_default(is) && *is != Is::NotNull);
        let (name, on) = (&column.name.written, &table.written);
        let mut safe = format!(
            "alter table {on} add column {bare};\nalter table {on} alter column {name} set default {default};\n{}",
            fill(step, table, column, default)
        );
        if column.has(&Is::NotNull) {
            safe += &format!("\n-- mizzle: transaction\n{}", proved_not_null(table, &column.name));
        }
        let message = format!(
            "`{default}` may be another value for each row: nobody can read or write `{on}` while all are written again"
        );
        Some(locked(message, REWRITE, safe))
    })
}

fn no_default(step: &Step<'_>) -> Vec<Flaw> {
    added(step, |table, column| {
        let has_value = column.default().is_some_and(|default| !default.eq_ignore_ascii_case("null"))
            || column.is_numbered()
            || column.clauses.iter().any(|clause| matches!(clause.is, Is::Stored(_)));
        let is_not_null = column.has(&Is::NotNull) || column.has(&Is::PrimaryKey);
        if !is_not_null || has_value {
            return None;
        }
        let bare = column.with(|is| *is != Is::NotNull && !is_default(is));
        let (on, name) = (&table.written, &column.name.name);
        let safe = format!(
            "alter table {on} add column {bare};\n{}\n-- mizzle: transaction\n{}",
            fill(step, table, column, ".."),
            proved_not_null(table, &column.name)
        );
        let message = format!(
            "the rows of `{on}` would have NULL in `{name}`, so that it fails if there are any; code that runs inserts \
             none either: give it a default, or fill it first"
        );
        Some(flaw(message, safe))
    })
}

fn check(step: &Step<'_>) -> Vec<Flaw> {
    added(step, |table, column| {
        let condition = column.clauses.iter().find_map(|clause| match &clause.is {
            Is::Check(condition) => Some(condition),
            _ => None,
        })?;
        let bare = column.with(|is| !matches!(is, Is::Check(_)));
        let name = made(table, &column.name.name, "check");
        let safe = format!(
            "alter table {} add column {bare};\n{}",
            table.written,
            proved_behind(table, &name, &format!("check {condition}"))
        );
        let message = format!(
            "nobody can read or write `{}` while all rows are checked, new as the column is",
            table.written
        );
        Some(locked(message, READ, safe))
    })
}

fn reference(step: &Step<'_>) -> Vec<Flaw> {
    added(step, |table, column| {
        let (target, text) = column.clauses.iter().find_map(|clause| match &clause.is {
            Is::References(target, text) => Some((target, text)),
            _ => None,
        })?;
        let bare = column.with(|is| !matches!(is, Is::References(..)));
        let name = made(table, &column.name.name, "fkey");
        let key = format!("foreign key ({}) {text}", column.name.written);
        let safe = format!(
            "alter table {} add column {bare};\n-- mizzle: transaction\n{}",
            table.written,
            proved_behind(table, &name, &key)
        );
        let message = format!(
            "nobody can read or write `{}` until `{}`, which is locked with it, can be had too",
            table.written, target.written
        );
        Some(locked(message, WORK, safe))
    })
}

fn unique(step: &Step<'_>) -> Vec<Flaw> {
    added(step, |table, column| {
        let is_primary = column.has(&Is::PrimaryKey);
        if !is_primary && !column.has(&Is::Unique) {
            return None;
        }
        let bare = column.with(|is| !matches!(is, Is::Unique | Is::PrimaryKey));
        let (kind, suffix) = if is_primary { ("primary key", "pkey") } else { ("unique", "key") };
        let base = if is_primary { "" } else { column.name.name.as_str() };
        let (name, on) = (made(table, base, suffix), &table.written);
        let proof = if is_primary { proved_not_null(table, &column.name) + "\n" } else { String::new() };
        let safe = format!(
            "alter table {on} add column {bare};\n{proof}-- mizzle: no transaction\n\
             create unique index concurrently {name} on {on} ({});\n-- mizzle: transaction\n\
             alter table {on} add constraint {name} {kind} using index {name};",
            column.name.written
        );
        let message = format!("nobody can read or write `{on}` while the index of the key is built");
        Some(locked(message, BUILD, safe))
    })
}

fn numbered(step: &Step<'_>) -> Vec<Flaw> {
    added(step, |table, column| {
        if !column.is_numbered() {
            return None;
        }
        let (on, name) = (&table.written, &column.name.written);
        let sequence = table.beside(&made(table, &column.name.name, "fill"));
        let literal = orm_core::sql::quote_literal(&sequence);
        let bare = column.with(|is| !matches!(is, Is::Identity | Is::NotNull | Is::PrimaryKey | Is::Unique));
        let next = format!("nextval({literal})");
        let safe = format!(
            "create sequence {sequence};\nalter table {on} add column {bare};\n\
             alter table {on} alter column {name} set default {next};\n{}\n-- mizzle: transaction\n{}\n\
             alter table {on} alter column {name} drop default;\n\
             alter table {on} alter column {name} add generated by default as identity;\n\
             select setval(pg_get_serial_sequence({}, {}), {next}, false);\n\
             drop sequence {sequence};",
            fill(step, table, column, &next),
            proved_not_null(table, &column.name),
            orm_core::sql::quote_literal(on),
            orm_core::sql::quote_literal(&column.name.name),
        );
        let message =
            format!("nobody can read or write `{on}` while all rows are numbered and written again");
        Some(locked(message, REWRITE, safe))
    })
}

fn generated(step: &Step<'_>) -> Vec<Flaw> {
    added(step, |table, column| {
        let expression = column.clauses.iter().find_map(|clause| match &clause.is {
            Is::Stored(expression) => Some(expression),
            _ => None,
        })?;
        let bare = column.with(|is| !matches!(is, Is::Stored(_) | Is::NotNull));
        let safe = format!(
            "alter table {} add column {bare};\n-- a trigger before insert or update that sets it, and then\n{}",
            table.written,
            fill(step, table, column, expression)
        );
        let message =
            format!("nobody can read or write `{}` while the column is computed for all rows", table.written);
        Some(locked(message, REWRITE, safe))
    })
}

fn checked(step: &Step<'_>) -> Vec<Flaw> {
    added(step, |table, column| {
        let domain = step.known.domain(&column.ty)?;
        if domain.checks.is_empty() && !domain.not_null {
            return None;
        }
        let base = if domain.base.is_empty() { ".." } else { &domain.base };
        let name = made(table, &column.name.name, "check");
        let of_column = |check: &DomainCheck| {
            format!("({})", Cursor::new(&check.expression).replaced("value", &column.name.written))
        };
        let conditions: Vec<_> = domain.checks.iter().map(of_column).collect();
        let condition = if conditions.is_empty() { "(..)".to_owned() } else { conditions.join(" and ") };
        let safe = format!(
            "alter table {} add column {} {base};\n{}",
            table.written,
            column.name.written,
            proved_behind(table, &name, &format!("check ({condition})"))
        );
        let message = format!(
            "`{}` refuses some values, so that all rows of `{}` are written again, NULL as they are",
            column.ty, table.written
        );
        Some(locked(message, REWRITE, safe))
    })
}

fn dropped(step: &Step<'_>) -> Vec<Flaw> {
    if step.contract {
        return Vec::new();
    }
    step.actions(|table, action| {
        let Action::DropColumn(column) = action else { return None };
        let is_own = step.earlier().any(|read| match &read.act {
            Act::AlterTable { table: other, actions } if other.full() == table.full() => actions
                .iter()
                .any(|action| matches!(action, Action::AddColumn(new) if new.name.name == column.name)),
            _ => false,
        });
        // A computed column that is made anew has lost nothing.
        let is_again = step.behind().any(|read| match &read.act {
            Act::AlterTable { table: other, actions } if other.full() == table.full() => {
                actions.iter().any(|action| match action {
                    Action::AddColumn(new) => {
                        let is_computed = new.clauses.iter().any(|clause| matches!(clause.is, Is::Stored(_)));
                        new.name.name == column.name && is_computed
                    }
                    _ => false,
                })
            }
            _ => false,
        });
        if is_own || is_again {
            return None;
        }
        let (on, name) = (&table.written, &column.written);
        let message =
            format!("code that runs and names `{}` fails from now on, and its values are gone", column.name);
        let mut safe = String::new();
        if step.known.column(table, &column.name).is_some_and(|it| !it.nullable && it.default.is_none()) {
            safe = format!(
                "alter table {on} alter column {name} drop not null;\n-- and in a migration of its own:\n"
            );
        }
        safe += &format!("-- mizzle: contract\nalter table {on} drop column {name};");
        Some(flaw(message, safe))
    })
}

fn renamed(step: &Step<'_>) -> Vec<Flaw> {
    if step.contract {
        return Vec::new();
    }
    step.actions(|table, action| {
        let Action::RenameColumn(from, to) = action else { return None };
        let message = format!(
            "code that runs and names `{}` fails from now on; the struct can have the new name alone \
             (`#[orm(name = \"{}\")]`), or `mizzle generate` writes both columns until old code is gone \
             (`#[orm(renamed_from = \"{}\")]`)",
            from.name, from.name, from.name
        );
        let ty = step.known.column(table, &from.name).map_or("..", |column| &column.ty);
        let safe = format!(
            "alter table {on} add column {to} {ty};\n-- a trigger that writes both, then\n\
             {batches}\nupdate {on} set {to} = {from} where ({to} is null and {from} is not null);\n\
             -- and in a migration of its own:\n-- mizzle: contract\nalter table {on} drop column {from};",
            batches = batches(step, table),
            on = table.written,
            to = to.written,
            from = from.written,
        );
        Some(flaw(message, safe))
    })
}

//! Columns of another type.

use super::super::finding::{Flaw, READ, REWRITE, flaw, locked};
use super::super::read::{Action, Named};
use super::super::step::{Step, batches};
use super::{Rule, blocking, failing};
use crate::catalog::{Catalog, Column, Name, Table, type_name};
use crate::depend::Mentions;
use crate::planner::{Cost, cost};
use crate::script::{Cursor, Lock, LockLevel};
use orm_core::sql::quote_ident;

pub(super) const RULES: &[Rule] = &[
    blocking("type-rewrites-table", "a column's new type writes the whole table again", rewrites),
    blocking(
        "type-by-time-zone",
        "a time's new type writes the whole table again unless the session is in UTC",
        by_time_zone,
    ),
    blocking(
        "type-with-dependents",
        "a column's new type costs nothing, but what mentions the column is checked or built again",
        dependents,
    ),
    failing(
        "type-of-used-column",
        "a column's type cannot change while a view, policy, generated column or trigger uses it",
        used,
    ),
];

/// A change of a column's type.
struct Retype<'a> {
    table: &'a Named,
    column: &'a Named,
    ty: &'a str,
    using: Option<&'a str>,
    /// The table and the column as they were, if they are known.
    was: Option<(&'a Table, &'a Column)>,
    cost: Cost,
}

fn each(step: &Step<'_>, says: impl Fn(&Retype<'_>) -> Option<Flaw>) -> Vec<Flaw> {
    step.actions(|table, action| {
        let Action::SetType { column, ty, using, collation } = action else { return None };
        let found = step.known.table(table);
        let was = found.and_then(|found| Some((found, found.column(&column.name)?)));
        // What is computed of the values is computed for each of them; a cast alone may be none.
        let computed = using.as_ref().is_some_and(|using| !is_cast(using, column));
        let cost = match was {
            _ if computed => Cost::Rewrite,
            Some((_, old)) => costs(&step.known.catalog, old, ty, *collation),
            None => Cost::Rewrite,
        };
        let flaw = says(&Retype { table, column, ty, using: using.as_deref(), was, cost })?;
        let more = linked(step, table, &column.name);
        if flaw.lasts.is_empty() || more.is_empty() {
            return Some(flaw);
        }
        let own = step.locks();
        Some(flaw.holding(own.into_iter().chain(more).collect()))
    })
}

/// Foreign keys are made anew with their columns, which locks the tables at both ends.
fn linked(step: &Step<'_>, table: &Named, column: &str) -> Vec<Lock> {
    let name = table.full();
    let mut ends: Vec<&Name> = Vec::new();
    for other in &step.known.catalog.tables {
        for key in &other.foreign_keys {
            let own = other.name == name && key.columns.iter().any(|it| it == column);
            let target = key.table == name && key.targets.iter().any(|it| it == column);
            ends.extend(own.then_some(&key.table));
            ends.extend(target.then_some(&other.name));
        }
    }
    ends.retain(|end| **end != name);
    ends.sort();
    ends.dedup();
    let written = |end: &Name| format!("{}.{}", quote_ident(&end.schema), quote_ident(&end.name));
    ends.into_iter().map(|end| Lock { level: LockLevel::AccessExclusive, table: written(end) }).collect()
}

fn costs(catalog: &Catalog, old: &Column, ty: &str, collation: bool) -> Cost {
    let old = Column { ty: type_name(&old.ty, "public"), ..old.clone() };
    let new = Column { ty: type_name(ty, "public"), ..old.clone() };
    match cost(catalog, &old, &new) {
        Cost::Free if collation => Cost::Reindex,
        cost => cost,
    }
}

/// The column itself, or cast to its new type.
fn is_cast(using: &str, column: &Named) -> bool {
    let mut cursor = Cursor::new(using);
    let name = Named::read(&mut cursor);
    let behind = cursor.remainder();
    name.is_some_and(|name| name.name == column.name) && (behind.is_empty() || behind.starts_with("::"))
}

fn rewrites(step: &Step<'_>) -> Vec<Flaw> {
    each(step, |it| {
        if it.cost != Cost::Rewrite {
            return None;
        }
        let (on, name) = (&it.table.written, &it.column.name);
        let from = it
            .was
            .map_or_else(|| "a type that no snapshot names".to_owned(), |(_, old)| format!("`{}`", old.ty));
        let message = format!(
            "from {from} to `{}`, `{name}` is written again in every row: nobody can read or write `{on}` meanwhile",
            it.ty
        );
        let new = quote_ident(&format!("{name}_new"));
        let old = &it.column.written;
        let value = it.using.map_or_else(|| format!("{old}::{}", it.ty), str::to_owned);
        let safe = format!(
            "alter table {on} add column {new} {};\n-- a trigger that writes both, then\n\
             {}\n\
             update {on} set {new} = {value} where ({new} is null and {old} is not null);\n\
             -- and in a migration of its own:\n-- mizzle: contract\n\
             alter table {on} drop column {old};\nalter table {on} rename column {new} to {old};",
            it.ty,
            batches(step, it.table),
        );
        Some(locked(message, REWRITE, safe))
    })
}

fn by_time_zone(step: &Step<'_>) -> Vec<Flaw> {
    each(step, |it| {
        if it.cost != Cost::FreeInUtc || step.known.is_utc {
            return None;
        }
        let message = format!(
            "`{}` is written again in every row, unless the session is in UTC, in which the values are then taken to be: \
             nobody can read or write `{}` meanwhile",
            it.column.name, it.table.written
        );
        Some(locked(message, REWRITE, format!("set local timezone = 'UTC';\n{};", step.sql())))
    })
}

fn dependents(step: &Step<'_>) -> Vec<Flaw> {
    each(step, |it| {
        let (table, _) = it.was.filter(|_| it.cost != Cost::Rewrite)?;
        let name = &it.column.name;
        let mentions = |text: &str| Mentions::of(text).column(name);
        let on = &it.table.written;
        if let Some(check) = table.checks.iter().find(|check| mentions(&check.expression)) {
            let named = quote_ident(&check.name);
            let message = format!(
                "the check `{}` mentions `{name}`: nobody can read or write `{on}` while it reads all rows",
                check.name
            );
            let safe = format!(
                "alter table {on} drop constraint {named};\n{};\n\
                 alter table {on} add constraint {named} check ({}) not valid;\n-- mizzle: transaction\n\
                 alter table {on} validate constraint {named};",
                step.sql(),
                check.expression
            );
            return Some(locked(message, READ, safe));
        }
        let reindex = it.cost == Cost::Reindex;
        let rebuilt = table.indexes.iter().find(|index| {
            let key = |key: &crate::catalog::IndexKey| {
                key.expression.as_deref().is_some_and(mentions)
                    || (reindex && key.column.as_deref() == Some(name.as_str()))
            };
            index.predicate.as_deref().is_some_and(mentions) || index.keys.iter().any(key)
        })?;
        let message =
            format!("the index `{}` is built again: nobody can read or write `{on}` meanwhile", rebuilt.name);
        let index = it.table.beside(&quote_ident(&rebuilt.name));
        let create = crate::ddl::index::create_concurrently(&it.table.full(), rebuilt).join(";\n");
        let safe = format!(
            "-- mizzle: no transaction\n-- mizzle: allow index-gap: it would be built again\ndrop index concurrently {index};\n-- mizzle: transaction\n{};\n\
             -- mizzle: no transaction\n{create};",
            step.sql()
        );
        Some(locked(message, READ, safe))
    })
}

fn used(step: &Step<'_>) -> Vec<Flaw> {
    each(step, |it| {
        let (table, _) = it.was?;
        let name = &it.column.name;
        let mentions = |text: &str| Mentions::of(text).column(name);
        let catalog = &step.known.catalog;
        let of_view = catalog.views.iter().find(|view| {
            let mentioned = Mentions::of(&view.query);
            mentioned.object(&table.name) && (mentioned.column(name) || mentioned.star())
        });
        let of_policy = table.policies.iter().find(|policy| {
            policy.using.as_deref().is_some_and(mentions)
                || policy.with_check.as_deref().is_some_and(mentions)
        });
        let of_trigger = table.triggers.iter().find(|trigger| {
            let mut cursor = Cursor::new(&trigger.definition);
            cursor.skip_to("update of") && Named::list(&mut cursor).iter().any(|it| it.name == *name)
        });
        let of_column = table.columns.iter().find(|column| {
            column.generated.as_ref().is_some_and(|generated| mentions(&generated.expression))
        });
        let on = &it.table.written;
        let (what, drop) = if let Some(view) = of_view {
            let kind = if view.materialized { "materialized view" } else { "view" };
            let drop =
                format!("drop {kind} {}.{}", quote_ident(&view.name.schema), quote_ident(&view.name.name));
            (format!("{kind} `{}`", view.name), drop)
        } else if let Some(policy) = of_policy {
            (
                format!("policy `{}`", policy.name),
                format!("drop policy {} on {on}", quote_ident(&policy.name)),
            )
        } else if let Some(trigger) = of_trigger {
            let drop = format!("drop trigger {} on {on}", quote_ident(&trigger.name));
            (format!("trigger `{}`", trigger.name), drop)
        } else {
            let column = of_column?;
            let drop = format!("alter table {on} drop column {}", quote_ident(&column.name));
            (format!("generated column `{}`", column.name), drop)
        };
        let message = format!("the {what} uses `{name}`, so that the server refuses to change its type");
        let safe = format!("{drop};\n{};\n-- and make it again, in the same transaction", step.sql());
        Some(flaw(message, safe))
    })
}

//! Foreign keys, which lock both tables.

use super::super::finding::{Flaw, MOMENT, READ, WORK, flaw, locked};
use super::super::read::{Act, Action, ConstraintKind, Is, Named, NewConstraint};
use super::super::step::{Step, made, proved_behind};
use super::constraint::added;
use super::{Rule, advice, blocking};
use crate::catalog::Table;
use orm_core::sql::quote_ident;

pub(super) const RULES: &[Rule] = &[
    blocking(
        "foreign-key-validated-at-once",
        "a foreign key reads all rows while nobody can write either table",
        at_once,
    ),
    blocking(
        "foreign-key-on-partitioned-table",
        "a foreign key reads the rows of all partitions while nobody can write either table",
        on_partitioned,
    ),
    blocking(
        "table-with-reference",
        "a new table locks the one that it references, and all that comes behind it holds that",
        new_table,
    ),
    blocking(
        "foreign-key-dropped-with-table",
        "a table goes with its foreign keys, which locks all tables that they reference together with it",
        dropped,
    ),
    advice("foreign-key-without-index", "whoever deletes a referenced row reads the whole table", unindexed),
];

fn reference(constraint: &NewConstraint) -> Option<(&Named, &[Named])> {
    match &constraint.kind {
        ConstraintKind::ForeignKey(table, targets) => Some((table, targets)),
        _ => None,
    }
}

fn name(table: &Named, constraint: &NewConstraint) -> String {
    let first = constraint.columns.first().map(|column| column.name.as_str()).unwrap_or_default();
    constraint.name.as_ref().map_or_else(|| made(table, first, "fkey"), |name| name.written.clone())
}

fn at_once(step: &Step<'_>) -> Vec<Flaw> {
    added(step, |table, constraint| {
        let (target, _) = reference(constraint)?;
        if constraint.not_valid || step.known.is_partitioned(table) {
            return None;
        }
        let message = format!(
            "nobody can write `{}` or `{}` while all rows are looked up there",
            table.written, target.written
        );
        Some(locked(message, READ, proved_behind(table, &name(table, constraint), &constraint.text)))
    })
}

/// PostgreSQL takes no `not valid` there before version 18, and adopts what the partitions have.
fn on_partitioned(step: &Step<'_>) -> Vec<Flaw> {
    added(step, |table, constraint| {
        let (target, _) = reference(constraint)?;
        if !step.known.is_partitioned(table) || constraint.not_valid {
            return None;
        }
        let columns: Vec<_> = constraint.columns.iter().map(|column| column.name.as_str()).collect();
        let proved = |partition: &Table| {
            partition.foreign_keys.iter().any(|key| {
                key.validated && key.table == target.full() && key.columns.iter().eq(columns.iter())
            })
        };
        let unproved: Vec<_> = step.known.partitions(table).filter(|partition| !proved(partition)).collect();
        unproved.first()?;
        let name = name(table, constraint);
        let each = unproved.iter().map(|partition| {
            let (schema, part) = (&partition.name.schema, &partition.name.name);
            let written = format!("{}.{}", quote_ident(schema), quote_ident(part));
            let partition = Named { written, schema: Some(schema.clone()), name: part.clone() };
            proved_behind(&partition, &name, &constraint.text) + "\n-- mizzle: transaction\n"
        });
        let safe: String = each.collect();
        let message = format!(
            "nobody can write `{}` or `{}` while the rows of all partitions are looked up there",
            table.written, target.written
        );
        Some(locked(message, READ, format!("{safe}{};", step.sql())))
    })
}

fn new_table(step: &Step<'_>) -> Vec<Flaw> {
    let Act::CreateTable(table) = step.act() else { return Vec::new() };
    if table.temporary {
        return Vec::new();
    }
    // What is written of each, the table that it references, and the constraint that it is.
    let mut found: Vec<(&str, &Named, String)> = Vec::new();
    for column in &table.columns {
        found.extend(column.clauses.iter().filter_map(|clause| match &clause.is {
            Is::References(target, text) => {
                let name = made(&table.name, &column.name.name, "fkey");
                let text = format!("{name} foreign key ({}) {text}", column.name.written);
                Some((clause.text.as_str(), target, text))
            }
            _ => None,
        }));
    }
    for constraint in &table.constraints {
        let text = || format!("{} {}", name(&table.name, constraint), constraint.text);
        found.extend(reference(constraint).map(|(target, _)| (constraint.whole.as_str(), target, text())));
    }
    found.retain(|(_, target, _)| target.full() != table.name.full() && step.is_live(target));
    let Some((_, first, _)) = found.first() else { return Vec::new() };
    let message = format!("nobody can write `{}` until the transaction ends", first.written);
    let bare = found.iter().fold(step.sql().to_owned(), |sql, (part, ..)| without(&sql, part));
    let add = |(_, _, text): &(&str, &Named, String)| {
        format!("\n-- mizzle: transaction\nalter table {} add constraint {text};", table.name.written)
    };
    let adds: String = found.iter().map(add).collect();
    vec![locked(message, WORK, format!("{bare};{adds}"))]
}

/// The statement without a part of it, and the comma or space before that.
fn without(sql: &str, part: &str) -> String {
    let Some((before, behind)) = sql.split_once(part) else { return sql.to_owned() };
    let before = before.trim_end();
    format!("{}{behind}", before.strip_suffix(',').unwrap_or(before))
}

fn dropped(step: &Step<'_>) -> Vec<Flaw> {
    let Act::Drop { what: "table", names, .. } = step.act() else { return Vec::new() };
    let mut flaws = Vec::new();
    for table in names.iter().filter(|table| step.is_live(table)) {
        let name = table.full();
        let keys = step.known.table(table).map(|found| found.foreign_keys.as_slice()).unwrap_or_default();
        let goes_too = |other: &crate::catalog::Name| names.iter().any(|table| table.full() == *other);
        let others: Vec<_> = keys.iter().filter(|key| key.table != name && !goes_too(&key.table)).collect();
        let Some(first) = others.first() else { continue };
        let drop = |key: &&crate::catalog::ForeignKey| {
            format!(
                "alter table {} drop constraint {};\n-- mizzle: transaction\n",
                table.written,
                quote_ident(&key.name)
            )
        };
        let drops: String = others.iter().map(drop).collect();
        let message =
            format!("nobody can read or write `{}` either, which `{}` references", first.table, first.name);
        flaws.push(locked(message, MOMENT, format!("{drops}drop table {};", table.written)));
    }
    flaws
}

fn unindexed(step: &Step<'_>) -> Vec<Flaw> {
    let is_indexed = |table: &Named, columns: &[Named]| {
        let columns: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
        let later = step.later().any(|read| match &read.act {
            Act::CreateIndex(index) if index.table.full() == table.full() && !index.partial => {
                let keys = index.keys.iter().take(columns.len());
                index.keys.len() >= columns.len()
                    && keys.flatten().filter(|key| columns.contains(key)).count() == columns.len()
            }
            _ => false,
        });
        later || step.known.has_index(&table.full(), &columns)
    };
    let says = |table: &Named, columns: &[Named], target: &Named| {
        if is_indexed(table, columns) {
            return None;
        }
        let names = columns.iter().map(|column| column.written.as_str()).collect::<Vec<_>>().join(", ");
        let first = columns.first().map(|column| column.name.as_str()).unwrap_or_default();
        let message = format!(
            "no index of `{}` begins with ({names}): whoever deletes a row of `{}` reads all of it",
            table.written, target.written
        );
        let index = made(table, first, "idx");
        let safe = format!(
            "-- mizzle: no transaction\ncreate index concurrently {index} on {} ({names});",
            table.written
        );
        Some(flaw(message, safe))
    };
    match step.act() {
        Act::AlterTable { table, actions } => actions
            .iter()
            .filter_map(|action| match action {
                Action::AddConstraint(constraint) => {
                    let (target, _) = reference(constraint)?;
                    says(table, &constraint.columns, target)
                }
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

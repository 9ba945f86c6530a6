//! Keys, checks and `not null` on tables that have rows.

use super::super::finding::{BUILD, Flaw, READ, locked};
use super::super::read::{Act, Action, ConstraintKind, Named, NewConstraint};
use super::super::step::{Step, made, proved_behind};
use super::{Rule, blocking};

pub(super) const RULES: &[Rule] = &[
    blocking("unique-without-index", "a unique key builds its index while nobody can read its table", unique),
    blocking(
        "primary-key-without-index",
        "a primary key builds its index while nobody can read its table",
        primary_key,
    ),
    blocking(
        "primary-key-of-nullable-column",
        "a primary key reads all rows for NULLs while nobody can read its table",
        nullable_key,
    ),
    blocking("check-validated-at-once", "a check reads all rows while nobody can read its table", check),
    blocking(
        "validated-in-same-transaction",
        "a constraint is validated while the lock that it was added with is still held",
        validated,
    ),
    blocking(
        "not-null-without-check",
        "`set not null` reads all rows while nobody can read the table",
        not_null,
    ),
    blocking(
        "not-null-with-dropped-check",
        "the check that proves `not null` is dropped by the same statement, which so reads all rows",
        with_dropped,
    ),
    blocking(
        "exclusion-on-live-table",
        "an exclusion builds its index while nobody can read its table",
        exclusion,
    ),
];

/// What a rule says of each constraint that is added to a table that somebody may be using.
pub(super) fn added(step: &Step<'_>, says: impl Fn(&Named, &NewConstraint) -> Option<Flaw>) -> Vec<Flaw> {
    step.actions(|table, action| match action {
        Action::AddConstraint(constraint) => says(table, constraint),
        _ => None,
    })
}

fn first(constraint: &NewConstraint) -> &str {
    constraint.columns.first().map(|column| column.name.as_str()).unwrap_or_default()
}

fn name(table: &Named, constraint: &NewConstraint, suffix: &str) -> String {
    match &constraint.name {
        Some(name) => name.written.clone(),
        None => made(table, first(constraint), suffix),
    }
}

fn columns(constraint: &NewConstraint) -> String {
    constraint.columns.iter().map(|column| column.written.as_str()).collect::<Vec<_>>().join(", ")
}

fn unique(step: &Step<'_>) -> Vec<Flaw> {
    added(step, |table, constraint| {
        let is = constraint.kind == ConstraintKind::Unique && !constraint.using_index;
        is.then(|| of_index(step, table, constraint, "unique", &name(table, constraint, "key")))
    })
}

fn primary_key(step: &Step<'_>) -> Vec<Flaw> {
    added(step, |table, constraint| {
        let is = constraint.kind == ConstraintKind::PrimaryKey && !constraint.using_index;
        let name = constraint.name.as_ref().map(|name| name.written.clone());
        let name = name.unwrap_or_else(|| made(table, "", "pkey"));
        let mut flaw = is.then(|| of_index(step, table, constraint, "primary key", &name))?;
        let nullable =
            constraint.columns.iter().filter(|column| !step.known.is_proved_not_null(table, &column.name));
        let proofs: String = nullable.map(|column| proved_not_null(table, column) + "\n").collect();
        flaw.safe = proofs + &flaw.safe;
        Some(flaw)
    })
}

/// A key that builds its index itself, and how it is made of one that is there.
fn of_index(step: &Step<'_>, table: &Named, constraint: &NewConstraint, kind: &str, name: &str) -> Flaw {
    let message = format!("nobody can read or write `{}` while the index of the key is built", table.written);
    let (columns, table_name) = (columns(constraint), &table.written);
    let safe = if step.known.is_partitioned(table) {
        // `using index` is refused, so that the index must do.
        format!(
            "create unique index {name} on only {table_name} ({columns});\n-- and its partitions', one by one"
        )
    } else {
        format!(
            "-- mizzle: no transaction\ncreate unique index concurrently {name} on {table_name} ({columns});\n\
             -- mizzle: transaction\nalter table {table_name} add constraint {name} {kind} using index {name};"
        )
    };
    locked(message, BUILD, safe)
}

fn nullable_key(step: &Step<'_>) -> Vec<Flaw> {
    added(step, |table, constraint| {
        if constraint.kind != ConstraintKind::PrimaryKey || !constraint.using_index {
            return None;
        }
        let index = constraint.text.rsplit(' ').next().map(crate::script::unquote)?;
        let index = step.known.table(table)?.indexes.iter().find(|other| other.name == index)?;
        let mut keys = index.keys.iter().filter_map(|key| key.column.as_deref());
        let column = keys.find(|column| {
            step.known.column(table, column).is_some() && !step.known.is_proved_not_null(table, column)
        })?;
        let message =
            format!("`{column}` may be NULL, so that all rows of `{}` are read first", table.written);
        let column = orm_core::sql::quote_ident(column);
        let column = Named { written: column.clone(), schema: None, name: crate::script::unquote(&column) };
        let safe = format!("{}\n-- mizzle: transaction\n{};", proved_not_null(table, &column), step.sql());
        Some(locked(message, READ, safe))
    })
}

fn check(step: &Step<'_>) -> Vec<Flaw> {
    added(step, |table, constraint| {
        let kind = &constraint.kind;
        let is = matches!(kind, ConstraintKind::Check(_) | ConstraintKind::NotNull) && !constraint.not_valid;
        if !is
            || (*kind == ConstraintKind::NotNull && step.known.is_proved_not_null(table, first(constraint)))
        {
            return None;
        }
        let message = format!("nobody can read or write `{}` while all rows are checked", table.written);
        let suffix = if *kind == ConstraintKind::NotNull { "not_null" } else { "check" };
        let name = name(table, constraint, suffix);
        Some(locked(message, READ, proved_behind(table, &name, &constraint.text)))
    })
}

fn validated(step: &Step<'_>) -> Vec<Flaw> {
    step.actions(|table, action| {
        let Action::Validate(name) = action else { return None };
        let held = step.held.iter().find(|held| held.table.full() == table.full())?;
        let message = format!(
            "the transaction has locked `{}` since line {}, and holds it while all rows are read",
            table.written, held.line
        );
        let safe = format!(
            "-- mizzle: transaction\nalter table {} validate constraint {};",
            table.written, name.written
        );
        Some(locked(message, READ, safe).holding(held.locks.clone()))
    })
}

fn not_null(step: &Step<'_>) -> Vec<Flaw> {
    let dropped = with_dropped(step);
    if !dropped.is_empty() {
        return Vec::new();
    }
    step.actions(|table, action| match action {
        Action::SetNotNull(column) if !step.known.is_proved_not_null(table, &column.name) => {
            let message = format!(
                "nobody can read or write `{}` while its rows are searched for a NULL in `{}`",
                table.written, column.name
            );
            Some(locked(message, READ, proved_not_null(table, column)))
        }
        _ => None,
    })
}

/// `set not null` behind a check that proves it.
pub(super) fn proved_not_null(table: &Named, column: &Named) -> String {
    let name = made(table, &column.name, "not_null");
    let condition = format!("check ({} is not null)", column.written);
    format!(
        "{}\n-- mizzle: transaction\nalter table {table} alter column {column} set not null;\n\
         alter table {table} drop constraint {name};",
        proved_behind(table, &name, &condition),
        table = table.written,
        column = column.written,
    )
}

fn with_dropped(step: &Step<'_>) -> Vec<Flaw> {
    let Act::AlterTable { table, actions } = step.act() else { return Vec::new() };
    let sets = actions.iter().find_map(|action| match action {
        Action::SetNotNull(column) => Some(column),
        _ => None,
    });
    let drops = actions.iter().find_map(|action| match action {
        Action::DropConstraint(name) => Some(name),
        _ => None,
    });
    let Some((column, check)) = sets.zip(drops).filter(|_| step.is_live(table)) else { return Vec::new() };
    let message = format!(
        "`{}` is gone before it proves anything: nobody can read or write `{}` while all rows are read again",
        check.name, table.written
    );
    let safe = format!(
        "alter table {table} alter column {} set not null;\nalter table {table} drop constraint {};",
        column.written,
        check.written,
        table = table.written,
    );
    vec![locked(message, READ, safe)]
}

fn exclusion(step: &Step<'_>) -> Vec<Flaw> {
    added(step, |table, constraint| {
        let message = format!(
            "nobody can read or write `{}` while the index of the exclusion is built, and there is no way to build it \
             before: make a new table with it and move the rows, or do it while nobody needs the table",
            table.written
        );
        (constraint.kind == ConstraintKind::Exclusion).then(|| locked(message, BUILD, ""))
    })
}

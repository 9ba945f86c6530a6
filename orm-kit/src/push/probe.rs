//! Rows that are not as a change needs them, counted before anything is changed.

use crate::catalog::{Column, Constraint, ForeignKey, IndexKey, Name, Object, ObjectName};
use crate::change::Change;
use crate::error::Error;
use crate::plan::{Hazard, HazardKind};
use orm_core::sql::quote_ident;
use tokio_postgres::Client;

/// What a change asks of rows that are there.
struct Probe {
    /// Counts those that do not meet it.
    sql: String,
    /// What they are.
    what: &'static str,
}

/// The objects whose changes can be counted for, each with a hazard if rows are there that make its change fail.
pub(super) async fn probe(
    client: &Client,
    changes: &[Change],
) -> Result<Vec<(ObjectName, Option<Hazard>)>, Error> {
    let mut found = Vec::new();
    for change in changes {
        let Some(Probe { sql, what }) = probe_of(change) else { continue };
        let rows = match client.query_one(&sql, &[]).await {
            Ok(row) => row.try_get::<_, i64>(0)?,
            // What it asks for is made by another change first, and has no rows yet.
            Err(error) if error.as_db_error().is_some() => 0,
            Err(error) => return Err(Error::driver(error)),
        };
        let object = change.object_name();
        let message = format!("{rows} {what}");
        let hazard = Hazard { kind: HazardKind::MayFail, object: object.clone(), message };
        found.push((object, (rows > 0).then_some(hazard)));
    }
    Ok(found)
}

fn probe_of(change: &Change) -> Option<Probe> {
    match change {
        Change::Create(Object::Column(table, column)) if needs_value(column) => {
            Some(Probe { sql: count(table, "true"), what: "rows would have no value" })
        }
        Change::Alter { from: Object::Column(_, from), to: Object::Column(table, to) }
            if from.nullable && !to.nullable =>
        {
            let sql = count(table, &format!("{} is null", quote_ident(&to.name)));
            Some(Probe { sql, what: "rows have no value" })
        }
        Change::Create(Object::Constraint(table, constraint)) => of_constraint(table, constraint),
        Change::Create(Object::Index(table, index)) if index.unique => {
            let keys = index.keys.iter().map(key).collect::<Option<Vec<_>>>()?;
            let condition = index.predicate.as_deref().unwrap_or("true");
            Some(repeated(table, &keys, condition, index.nulls_not_distinct))
        }
        _ => None,
    }
}

fn needs_value(Column { nullable, default, identity, generated, .. }: &Column) -> bool {
    !nullable && default.is_none() && identity.is_none() && generated.is_none()
}

fn key(IndexKey { column, expression, .. }: &IndexKey) -> Option<String> {
    let expression = expression.as_ref().map(|expression| format!("({expression})"));
    column.as_deref().map(quote_ident).or(expression)
}

fn of_constraint(table: &Name, constraint: &Constraint) -> Option<Probe> {
    let quoted = |columns: &[String]| columns.iter().map(|column| quote_ident(column)).collect::<Vec<_>>();
    match constraint {
        Constraint::PrimaryKey(key) => Some(repeated(table, &quoted(&key.columns), "true", false)),
        Constraint::Unique(key) => {
            Some(repeated(table, &quoted(&key.columns), "true", key.nulls_not_distinct))
        }
        Constraint::Check(check) => {
            let sql = count(table, &format!("not ({})", check.expression));
            Some(Probe { sql, what: "rows do not meet it" })
        }
        Constraint::ForeignKey(key) => Some(without_target(table, key)),
        Constraint::Exclusion(_) => None,
    }
}

fn repeated(table: &Name, keys: &[String], condition: &str, nulls_not_distinct: bool) -> Probe {
    let given: String = match nulls_not_distinct {
        true => String::new(),
        false => keys.iter().map(|key| format!(" and {key} is not null")).collect(),
    };
    let (relation, keys) = (relation(table), keys.join(", "));
    let sql = format!(
        "select coalesce(sum(n), 0)::int8 from (select count(*) from {relation} where ({condition}){given} \
         group by {keys} having count(*) > 1) repeated (n)"
    );
    Probe { sql, what: "rows have a key that others have too" }
}

fn without_target(table: &Name, ForeignKey { columns, table: target, targets, .. }: &ForeignKey) -> Probe {
    let given: Vec<_> =
        columns.iter().map(|column| format!("a.{} is not null", quote_ident(column))).collect();
    let pair = |(column, target): (&String, &String)| {
        format!("b.{} = a.{}", quote_ident(target), quote_ident(column))
    };
    let equal: Vec<_> = columns.iter().zip(targets).map(pair).collect();
    let sql = format!(
        "select count(*) from {} a where {} and not exists (select from {} b where {})",
        relation(table),
        given.join(" and "),
        relation(target),
        equal.join(" and ")
    );
    Probe { sql, what: "rows refer to one that is not there" }
}

fn count(table: &Name, condition: &str) -> String {
    format!("select count(*) from {} where {condition}", relation(table))
}

fn relation(Name { schema, name }: &Name) -> String {
    format!("{}.{}", quote_ident(schema), quote_ident(name))
}

//! `mizzle check` and `mizzle diff`: what differs.

use super::Kit;
use super::args::{Check, Diff};
use super::output::{Outcome, Output};
use crate::catalog::Catalog;
use crate::change::Change;
use crate::compiled::Compiled;
use crate::describe::Described;
use crate::drift::drift;
use crate::error::Error;
use crate::inspect::{Scope, canonical, inspect};
use crate::migrate::{State, Status};
use crate::migration::{Snapshot, read_all};
use crate::planner::{Options, plan};
use crate::script::render;
use crate::tool;
use serde_json::{Map, Value, json};
use std::fs;

pub(super) async fn check(kit: &Kit, args: &Check) -> Result<Outcome, Error> {
    let Compiled { catalog: declared, renames } = kit.compiled()?;
    let mut client = orm_postgres::connect_driver(&kit.url()?).await?;
    let found = drift(&mut client, &declared, &kit.config.schemas, &renames).await?;
    for index in &found.invalid_indexes {
        let (table, name) = (&index.table, &index.name);
        kit.output.line(format_args!("! index `{table}.{name}` is invalid: `mizzle repair` drops it"));
    }
    let sql = sql(&found.live, &found.declared, &found.changes);
    let invalid: Vec<_> = found
        .invalid_indexes
        .iter()
        .map(|index| json!({ "table": index.table.to_string(), "name": index.name }))
        .collect();
    let waiting = waiting(kit).await;
    let names = waiting.as_ref().ok();
    let more = [("invalid_indexes", json!(invalid)), ("waiting", json!(names))];
    show(kit, &found.changes, args.sql, &sql, !found.is_empty(), more);
    if found.is_empty() {
        kit.output.line("the database is as the schema says");
        return Ok(Outcome::Done);
    }
    kit.output
        .note("the database is not as the schema says: `+` is missing there, `-` is only there, `~` differs");
    if !found.changes.is_empty() {
        explain(kit.output, &waiting);
    }
    Ok(Outcome::Differs)
}

/// The contracts that are the next to be applied: all that they follow is, but for contracts that wait as well.
async fn waiting(kit: &Kit) -> Result<Vec<String>, Error> {
    if !kit.config.migrations.is_dir() {
        return Ok(Vec::new());
    }
    let migrations = kit.migrations()?;
    let mut behind: Vec<String> = Vec::new();
    let mut waiting = Vec::new();
    for Status { name, state } in kit.migrator()?.status().await? {
        let parents = migrations.get(&name).map(|migration| migration.parents()).unwrap_or_default();
        // One that is not here stands behind another, or was taken out on purpose.
        let is_behind = |parent: &String| behind.contains(parent) || migrations.get(parent).is_none();
        match state {
            State::Pending { contract: true } if parents.iter().all(is_behind) => {
                waiting.push(name.clone());
            }
            State::Applied { .. } | State::Edited { .. } => {}
            State::Pending { .. } | State::Partial { .. } | State::Missing => continue,
        }
        behind.push(name);
    }
    Ok(waiting)
}

/// What a contract takes away is no reason to worry. A role that may only read the catalog is not told which contracts wait.
fn explain(output: Output, waiting: &Result<Vec<String>, Error>) {
    match waiting.as_deref() {
        Ok([]) => {}
        Ok([name]) => output.note(format_args!(
            "a contract waits, `{name}`: what it takes away is still there; `mizzle migrate --contract` applies it when no \
             older code runs any more"
        )),
        Ok(names) => output.note(format_args!(
            "{} contracts wait, `{}`: what they take away is still there; `mizzle migrate --contract` applies them when no \
             older code runs any more",
            names.len(),
            names.join("`, `")
        )),
        Err(error) => output.note(format_args!("it is not known whether a contract waits: {error}")),
    }
}

pub(super) async fn diff(kit: &Kit, args: &Diff) -> Result<Outcome, Error> {
    let (from, to) = (side(kit, &args.from).await?, side(kit, &args.to).await?);
    let (from, to) = match (from, to) {
        (Side::Printed(from, mut client), Side::Declared(to)) => (from, canonical(&mut client, &to).await?),
        (Side::Declared(from), Side::Printed(to, mut client)) => (canonical(&mut client, &from).await?, to),
        (Side::Printed(from, _), Side::Printed(to, _)) | (Side::Declared(from), Side::Declared(to)) => {
            (from, to)
        }
    };
    let (mut from, mut to) = (from, to);
    tool::leave_out(&mut from, &to);
    tool::leave_out(&mut to, &from);
    let changes = crate::diff::diff(&from, &to, &[]);
    let sql = sql(&from, &to, &changes);
    show(kit, &changes, args.sql, &sql, !changes.is_empty(), [("invalid_indexes", json!([]))]);
    if changes.is_empty() {
        kit.output.note("nothing differs");
    }
    Ok(if changes.is_empty() { Outcome::Done } else { Outcome::Differs })
}

/// A catalog, in a person's words or in a server's.
enum Side {
    Declared(Catalog),
    Printed(Catalog, tokio_postgres::Client),
}

async fn side(kit: &Kit, word: &str) -> Result<Side, Error> {
    match word {
        "schema" => Ok(Side::Declared(kit.compiled()?.catalog)),
        "empty" => Ok(Side::Declared(Catalog::default())),
        "migrations" => {
            let migrations = read_all(&kit.config.migrations)?;
            let snapshot = migrations.head()?.map(|head| head.snapshot()).transpose()?.flatten();
            Ok(Side::Declared(snapshot.map(|snapshot| snapshot.catalog).unwrap_or_default()))
        }
        "database" => printed(&kit.url()?).await,
        url if url.contains("://") => printed(url).await,
        file => {
            let failed = || {
                Error::new("there is no such snapshot").in_file(file).advise(
                    "say `schema`, `migrations`, `database`, `empty`, a URL, or the file of a snapshot",
                )
            };
            let text = fs::read_to_string(file).map_err(|error| failed().caused_by(error))?;
            Snapshot::parse(&text)
                .map(|snapshot| Side::Declared(snapshot.catalog))
                .map_err(|error| error.in_file(file))
        }
    }
}

async fn printed(url: &str) -> Result<Side, Error> {
    let client = orm_postgres::connect_driver(url).await?;
    let found = inspect(&client, &Scope::default()).await?;
    Ok(Side::Printed(found.catalog, client))
}

/// The statements, for a system that may stand still.
fn sql(from: &Catalog, to: &Catalog, changes: &[Change]) -> String {
    if changes.is_empty() {
        return String::new();
    }
    render(&plan(from, to, changes, &Options { old_code: false, ..Options::default() }).expand, false)
}

fn show<const N: usize>(
    kit: &Kit,
    changes: &[Change],
    as_sql: bool,
    sql: &str,
    differs: bool,
    more: [(&str, Value); N],
) {
    let lines: Vec<_> = changes.iter().map(|change| Described(change).to_string()).collect();
    if as_sql && !sql.is_empty() {
        kit.output.line(sql.trim_end());
    } else {
        lines.iter().for_each(|line| kit.output.line(line));
    }
    let status = if differs { "differs" } else { "same" };
    let mut value = Map::new();
    value.extend([("status", json!(status)), ("changes", json!(lines)), ("sql", json!(sql))].map(named));
    value.extend(more.map(named));
    kit.output.json(&Value::Object(value));
}

fn named((name, value): (&str, Value)) -> (String, Value) {
    (name.to_owned(), value)
}

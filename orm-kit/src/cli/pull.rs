//! `mizzle pull` and `mizzle export`: from a database to Rust, and from Rust to SQL.

use super::Kit;
use super::args::Pull;
use super::output::{Outcome, count};
use crate::catalog::Catalog;
use crate::error::Error;
use crate::inspect::{Scope, inspect};
use crate::migrate::Migrator;
use crate::migration::{Back, New, Snapshot, read_all, write};
use crate::plan::{Mode, Plan, Segment, Statement};
use crate::pull::Pulled;
use crate::tool::{History, histories};
use crate::{ddl, pull, tool};
use serde_json::json;
use std::fs;
use std::path::Path;

pub(super) async fn pull(kit: &Kit, args: &Pull) -> Result<Outcome, Error> {
    let url = kit.url()?;
    let client = orm_postgres::connect_driver(&url).await?;
    let mut scope = Scope::default().except(&kit.config.journal);
    if !args.schemas.is_empty() {
        scope = scope.schemas(&args.schemas);
    }
    let histories = histories(&client).await?;
    if args.init {
        histories.iter().try_for_each(History::check)?;
    }
    let others = kit.tell(&histories);
    let mut found = inspect(&client, &scope).await?;
    tool::leave_out(&mut found.catalog, &Catalog::default());
    let file = args.out.as_deref().unwrap_or(&kit.config.schema);
    let Pulled { source, said, mut unsaid, gone } = match there(file)? {
        Some(text) => pull::pull_again(&found.catalog, &text)
            .map_err(|error| error.in_file(file.display().to_string()))?,
        None => pull::pull(&found.catalog),
    };
    unsaid.extend(found.unmodelled.iter().map(ToString::to_string));
    if file == Path::new("-") {
        kit.output.line(&source);
    } else {
        save(file, &source)?;
        let tables = count(found.catalog.tables.len(), "table");
        kit.output.line(format_args!("wrote {}: {tables}", file.display()));
    }
    for what in &unsaid {
        kit.output.note(format_args!("not in the structs, and left alone in the database: {what}"));
    }
    for what in &gone {
        kit.output.note(what);
    }
    let mut written = None;
    if args.init {
        written = Some(init(kit, &url, &found.catalog, said).await?);
    }
    kit.output.json(&json!({
        "status": "done",
        "source": source,
        "unsaid": unsaid,
        "gone": gone,
        "migration": written,
        "others": others,
    }));
    Ok(Outcome::Done)
}

/// What the file holds, if there is one.
fn there(file: &Path) -> Result<Option<String>, Error> {
    match fs::read_to_string(file) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => {
            Err(Error::new("the schema cannot be read").in_file(file.display().to_string()).caused_by(error))
        }
    }
}

fn save(file: &Path, source: &str) -> Result<(), Error> {
    let failed = |error| {
        Error::new("the schema cannot be written").in_file(file.display().to_string()).caused_by(error)
    };
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    fs::write(file, source).map_err(failed)
}

/// The first migration makes what the database holds, and the database has it. Its snapshot is what the structs say of that, so
/// that the next migration leaves the rest alone.
async fn init(kit: &Kit, url: &str, catalog: &Catalog, said: Catalog) -> Result<String, Error> {
    let folder = &kit.config.migrations;
    if let Some(head) = read_all(folder)?.head()? {
        return Err(Error::new(format!("there is a migration already, `{}`", head.name()))
            .advise("leave `--init` out, and write the next by `mizzle generate`"));
    }
    let statement = |sql| Statement { comment: String::new(), sql };
    let statements = ddl::create_all(catalog).into_iter().map(statement).collect();
    let plan = Plan { segments: vec![Segment { mode: Mode::Transaction, statements }], hazards: Vec::new() };
    let snapshot = Snapshot { parents: Vec::new(), catalog: said };
    let down = Back::Irreversible("it is what the database held when it was pulled");
    let written = write(
        folder,
        &New { name: "init", head: "", plan: &plan, contract: false, down, snapshot: &snapshot },
    )?;
    let name = written.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let migrator = Migrator::new(url).migrations(read_all(folder)?).schema(&kit.config.journal);
    migrator.enter_baseline(&name, true).await?;
    kit.output.line(format_args!("wrote {}, which the database has", written.display()));
    Ok(name)
}

/// The SQL of the whole schema.
pub(super) fn export(kit: &Kit) -> Result<Outcome, Error> {
    let sql: String =
        ddl::create_all(&kit.compiled()?.catalog).iter().map(|statement| format!("{statement};\n")).collect();
    kit.output.line(sql.trim_end());
    kit.output.json(&json!({ "status": "done", "sql": sql }));
    Ok(Outcome::Done)
}

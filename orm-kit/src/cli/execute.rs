//! `mizzle execute`: a script that is no migration.

use super::Kit;
use super::args::Execute;
use super::output::{Outcome, count};
use crate::error::Error;
use crate::execute::{Executed, execute as run};
use crate::script::Script;
use serde_json::json;
use std::fs;
use std::io::{self, Read};

pub(super) async fn execute(kit: &Kit, args: &Execute) -> Result<Outcome, Error> {
    let (name, text) = match args.file.as_str() {
        "-" => {
            let mut text = String::new();
            ("standard input", io::stdin().read_to_string(&mut text).map(|_| text))
        }
        file => (file, fs::read_to_string(file)),
    };
    let text = text.map_err(|error| Error::new("the file cannot be read").in_file(name).caused_by(error))?;
    let script = Script::parse(&text).map_err(|error| error.in_file(name))?;
    let client = orm_postgres::connect_driver(&kit.url()?).await?;
    let Executed { statements, rows } = run(&client, &script).await.map_err(|error| error.in_file(name))?;
    let rows_shown = count(usize::try_from(rows).unwrap_or(usize::MAX), "row");
    kit.output.line(format_args!("ran {}, {rows_shown} in all", count(statements, "statement")));
    kit.output.json(&json!({ "status": "done", "statements": statements, "rows": rows }));
    Ok(Outcome::Done)
}

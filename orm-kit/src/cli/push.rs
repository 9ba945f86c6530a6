//! `mizzle push`: a development database becomes what the schema says.

use super::Kit;
use super::args;
use super::decide::{Renames, agree, renames, report_questions};
use super::output::Outcome;
use crate::compiled::Compiled;
use crate::describe::Described;
use crate::drift::drift;
use crate::error::Error;
use crate::push::Push;
use crate::script::render;
use serde_json::json;

pub(super) async fn push(kit: &Kit, args: &args::Push) -> Result<Outcome, Error> {
    let args::Push { decisions, dry_run } = args;
    let output = kit.output;
    let Compiled { catalog: declared, renames: said } = kit.compiled()?;
    let mut client = orm_postgres::connect_driver(&kit.url()?).await?;
    let mut found = drift(&mut client, &declared, &kit.config.schemas, &[]).await?;
    match renames(&found.live, &found.declared, &said, decisions, output)? {
        Renames::Decided(renames) => {
            found.changes = crate::diff::diff(&found.live, &found.declared, &renames);
        }
        Renames::Open(open) => {
            report_questions(&open, output);
            return Ok(Outcome::Differs);
        }
    }
    if found.changes.is_empty() {
        output.line("the database is as the schema says");
        output.json(&json!({ "status": "nothing" }));
        return Ok(Outcome::Done);
    }
    let push = Push::new(&client, &found).await?;
    let changes: Vec<_> = found.changes.iter().map(|change| Described(change).to_string()).collect();
    changes.iter().for_each(|line| output.note(line));
    if *dry_run {
        let sql = render(&push.plan, false);
        output.line(&sql);
        output.json(&json!({ "status": "dry-run", "changes": changes, "sql": sql }));
        return Ok(Outcome::Done);
    }
    let refused: Vec<_> =
        push.hazards.iter().filter(|hazard| !decisions.allow.contains(&hazard.kind)).collect();
    if !refused.is_empty() && !agree(&refused, output)? {
        return Ok(Outcome::Differs);
    }
    push.run(&client).await?;
    output.line(format_args!("{} changes made", changes.len()));
    output.json(&json!({ "status": "done", "changes": changes }));
    Ok(Outcome::Done)
}

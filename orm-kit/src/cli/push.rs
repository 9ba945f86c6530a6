//! `mizzle push`: a development database becomes what the schema says.

use super::Kit;
use super::args;
use super::decide::{Decided, agree, hazards};
use super::output::{Outcome, count};
use super::rename::{Renames, renames, report_questions};
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
    let decided = Decided::new(decisions)?;
    let url = if *dry_run { kit.url()? } else { kit.url_of_database().await? };
    let mut client = orm_postgres::connect_driver(&url).await?;
    let mut found = drift(&mut client, &declared, &kit.config.schemas, &[]).await?;
    match renames(&found.live, &found.declared, &said, &decided, output)? {
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
        let all: Vec<_> = push.hazards.iter().collect();
        output
            .json(&json!({ "status": "dry-run", "changes": changes, "sql": sql, "hazards": hazards(&all) }));
        return Ok(Outcome::Done);
    }
    let refused = decided.refused(&push.hazards);
    if !refused.is_empty() && !agree(&refused, output)? {
        return Ok(Outcome::Differs);
    }
    push.run(&client).await?;
    output.line(format_args!("{} made", count(changes.len(), "change")));
    output.json(&json!({ "status": "done", "changes": changes }));
    Ok(Outcome::Done)
}

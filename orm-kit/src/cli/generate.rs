//! `mizzle generate`: the migration from the last snapshot to the schema.

use super::Kit;
use super::args::Generate;
use super::decide::{Decided, agree, hazards};
use super::output::Outcome;
use super::rename::{Renames, renames, report_questions};
use crate::catalog::Catalog;
use crate::compiled::Compiled;
use crate::describe::Described;
use crate::error::Error;
use crate::generate::{Generation, custom};
use crate::migration::{Migrations, read_all};
use crate::planner;
use crate::script::render;
use serde_json::json;
use std::path::Path;

pub(super) fn generate(kit: &Kit, args: &Generate) -> Result<Outcome, Error> {
    let Generate { name, custom: is_custom, explain, decisions, postgres } = args;
    let (folder, output) = (&kit.config.migrations, kit.output);
    let migrations = read_all(folder)?;
    if *is_custom {
        let written = custom(&migrations, folder, name.as_deref().unwrap_or("custom"))?;
        wrote(kit, &[written]);
        return Ok(Outcome::Done);
    }
    let Compiled { catalog: to, renames: said } = kit.compiled()?;
    let decided = Decided::new(decisions)?;
    let renames = match renames(&last(&migrations)?, &to, &said, &decided, output)? {
        Renames::Decided(renames) => renames,
        Renames::Open(open) => {
            report_questions(&open, output);
            return Ok(Outcome::Differs);
        }
    };
    let options = planner::Options { version: *postgres, ..planner::Options::default() };
    let generation = Generation::new(&migrations, &to, &renames, &options)?;
    if generation.is_empty() {
        output.note("nothing differs from the last snapshot");
        output.json(&json!({ "status": "nothing" }));
        return Ok(Outcome::Done);
    }
    for change in &generation.changes {
        output.note(Described(change));
    }
    if *explain {
        explained(kit, &generation);
        return Ok(Outcome::Done);
    }
    let refused = decided.refused(generation.refused(&[]));
    if !refused.is_empty() && !agree(&refused, output)? {
        return Ok(Outcome::Differs);
    }
    let written = generation.write(folder, name.as_deref())?;
    wrote(kit, &written);
    if generation.planned.contract.is_some() {
        output.note("the contract takes away what older code uses: apply it by `mizzle migrate --contract` when none of it runs any more");
    }
    Ok(Outcome::Done)
}

/// What the last snapshot holds.
fn last(migrations: &Migrations) -> Result<Catalog, Error> {
    let snapshot = migrations.head()?.map(|head| head.snapshot()).transpose()?.flatten();
    Ok(snapshot.map(|snapshot| snapshot.catalog).unwrap_or_default())
}

fn explained(kit: &Kit, generation: &Generation) {
    let output = kit.output;
    let expand = render(&generation.planned.expand, false);
    let contract = generation.planned.contract.as_ref().map(|plan| render(plan, true));
    output.line(&expand);
    if let Some(contract) = &contract {
        output.line("-- the contract, a migration of its own:");
        output.line(contract);
    }
    let all = generation.refused(&[]);
    for hazard in &all {
        output.note(format_args!("{}: {}: {}", hazard.kind, hazard.object, hazard.message));
    }
    let changes: Vec<_> = generation.changes.iter().map(|change| Described(change).to_string()).collect();
    output.json(&json!({
        "status": "explained",
        "changes": changes,
        "sql": expand,
        "contract": contract,
        "hazards": hazards(&all),
    }));
}

fn wrote(kit: &Kit, written: &[impl AsRef<Path>]) {
    let names: Vec<_> = written.iter().map(|path| path.as_ref().display().to_string()).collect();
    for name in &names {
        kit.output.line(format_args!("wrote {name}"));
    }
    kit.output.json(&json!({ "status": "written", "written": names }));
}

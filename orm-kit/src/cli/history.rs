//! Commands on the folder of migrations: `merge`, `squash`, `up`.

use super::Kit;
use super::args;
use super::output::{Outcome, count};
use crate::error::Error;
use crate::merge::{Conflict, Merge, Side};
use crate::migration::{SNAPSHOT_VERSION, Squash, Unsaid, Way};
use serde_json::{Value, json};
use std::path::Path;

/// 3 if the branches do not get along.
pub(super) fn merge(kit: &Kit, args: &args::Merge) -> Result<Outcome, Error> {
    let output = kit.output;
    let merge = Merge::new(&kit.migrations()?)?;
    if merge.heads.len() < 2 {
        output.line("there is one branch, and so nothing to join");
        output.json(&json!({ "status": "nothing" }));
        return Ok(Outcome::Done);
    }
    if !merge.conflicts.is_empty() {
        for Conflict { one, other } in &merge.conflicts {
            output.line(format_args!("{one}\n    does not get along with\n{other}\n"));
        }
        output.note(format_args!(
            "nothing is written: the branches would make something else of one database than of another. Keep the one that \
             databases have, remove the folders of the other, and write what it does anew by `mizzle generate`"
        ));
        let conflicts: Vec<Value> = merge.conflicts.iter().map(conflict).collect();
        output.json(&json!({ "status": "conflicts", "heads": merge.heads, "conflicts": conflicts }));
        return Ok(Outcome::Differs);
    }
    if args.explain {
        output.line(format_args!("{} get along", merge.heads.join(" and ")));
        output.json(&json!({ "status": "explained", "heads": merge.heads }));
        return Ok(Outcome::Done);
    }
    let written = merge.write(&kit.config.migrations, &args.name)?;
    wrote(kit, &written, &json!({ "status": "written", "heads": merge.heads }));
    Ok(Outcome::Done)
}

fn conflict(Conflict { one, other }: &Conflict) -> Value {
    let side = |side: &Side| {
        json!({
            "migration": side.migration,
            "object": side.change.object_name().to_string(),
            "change": side.change_words(),
        })
    };
    json!({ "one": side(one), "other": side(other) })
}

/// 3 if something would be lost.
pub(super) fn squash(kit: &Kit, args: &args::Squash) -> Result<Outcome, Error> {
    let args::Squash { to, name, keep_statements, explain } = args;
    let output = kit.output;
    let squash = Squash::new(&kit.migrations()?, to.as_deref())?;
    let way = if *keep_statements { Way::Statements } else { Way::Snapshot };
    if way == Way::Snapshot && !squash.unsaid.is_empty() {
        for Unsaid { file, line, sql } in &squash.unsaid {
            output.line(format_args!("{file}:{line}: {}", crate::error::excerpt(sql)));
        }
        output.note(
            "nothing is written: no snapshot holds what these statements do, and an empty database would not get it; say \
             `--keep-statements` to keep every statement as it is",
        );
        let unsaid: Vec<_> = squash
            .unsaid
            .iter()
            .map(|Unsaid { file, line, sql }| json!({ "file": file, "line": line, "sql": sql }))
            .collect();
        output.json(&json!({ "status": "refused", "statements": unsaid }));
        return Ok(Outcome::Differs);
    }
    if *explain {
        let sql = squash.script(way)?;
        output.line(sql.trim_end());
        output.json(&json!({ "status": "explained", "replaces": squash.replaces, "sql": sql }));
        return Ok(Outcome::Done);
    }
    let written = squash.write(&kit.config.migrations, name, way)?;
    output.line(format_args!("it stands for {}", count(squash.replaces.len(), "migration")));
    wrote(kit, &written, &json!({ "status": "written", "replaces": squash.replaces }));
    Ok(Outcome::Done)
}

/// There is one version so far.
pub(super) fn up(kit: &Kit) -> Result<Outcome, Error> {
    let migrations = kit.migrations()?;
    let mut snapshots = 0;
    for migration in &migrations {
        snapshots += usize::from(migration.snapshot()?.is_some());
    }
    kit.output.line(format_args!(
        "{}, all of version {SNAPSHOT_VERSION}, which is the newest",
        count(snapshots, "snapshot")
    ));
    kit.output.json(&json!({ "status": "nothing", "snapshots": snapshots, "version": SNAPSHOT_VERSION }));
    Ok(Outcome::Done)
}

/// Says what is written, as the value says it but for the name.
fn wrote(kit: &Kit, path: &Path, value: &Value) {
    let name = path.display().to_string();
    kit.output.line(format_args!("wrote {name}"));
    let mut value = value.clone();
    if let Some(fields) = value.as_object_mut() {
        fields.insert("written".to_owned(), json!([name]));
    }
    kit.output.json(&value);
}

//! `mizzle lint`: what migrations would do to those who use the database meanwhile.

use super::Kit;
use super::args::Lint;
use super::output::{Outcome, count};
use crate::error::Error;
use crate::lint::{Finding, Level, lint as find, rules};
use crate::migrate::{State, Status};
use serde_json::{Value, json};

/// 3 if a statement does harm.
pub(super) async fn lint(kit: &Kit, args: &Lint) -> Result<Outcome, Error> {
    let Lint { names, all, advice, rules } = args;
    if *rules {
        list(kit);
        return Ok(Outcome::Done);
    }
    let migrations = kit.migrations()?;
    let every = || migrations.iter().map(|migration| migration.name().to_owned()).collect();
    let chosen: Vec<String> = if !names.is_empty() {
        names.clone()
    } else if *all {
        every()
    } else if kit.url().is_ok() {
        waiting(kit).await?
    } else {
        kit.output.note("no database is named, so these are all migrations");
        every()
    };
    let mut findings = Vec::new();
    if !chosen.is_empty() {
        findings = find(&migrations, &chosen.iter().map(String::as_str).collect::<Vec<_>>())?;
    }
    let dangers = findings.iter().filter(|finding| finding.is_danger()).count();
    let advices = findings.len() - dangers;
    findings.retain(|finding| *advice || finding.is_danger());
    for finding in &findings {
        kit.output.line(format_args!("{finding}\n"));
    }
    kit.output.note(format_args!(
        "{} looked at: {}",
        count(chosen.len(), "migration"),
        count(dangers, "danger"),
    ));
    if advices > 0 && !advice {
        kit.output.note(format_args!("`--advice` shows {} more", count(advices, "finding")));
    }
    if dangers > 0 {
        kit.output
            .note("what is right as it is, a comment above it allows: `-- mizzle: allow <rule>: <reason>`");
    }
    let status = if dangers == 0 { "clean" } else { "differs" };
    let values: Vec<Value> = findings.iter().map(value).collect();
    kit.output.json(&json!({ "status": status, "migrations": chosen, "findings": values }));
    Ok(if dangers == 0 { Outcome::Done } else { Outcome::Differs })
}

/// The migrations that the database does not have, or not all of.
async fn waiting(kit: &Kit) -> Result<Vec<String>, Error> {
    let all = kit.migrator()?.status().await?;
    let waits = |status: &Status| matches!(status.state, State::Pending { .. } | State::Partial { .. });
    Ok(all.into_iter().filter(waits).map(|status| status.name).collect())
}

fn value(finding: &Finding) -> Value {
    let Finding { file, line, rule, message, locks, lasts, safe } = finding;
    let locks: Vec<_> = locks
        .iter()
        .map(|lock| json!({ "level": lock.level.to_string(), "table": lock.table, "lasts": lasts }))
        .collect();
    json!({
        "file": file,
        "line": line,
        "rule": rule.name(),
        "level": word(rule.level()),
        "message": message,
        "locks": locks,
        "safe": safe,
    })
}

fn word(level: Level) -> &'static str {
    match level {
        Level::Danger => "danger",
        Level::Advice => "advice",
    }
}

fn list(kit: &Kit) {
    let longest = rules().map(|rule| rule.name().len()).max().unwrap_or_default();
    for rule in rules() {
        let (name, level, about) = (rule.name(), word(rule.level()), rule.about());
        kit.output.line(format_args!("{name:longest$}  {level}  {about}"));
    }
    let values: Vec<_> = rules()
        .map(|rule| json!({ "rule": rule.name(), "level": word(rule.level()), "about": rule.about() }))
        .collect();
    kit.output.json(&json!({ "status": "done", "rules": values }));
}

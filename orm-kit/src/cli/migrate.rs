//! Commands on the history of a database: `migrate`, `status`, `down`, `resolve`, `baseline`, `repair`, `reset`.

use super::Kit;
use super::args::{Baseline, Down, Migrate, Reset, Resolve};
use super::output::Outcome;
use crate::error::Error;
use crate::migrate::{Event, Everything, Migrator, Report, Resolution, State, Status, Target};
use crate::migration::read_all;
use crate::tool::{History, histories};
use serde_json::{Value, json};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

impl Kit {
    pub(super) fn migrator(&self) -> Result<Migrator, Error> {
        let migrations = read_all(&self.config.migrations)?;
        Ok(Migrator::new(&self.url()?).migrations(migrations).schema(&self.config.journal))
    }

    /// Tells how far other tools came.
    pub(super) fn tell(&self, histories: &[History]) -> Vec<Value> {
        let mut values = Vec::new();
        for history in histories {
            let History { tool, table, applied, last, unfinished: _ } = history;
            self.output.note(format_args!("{history}; {table} stays as it is, and is no part of the schema"));
            values.push(json!({
                "tool": tool.to_string(),
                "table": table.to_string(),
                "applied": applied,
                "last": last,
            }));
        }
        values
    }

    /// Tells a person what a migrator does.
    fn progress(&self) -> impl FnMut(Event<'_>) + Send + use<> {
        let output = self.output;
        move |event: Event<'_>| output.note(&event)
    }
}

pub(super) async fn migrate(kit: &Kit, args: &Migrate) -> Result<Outcome, Error> {
    let Migrate { contract, dry_run, not_empty, missing, lock_timeout } = args;
    let mut migrator = kit.migrator()?.contract(*contract).not_empty(*not_empty).missing(*missing);
    if let Some(time) = lock_timeout {
        migrator = migrator.lock_timeout(Duration::from_millis(*time));
    }
    if *dry_run {
        return dry(kit, &migrator).await;
    }
    let Report { applied, waiting } = migrator.run(&mut kit.progress()).await?;
    if applied.is_empty() && waiting.is_empty() {
        kit.output.line("the database has all migrations");
    } else {
        kit.output.line(format_args!("{} applied, {} left for later", applied.len(), waiting.len()));
    }
    kit.output.json(&json!({ "status": "done", "applied": applied, "waiting": waiting }));
    Ok(Outcome::Done)
}

async fn dry(kit: &Kit, migrator: &Migrator) -> Result<Outcome, Error> {
    let steps = migrator.dry_run().await?;
    let mut migration = "";
    let mut all: Vec<Value> = Vec::new();
    for step in &steps {
        if step.migration != migration {
            migration = &step.migration;
            let contract = if step.contract { ", a contract: only with `--contract`" } else { "" };
            kit.output.line(format_args!("-- {migration}{contract}"));
        }
        let locks = match &step.locks {
            None => vec!["only the server knows what it locks".to_owned()],
            Some(locks) => locks.iter().map(|lock| format!("{} on {}", lock.level, lock.table)).collect(),
        };
        let words = if locks.is_empty() { "no lock on a table".to_owned() } else { locks.join("; ") };
        kit.output.line(format_args!("-- {}:{}: {words}\n{};", step.file, step.line, step.sql));
        all.push(json!({
            "migration": step.migration,
            "contract": step.contract,
            "file": step.file,
            "line": step.line,
            "sql": step.sql,
            "locks": locks,
        }));
    }
    kit.output.json(&json!({ "status": "dry-run", "statements": all }));
    Ok(Outcome::Done)
}

/// 3 if the database does not have all that it is to have.
pub(super) async fn status(kit: &Kit) -> Result<Outcome, Error> {
    let all = kit.migrator()?.status().await?;
    for Status { name, state } in &all {
        kit.output.line(format_args!("{:<9} {name}{}", word(state), remark(state)));
    }
    let waits = |status: &Status| !matches!(status.state, State::Applied { .. });
    let waiting = all.iter().filter(|status| waits(status)).count();
    kit.output.note(format_args!("{} migrations, {waiting} of them not as they should be", all.len()));
    let values: Vec<_> = all
        .iter()
        .map(|Status { name, state }| {
            json!({ "name": name, "state": word(state), "applied_at": applied_at(state) })
        })
        .collect();
    kit.output
        .json(&json!({ "status": if waiting == 0 { "done" } else { "differs" }, "migrations": values }));
    Ok(if waiting == 0 { Outcome::Done } else { Outcome::Differs })
}

fn word(state: &State) -> &'static str {
    match state {
        State::Pending { .. } => "pending",
        State::Applied { .. } => "applied",
        State::Edited { .. } => "edited",
        State::Missing => "missing",
        State::Partial { .. } => "partial",
    }
}

fn remark(state: &State) -> String {
    match state {
        State::Pending { contract: true } => ", a contract".to_owned(),
        State::Pending { contract: false } | State::Applied { .. } => String::new(),
        State::Edited { .. } => {
            ": its file is not what was applied; undo the edit, or `mizzle repair`".to_owned()
        }
        State::Missing => ": the database has it, and there is no folder".to_owned(),
        State::Partial { reverting, at: _, done, error } => {
            let what = if *reverting { "being taken back" } else { "begun" };
            let error = error.as_ref().map(|error| format!(": {error}")).unwrap_or_default();
            format!(": {what}, {done} statements done{error}")
        }
    }
}

/// Seconds since 1970.
fn applied_at(state: &State) -> Option<u64> {
    let (State::Applied { at } | State::Edited { at }) = state else { return None };
    seconds(*at)
}

fn seconds(at: SystemTime) -> Option<u64> {
    at.duration_since(UNIX_EPOCH).ok().map(|since| since.as_secs())
}

pub(super) async fn down(kit: &Kit, args: &Down) -> Result<Outcome, Error> {
    let target = match &args.to {
        Some(name) => Target::To(name),
        None => Target::Steps(args.steps),
    };
    let reverted = kit.migrator()?.down(target, &mut kit.progress()).await?;
    kit.output.line(format_args!("{} taken back", reverted.len()));
    kit.output.json(&json!({ "status": "done", "reverted": reverted }));
    Ok(Outcome::Done)
}

pub(super) async fn resolve(kit: &Kit, args: &Resolve) -> Result<Outcome, Error> {
    let (name, resolution) = match (&args.applied, &args.rolled_back) {
        (Some(name), _) => (name, Resolution::Applied),
        (None, Some(name)) => (name, Resolution::RolledBack),
        (None, None) => return Err(Error::new("say `--applied NAME` or `--rolled-back NAME`")),
    };
    kit.migrator()?.resolve(name, resolution).await?;
    kit.output.line(format_args!("{name}: noted"));
    kit.output.json(&json!({ "status": "done" }));
    Ok(Outcome::Done)
}

pub(super) async fn baseline(kit: &Kit, args: &Baseline) -> Result<Outcome, Error> {
    let migrations = read_all(&kit.config.migrations)?;
    let last = match &args.name {
        Some(name) => name.clone(),
        None => migrations.head()?.map(|head| head.name().to_owned()).ok_or_else(|| {
            Error::new("there are no migrations").advise("`mizzle pull --init` writes the first")
        })?,
    };
    let client = orm_postgres::connect_driver(&kit.url()?).await?;
    let others = kit.tell(&histories(&client).await?);
    let noted = kit.migrator()?.baseline(&last).await?;
    for name in &noted {
        kit.output.line(format_args!("{name}: noted as applied"));
    }
    kit.output.json(&json!({ "status": "done", "applied": noted, "others": others }));
    Ok(Outcome::Done)
}

pub(super) async fn repair(kit: &Kit) -> Result<Outcome, Error> {
    let repaired = kit.migrator()?.repair(&mut kit.progress()).await?;
    for name in &repaired.accepted {
        kit.output.line(format_args!("{name}: its file is accepted as it is"));
    }
    for index in &repaired.dropped {
        kit.output.line(format_args!("dropped the invalid index {index}"));
    }
    if repaired.accepted.is_empty() && repaired.dropped.is_empty() {
        kit.output.line("there is nothing to repair");
    }
    kit.output.json(&json!({ "status": "done", "accepted": repaired.accepted, "dropped": repaired.dropped }));
    Ok(Outcome::Done)
}

pub(super) async fn reset(kit: &Kit, args: &Reset) -> Result<Outcome, Error> {
    let migrator = kit.migrator()?.contract(true);
    if !args.force {
        if !kit.output.can_ask() {
            return Err(
                Error::new("everything in the database would go").advise("if this is meant, say `--force`")
            );
        }
        let choices = ["no, stop".to_owned(), "yes, drop everything".to_owned()];
        if kit.output.ask("everything in the database goes, the data too; is this meant?", &choices)? == 0 {
            return Ok(Outcome::Differs);
        }
    }
    migrator.reset(Everything, &mut kit.progress()).await?;
    let Report { applied, waiting: _ } = migrator.run(&mut kit.progress()).await?;
    kit.output.line(format_args!("emptied, and {} migrations applied", applied.len()));
    kit.output.json(&json!({ "status": "done", "applied": applied }));
    Ok(Outcome::Done)
}

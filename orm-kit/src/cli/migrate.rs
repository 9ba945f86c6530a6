//! Commands on the history of a database: `migrate`, `status`, `down`, `resolve`, `baseline`, `repair`, `reset`.

use super::Kit;
use super::args::{Baseline, Down, Migrate, Reset, Resolve};
use super::decide::is_meant;
use super::output::{Outcome, Output, count};
use super::watch::Watch;
use crate::error::Error;
use crate::migrate::{Everything, Migrator, Report, Resolution, State, Status, Target};
use crate::migration::{Migrations, read_all};
use crate::plan::HazardKind;
use crate::tool::{History, histories};
use serde_json::{Value, json};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

impl Kit {
    pub(super) fn migrator(&self) -> Result<Migrator, Error> {
        let migrations = self.migrations()?;
        Ok(Migrator::new(&self.url()?).migrations(migrations).schema(&self.config.journal).steps(&self.steps))
    }

    /// The migrations, of which there must be a folder: a wrong path should not be taken for a database that has all.
    pub(super) fn migrations(&self) -> Result<Migrations, Error> {
        let folder = &self.config.migrations;
        if !folder.is_dir() {
            return Err(Error::new("there is no such folder of migrations")
                .in_file(folder.display().to_string())
                .advise("run `mizzle generate`, which makes it, or correct `migrations` in mizzle.toml"));
        }
        read_all(folder)
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
    fn progress(&self) -> Watch {
        Watch::new(self.output)
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
    kit.url_of_database().await?;
    let Report { applied, waiting } = migrator.run(&mut kit.progress()).await?;
    kit.output.line(match (applied.len(), waiting.len()) {
        (0, 0) if kit.migrations()?.iter().len() == 0 => "there are no migrations yet".to_owned(),
        (0, 0) => "the database has all migrations".to_owned(),
        (applied, 0) => format!("applied {}", count(applied, "migration")),
        (applied, waiting) => format!(
            "applied {}; {} left for `--contract`, when no older code runs any more",
            count(applied, "migration"),
            waiting
        ),
    });
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
            let contract = match (step.contract, step.waits) {
                (true, true) => ", a contract: only with `--contract`",
                (false, true) => ", behind a contract: only with `--contract`",
                (true, false) => ", a contract",
                (false, false) => "",
            };
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
            "waits": step.waits,
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
    let number = |contract| all.iter().filter(|status| status.state == State::Pending { contract }).count();
    let (plain, contracts) = (number(false), number(true));
    kit.output.note(match waiting {
        0 => format!("the database has all of {}", count(all.len(), "migration")),
        waiting if waiting > plain + contracts => {
            format!("{} of {} not as they should be", waiting, count(all.len(), "migration"))
        }
        waiting => format!("{} to apply{}", count(waiting, "migration"), of_them(plain, contracts)),
    });
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

/// How many of those that are to be applied are contracts.
fn of_them(plain: usize, contracts: usize) -> String {
    match (plain, contracts) {
        (_, 0) => String::new(),
        (0, 1) => ", a contract".to_owned(),
        (_, 1) => ", 1 of them a contract".to_owned(),
        (_, contracts) => format!(", {contracts} of them contracts"),
    }
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
            format!(": {what}, {} done{error}", count(*done, "statement"))
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
    let migrator = kit.migrator()?.data_loss(true);
    if !args.allow.contains(&HazardKind::DataLoss) {
        let lossy = migrator.data_lost_by(target).await?;
        if !lossy.is_empty() && !agree_to_loss(&lossy, kit.output)? {
            return Ok(Outcome::Differs);
        }
    }
    let reverted = migrator.down(target, &mut kit.progress()).await?;
    kit.output.line(match reverted.len() {
        0 => "there is nothing to take back".to_owned(),
        reverted => format!("took back {}", count(reverted, "migration")),
    });
    kit.output.json(&json!({ "status": "done", "reverted": reverted }));
    Ok(Outcome::Done)
}

fn agree_to_loss(lossy: &[String], output: Output) -> Result<bool, Error> {
    for name in lossy {
        output.note(format_args!("data-loss: taking {name} back loses data, as its down.sql says"));
    }
    let hazards = lossy.iter().map(|name| json!({ "kind": "data-loss", "migration": name })).collect();
    is_meant(&[HazardKind::DataLoss], hazards, output)
}

pub(super) async fn resolve(kit: &Kit, args: &Resolve) -> Result<Outcome, Error> {
    let (name, resolution) = match (&args.applied, &args.rolled_back) {
        (Some(name), _) => (name, Resolution::Applied),
        (None, Some(name)) => (name, Resolution::RolledBack),
        (None, None) => return Err(Error::new("say `--applied NAME` or `--rolled-back NAME`")),
    };
    kit.migrator()?.resolve(name, resolution).await?;
    let word = if resolution == Resolution::Applied { "applied" } else { "not applied" };
    kit.output.line(format_args!("{name}: noted as {word}"));
    kit.output.json(&json!({ "status": "done" }));
    Ok(Outcome::Done)
}

pub(super) async fn baseline(kit: &Kit, args: &Baseline) -> Result<Outcome, Error> {
    let migrations = kit.migrations()?;
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
    if noted.is_empty() {
        kit.output.line(format_args!("the database has {last} already"));
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
    kit.url_of_database().await?;
    migrator.reset(Everything, &mut kit.progress()).await?;
    let Report { applied, waiting: _ } = migrator.run(&mut kit.progress()).await?;
    kit.output.line(format_args!("emptied the database, and applied {}", count(applied.len(), "migration")));
    kit.output.json(&json!({ "status": "done", "applied": applied }));
    Ok(Outcome::Done)
}

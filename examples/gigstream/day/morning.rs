//! People arrive, and there is work to do.

use super::{Cast, Told, heading, usdc};
use crate::calls::workers::{self, NewWorker, RegisterError};
use crate::calls::{audit, platforms, tasks};
use crate::schema::{Task, TaskType, Worker};
use chrono::{TimeDelta, Utc};
use mizzle::prelude::*;
use rust_decimal::Decimal;

fn new_worker<'a>(name: &'a str, email: &'a str, wallet: &'a str) -> NewWorker<'a> {
    NewWorker {
        email: Some(email),
        password_hash: Some("argon2id$made-up"),
        display_name: name,
        wallet_address: wallet,
    }
}

async fn arrive(db: &Db, worker: NewWorker<'_>) -> Result<Worker, RegisterError> {
    let worker = workers::register(db, worker).await?;
    say!("  {} registers, with a score of {}.", worker.display_name, worker.reputation_score.unwrap_or(0));
    Ok(worker)
}

pub(super) async fn register(db: &Db) -> Told<Cast> {
    heading("08:00  People arrive");
    let platform = platforms::register(db, "Labelworks", "work@labelworks.example", "5f2c").await?;
    say!("  The platform {} registers.", platform.name);
    platforms::register(db, "Parcelo", "hello@parcelo.example", "9a41").await?;
    say!("  So does Parcelo, which orders nothing today.");
    let ada = arrive(db, new_worker("Ada", "ada@example.com", "0xada")).await?;
    let bob = arrive(db, new_worker("Bob", "bob@example.com", "0xb0b")).await?;
    for (name, email, wallet) in [("Adam", "ada@example.com", "0xada3"), ("Eve", "eve@example.com", "0xada")]
    {
        match arrive(db, new_worker(name, email, wallet)).await {
            Ok(_) => say!("  Nobody noticed."),
            Err(error) => say!("  {name} cannot register: {error}."),
        }
    }
    Ok(Cast { ada, bob, platform, tasks: Vec::new() })
}

pub(super) async fn log_in(db: &Db) -> Told {
    let found = workers::log_in(db, "ada@example.com").await?.ok_or("Ada is unknown")?;
    let is_active = workers::verify(db, found.id).await?;
    workers::touch_last_login(db, found.id).await?;
    say!("  {} logs in; her token is {}.", found.display_name, if is_active { "good" } else { "bad" });
    let nobody = workers::log_in(db, "mallory@example.com").await?;
    say!("  Mallory tries: {}.", if nobody.is_some() { "welcome" } else { "no such worker" });
    Ok(())
}

pub(super) async fn order(db: &Db, cast: &Cast) -> Told<Vec<Task>> {
    heading("09:00  Labelworks orders work");
    let (now, ada, bob) = (Utc::now(), cast.ada.id, cast.bob.id);
    let orders = [
        ("Label 500 images", TaskType::Fixed, ada, 1250, Some(now + TimeDelta::hours(8))),
        ("Check the labels", TaskType::Fixed, ada, 400, Some(now + TimeDelta::hours(9))),
        ("Transcribe an interview", TaskType::Milestone, bob, 3000, Some(now - TimeDelta::hours(1))),
        ("Answer the support chat", TaskType::TimeBased, bob, 3600, None),
    ];
    let mut ordered = Vec::new();
    for (title, kind, worker, cents, due_date) in orders {
        let task = tasks::NewTask {
            platform_id: cast.platform.id,
            worker_id: Some(worker),
            external_task_id: None,
            title,
            kind,
            payment_amount_usdc: Decimal::new(cents, 2),
            due_date,
        };
        let task = tasks::create(db, task).await?;
        say!("  {:<24} {}", task.title, usdc(task.payment_amount_usdc));
        ordered.push(task);
    }
    let first = ordered.first().ok_or("nothing was ordered")?;
    let log = audit::of(db, first.id.0).await?;
    let actions: Vec<_> = log.iter().map(|entry| entry.action.as_str()).collect();
    say!("  The audit log has of the first: {}.", actions.join(", "));
    Ok(ordered)
}

//! A move that is killed in each of its batches.

use super::helper::{TestResult, agreed, made_up};
use mizzle::prelude::*;
use orm_kit::migrate::{Batch, Moved, Step};
use std::cell::Cell;
use std::future::pending;
use std::sync::Arc;
use tokio::sync::Notify;
use tokio::task_local;
use video::migrations::until;
use video::steps;

task_local! {
    /// How many batches are left until the end, and who is told that it has come.
    static LEFT: (Cell<u32>, Arc<Notify>);
}

/// The steps of the program, in small batches, the last of which does not live to be committed.
const DYING: &[Step] = orm_kit::steps![accounts, rooms, audit_trail];

async fn accounts(tx: &Tx, batch: Batch) -> Result<Moved, mizzle::Error> {
    dying(steps::accounts(tx, small(batch)).await?).await
}

async fn rooms(tx: &Tx, batch: Batch) -> Result<Moved, mizzle::Error> {
    dying(steps::rooms(tx, small(batch)).await?).await
}

async fn audit_trail(tx: &Tx, batch: Batch) -> Result<Moved, mizzle::Error> {
    dying(steps::audit_trail(tx, small(batch)).await?).await
}

fn small(batch: Batch) -> Batch {
    Batch { rows: batch.rows.min(100), ..batch }
}

async fn dying(moved: Moved) -> Result<Moved, mizzle::Error> {
    let end = LEFT.with(|(left, end)| {
        let now = left.get();
        left.set(now.saturating_sub(1));
        (now == 0).then(|| end.clone())
    });
    if let Some(end) = end {
        end.notify_one();
        pending::<()>().await;
    }
    Ok(moved)
}

/// Every row of the new tables, without the keys that the server made up.
async fn rows(db: &Db) -> TestResult<Vec<String>> {
    let sql = sql!(
        "select 'user ' || (u.*)::text from video.users u
         union all select 'provider ' || (user_id, provider_type, provider_id, provider_email)::text
         from video.auth_providers
         union all select 'room ' || (r.*)::text from video.rooms r
         union all select 'log ' || (l.*)::text from video.audit_logs l
         order by 1"
    );
    Ok(sql.to::<String>().all(db).await?)
}

#[tokio::test]
async fn a_move_that_is_killed_in_each_batch_moves_the_same_rows() -> TestResult {
    let (db, database) = made_up("expand").await?;
    let mut runs = 0;
    loop {
        // One batch is done, and the next one is lost.
        let (killed, migrator) = (Arc::new(Notify::new()), until("move", database.url())?.steps(DYING));
        let left = (Cell::new(1), killed.clone());
        let done = tokio::select! {
            done = LEFT.scope(left, async { migrator.run(&mut ()).await }) => Some(done?),
            () = killed.notified() => None,
        };
        runs += 1;
        if done.is_some() {
            break;
        }
    }
    // 3 batches of users, 4 of meetings, 11 of entries: each was the last one of a run but those of the last run.
    assert!((16..=18).contains(&runs), "{runs}");
    agreed(&db).await?;

    let (unharmed, _database) = made_up("move").await?;
    let (found, expected) = (rows(&db).await?, rows(&unharmed).await?);
    assert!(found == expected, "{} rows, of {}", found.len(), expected.len());
    Ok(())
}

//! Bob is paid while he works.

use super::{Cast, Told, heading, task, usdc};
use crate::calls::streams::{self, NewStream};
use crate::schema::StreamStatus;
use chrono::{TimeDelta, Utc};
use mizzle::prelude::*;
use rust_decimal::Decimal;

pub(super) async fn stream(db: &Db, cast: &Cast) -> Told {
    heading("16:00  Bob is paid by the second");
    let chat = task(cast, "Answer the support chat")?;
    let start = Utc::now() - TimeDelta::minutes(30);
    let order = NewStream {
        worker_id: cast.bob.id,
        platform_id: cast.platform.id,
        task_id: Some(chat.id),
        contract_address: "0x57ea",
        contract_stream_id: 1,
        total_amount_usdc: chat.payment_amount_usdc,
        start_time: start,
        end_time: start + TimeDelta::hours(1),
        release_interval: 600,
        next_release_at: Some(start + TimeDelta::minutes(10)),
    };
    let stream = streams::open(db, order).await?;
    let lunch = streams::open(db, NewStream { contract_stream_id: 2, task_id: None, ..order }).await?;
    streams::pause(db, lunch.id).await?;
    say!("  Two streams are opened; one is paused for lunch.");
    // Each 10 minutes of the half hour that has passed are due on their own.
    loop {
        let due = streams::due(db).await?;
        let Some(due) = due.into_iter().next() else { break };
        let share = Decimal::from(6);
        let Some(after) = streams::record_release(db, due.stream.id, share).await? else { break };
        let what = due.task.map_or_else(|| "nothing".to_owned(), |task| task.title);
        say!(
            "  {} releases {} to {} for \"{what}\"; {} of {} so far.",
            due.platform.name,
            usdc(share),
            due.worker.display_name,
            usdc(after.released_amount_usdc.unwrap_or_default()),
            usdc(after.total_amount_usdc)
        );
    }
    let rest = stream.total_amount_usdc;
    if let Some(stream) = streams::record_release(db, stream.id, rest).await? {
        let done = stream.status == StreamStatus::Completed;
        say!(
            "  The rest follows at once, and the stream is {}.",
            if done { "complete" } else { "not complete" }
        );
    }
    streams::complete(db, lunch.id).await?;
    say!("  The other one is closed. Due now: {}.", streams::due(db).await?.len());
    Ok(())
}

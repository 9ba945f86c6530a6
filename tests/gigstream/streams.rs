//! Streams that are due, released, paused and completed.

use crate::calls::payments::{self, Order, Payment};
use crate::calls::streams::{self, NewStream};
use crate::schema::{Stream, StreamStatus, Transaction, TransactionStatus};
use crate::service::Service;
use crate::{TestResult, rows};
use chrono::{TimeDelta, Utc};
use mizzle::prelude::*;
use rust_decimal::Decimal;

/// A stream of 10 USDC that was to be released so many minutes ago, for a task or for none.
async fn open(service: &Service, minutes: i64, has_task: bool) -> Result<Stream, Box<dyn std::error::Error>> {
    let name = format!("due{minutes}");
    let (worker, platform) = (service.worker(&name).await?, service.platform(&name).await?);
    let task = service.task(&platform, &worker, &name).await?;
    let now = Utc::now();
    let stream = NewStream {
        worker_id: worker.id,
        platform_id: platform.id,
        task_id: has_task.then_some(task.id),
        contract_address: "0x57ea",
        contract_stream_id: 1,
        total_amount_usdc: Decimal::TEN,
        start_time: now - TimeDelta::hours(1),
        end_time: now + TimeDelta::hours(1),
        release_interval: 60,
        next_release_at: Some(now - TimeDelta::minutes(minutes)),
    };
    Ok(streams::open(&service.db, stream).await?)
}

#[tokio::test]
async fn what_is_due_comes_in_order_and_with_all_that_belongs_to_it() -> TestResult {
    let service = Service::start().await?;
    let (five, seven) = (open(&service, 5, true).await?, open(&service, 7, false).await?);
    let paused = open(&service, 9, true).await?;
    open(&service, -5, true).await?;
    streams::pause(&service.db, paused.id).await?;
    service.sent();
    let due = streams::due(&service.db).await?;
    let names: Vec<_> = due
        .iter()
        .map(|due| {
            let task = due.task.as_ref().map(|task| task.title.as_str());
            (due.stream.id, task, due.worker.display_name.as_str(), due.platform.name.as_str())
        })
        .collect();
    assert_eq!(names, [(seven.id, None, "due7", "due7"), (five.id, Some("due5"), "due5", "due5")]);
    let sent = service.sent().concat();
    let (_, from) = sent.split_once(" from ").ok_or("no FROM clause")?;
    assert_eq!(
        from,
        r#""streams" left join "tasks" on "streams"."task_id" = "tasks"."id" join "workers" on "streams"."worker_id" = "workers"."id" join "platforms" on "streams"."platform_id" = "platforms"."id" where "streams"."status" = $1::"stream_status" and "streams"."next_release_at" <= now() order by "streams"."next_release_at""#
    );
    Ok(())
}

#[tokio::test]
async fn releases_are_recorded_until_nothing_is_left() -> TestResult {
    let service = Service::start().await?;
    let stream = open(&service, 5, true).await?;
    let db = &service.db;
    let after = streams::record_release(db, stream.id, Decimal::from(4)).await?.ok_or("not active")?;
    assert_eq!((after.status, after.released_amount_usdc), (StreamStatus::Active, Some(Decimal::from(4))));
    assert_eq!(after.next_release_at, stream.next_release_at.map(|at| at + TimeDelta::minutes(1)));
    // There are 6 left, whatever is asked for.
    let after = streams::record_release(db, stream.id, Decimal::from(40)).await?.ok_or("not active")?;
    assert_eq!((after.status, after.released_amount_usdc), (StreamStatus::Completed, Some(Decimal::TEN)));
    assert_eq!((after.next_release_at, after.completed_at.is_some()), (None, true));
    assert_eq!(streams::record_release(db, stream.id, Decimal::ONE).await?, None);
    // What a stream has paid for is not paid for again.
    let order = Order { task: stream.task_id.ok_or("no task")?, from_wallet: "0xfrom", fee: Decimal::ZERO };
    let again = payments::execute(db, order).await?;
    assert!(matches!(again, Payment::MadeBefore(first) if first.amount_usdc == Decimal::from(4)));
    let amounts = select((Transaction.amount_usdc, Transaction.status))
        .from(Transaction)
        .filter(Transaction.stream_id.eq(stream.id))
        .order_by(Transaction.created_at)
        .all(db)
        .await?;
    let submitted = TransactionStatus::Submitted;
    assert_eq!(amounts, [(Decimal::from(4), submitted), (Decimal::from(6), submitted)]);
    Ok(())
}

#[tokio::test]
async fn what_is_paused_is_not_released_but_can_be_completed() -> TestResult {
    let service = Service::start().await?;
    let stream = open(&service, 5, true).await?;
    let db = &service.db;
    let paused = streams::pause(db, stream.id).await?.ok_or("not active")?;
    assert_eq!((paused.status, paused.paused_at.is_some()), (StreamStatus::Paused, true));
    assert_eq!(streams::pause(db, stream.id).await?, None);
    assert_eq!(streams::record_release(db, stream.id, Decimal::ONE).await?, None);
    assert_eq!((streams::due(db).await?, rows!(service, Transaction)), (vec![], 0));
    let completed = streams::complete(db, stream.id).await?.ok_or("complete before")?;
    assert_eq!((completed.status, completed.completed_at.is_some()), (StreamStatus::Completed, true));
    assert_eq!(streams::complete(db, stream.id).await?, None);
    Ok(())
}

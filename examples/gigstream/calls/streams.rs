//! Streams: what is due is released, bit by bit, until the stream is done.

use crate::schema::{
    Platform, PlatformId, Stream, StreamId, StreamStatus, Task, TaskId, Transaction, TransactionStatus,
    TransactionType, Worker, WorkerId,
};
use chrono::{DateTime, Utc};
use mizzle::prelude::*;
use rust_decimal::Decimal;

#[derive(Debug, Clone, Copy, Insert)]
#[orm(table = Stream)]
pub struct NewStream<'a> {
    pub worker_id: WorkerId,
    pub platform_id: PlatformId,
    pub task_id: Option<TaskId>,
    pub contract_address: &'a str,
    pub contract_stream_id: i32,
    pub total_amount_usdc: Decimal,
    pub start_time: DateTime<Utc>,
    pub end_time: DateTime<Utc>,
    pub release_interval: i32,
    pub next_release_at: Option<DateTime<Utc>>,
}

pub async fn open(db: &impl Executor, stream: NewStream<'_>) -> Result<Stream, mizzle::Error> {
    insert(Stream).row(&stream).returning(Stream).one(db).await
}

/// A stream with everything that releasing it needs.
#[derive(Row, Debug, PartialEq)]
pub struct Due {
    pub stream: Stream,
    pub task: Option<Task>,
    pub worker: Worker,
    pub platform: Platform,
}

/// The streams that are to be released now, the longest overdue first.
pub async fn due(db: &impl Executor) -> Result<Vec<Due>, mizzle::Error> {
    select((Stream, Task, Worker, Platform))
        .from(Stream)
        .left_join(Task, Stream.task_id.eq(Task.id))
        .join(Worker, Stream.worker_id.eq(Worker.id))
        .join(Platform, Stream.platform_id.eq(Platform.id))
        .filter(Stream.status.eq(StreamStatus::Active))
        .filter(Stream.next_release_at.lte(now()))
        .order_by(Stream.next_release_at)
        .to::<Due>()
        .all(db)
        .await
}

/// Records that an amount was released, never more than is left; the stream that has released all is complete.
/// `None` if there is no such stream that is active.
pub async fn record_release(db: &Db, id: StreamId, amount: Decimal) -> Result<Option<Stream>, mizzle::Error> {
    db.transaction(async |tx| {
        let active = select(Stream).find(id).filter(Stream.status.eq(StreamStatus::Active)).for_update();
        let Some(stream) = active.optional(tx).await? else { return Ok(None) };
        let before = stream.released_amount_usdc.unwrap_or_default();
        let amount = amount.min(stream.total_amount_usdc - before);
        insert(Transaction)
            .set(Transaction.worker_id, stream.worker_id)
            .set(Transaction.platform_id, stream.platform_id)
            .set(Transaction.task_id, stream.task_id)
            .set(Transaction.stream_id, id)
            .set(Transaction.kind, TransactionType::Payout)
            .set(Transaction.status, TransactionStatus::Submitted)
            .set(Transaction.amount_usdc, amount)
            .execute(tx)
            .await?;
        if before + amount == stream.total_amount_usdc {
            update(Stream).set(Stream.released_amount_usdc, before + amount).find(id).execute(tx).await?;
            return complete(tx, id).await;
        }
        let interval = Interval::seconds(stream.release_interval);
        update(Stream)
            .set(Stream.released_amount_usdc, before + amount)
            .set(Stream.next_release_at, Stream.next_release_at + interval)
            .find(id)
            .returning(Stream)
            .optional(tx)
            .await
    })
    .await
}

pub async fn pause(db: &impl Executor, id: StreamId) -> Result<Option<Stream>, mizzle::Error> {
    update(Stream)
        .set(Stream.status, StreamStatus::Paused)
        .set(Stream.paused_at, now())
        .find(id)
        .filter(Stream.status.eq(StreamStatus::Active))
        .returning(Stream)
        .optional(db)
        .await
}

/// What is paused or active can be completed.
pub async fn complete(db: &impl Executor, id: StreamId) -> Result<Option<Stream>, mizzle::Error> {
    update(Stream)
        .set(Stream.status, StreamStatus::Completed)
        .set(Stream.completed_at, now())
        .set(Stream.next_release_at, null())
        .find(id)
        .filter(Stream.status.in_([StreamStatus::Active, StreamStatus::Paused]))
        .returning(Stream)
        .optional(db)
        .await
}

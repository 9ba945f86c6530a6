//! Paying for tasks: once, whole, and again when it failed.

use super::audit::{self, Entry};
use super::page::{Page, PageRequest};
use super::tasks;
use crate::schema::{
    Platform, Task, TaskId, Transaction, TransactionId, TransactionStatus, TransactionType, Worker, WorkerId,
};
use mizzle::prelude::*;
use rust_decimal::Decimal;
use serde_json::json;

#[derive(Debug, Clone, Copy)]
pub struct Order<'a> {
    pub task: TaskId,
    pub from_wallet: &'a str,
    pub fee: Decimal,
}

#[derive(Debug, PartialEq)]
pub enum Payment {
    Made(Transaction),
    /// By an earlier call: nothing was done now.
    MadeBefore(Transaction),
    /// There is no such task, or nobody to be paid for it.
    Impossible,
}

/// Pays for a task: all of it happens, or nothing. A task that was paid, at once or by a stream, is not paid again; a
/// payment that failed is to be tried again.
pub async fn execute(db: &Db, order: Order<'_>) -> Result<Payment, mizzle::Error> {
    db.transaction(async |tx| {
        // Whoever pays for the same task meanwhile waits here.
        let found = select((Task, Worker))
            .from(Task)
            .join(Worker, Task.worker_id.eq(Worker.id))
            .filter(Task.id.eq(order.task))
            .for_update()
            .of(Task)
            .optional(tx)
            .await?;
        let Some((task, worker)) = found else { return Ok(Payment::Impossible) };
        let earlier = select(Transaction)
            .filter(Transaction.task_id.eq(task.id))
            .filter(Transaction.kind.eq(TransactionType::Payout))
            .filter(Transaction.status.ne(TransactionStatus::Cancelled))
            .order_by(Transaction.created_at)
            .limit(1)
            .optional(tx)
            .await?;
        if let Some(earlier) = earlier {
            return Ok(Payment::MadeBefore(earlier));
        }
        let payment = insert(Transaction)
            .set(Transaction.worker_id, worker.id)
            .set(Transaction.platform_id, task.platform_id)
            .set(Transaction.task_id, task.id)
            .set(Transaction.kind, TransactionType::Payout)
            .set(Transaction.status, TransactionStatus::Submitted)
            .set(Transaction.amount_usdc, task.payment_amount_usdc)
            .set(Transaction.fee_usdc, order.fee)
            .set(Transaction.from_wallet, order.from_wallet)
            .set(Transaction.to_wallet, &worker.wallet_address)
            .returning(Transaction)
            .one(tx)
            .await?;
        tasks::finish(tx, task.id, None).await?;
        let entry = Entry {
            actor_type: "platform",
            actor_id: Some(task.platform_id.0),
            action: "payment.execute",
            resource_type: Some("transaction"),
            resource_id: Some(payment.id.0),
            changes_before: None,
            changes_after: Some(json!({ "amount": payment.amount_usdc.to_string() })),
            success: true,
        };
        audit::record(tx, entry).await?;
        Ok(Payment::Made(payment))
    })
    .await
}

/// The chain has the transaction: the money is the worker's.
pub async fn confirm(
    db: &Db,
    id: TransactionId,
    tx_hash: &str,
    block: i32,
) -> Result<Option<Transaction>, mizzle::Error> {
    db.transaction(async |tx| {
        let confirmed = update(Transaction)
            .set(Transaction.status, TransactionStatus::Confirmed)
            .set(Transaction.tx_hash, tx_hash)
            .set(Transaction.block_number, block)
            .set(Transaction.confirmed_at, now())
            .find(id)
            .filter(Transaction.status.in_([TransactionStatus::Pending, TransactionStatus::Submitted]))
            .returning(Transaction)
            .optional(tx)
            .await?;
        if confirmed.is_none() {
            return Ok(None);
        }
        update(Worker)
            .from(Transaction)
            .set(
                Worker.total_earnings_usdc,
                coalesce(Worker.total_earnings_usdc, 0) + Transaction.amount_usdc,
            )
            .filter(Worker.id.eq(Transaction.worker_id))
            .filter(Transaction.id.eq(id))
            .execute(tx)
            .await?;
        update(Platform)
            .from(Transaction)
            .set(
                Platform.total_payments_usdc,
                coalesce(Platform.total_payments_usdc, 0) + Transaction.amount_usdc,
            )
            .filter(Platform.id.eq(Transaction.platform_id))
            .filter(Transaction.id.eq(id))
            .execute(tx)
            .await?;
        update(Task)
            .from(Transaction)
            .set(Task.paid_amount_usdc, coalesce(Task.paid_amount_usdc, 0) + Transaction.amount_usdc)
            .filter(Task.id.eq(Transaction.task_id))
            .filter(Transaction.id.eq(id))
            .execute(tx)
            .await?;
        Ok(confirmed)
    })
    .await
}

/// The chain refused the transaction.
pub async fn fail(db: &impl Executor, id: TransactionId, message: &str) -> Result<bool, mizzle::Error> {
    let failed = update(Transaction)
        .set(Transaction.status, TransactionStatus::Failed)
        .set(Transaction.error_message, message)
        .find(id)
        .filter(Transaction.status.in_([TransactionStatus::Pending, TransactionStatus::Submitted]))
        .execute(db)
        .await?;
    Ok(failed == 1)
}

/// How often a failed payment is tried again.
const RETRIES: i32 = 3;

/// Tries a failed payment again; `None` if it has not failed, or too often.
pub async fn retry(db: &impl Executor, id: TransactionId) -> Result<Option<Transaction>, mizzle::Error> {
    update(Transaction)
        .set(Transaction.status, TransactionStatus::Pending)
        .set(Transaction.retry_count, coalesce(Transaction.retry_count, 0) + 1)
        .set(Transaction.error_message, null())
        .find(id)
        .filter(Transaction.status.eq(TransactionStatus::Failed))
        .filter(Transaction.retry_count.lt(RETRIES))
        .returning(Transaction)
        .optional(db)
        .await
}

pub async fn history(
    db: &impl Executor,
    worker: WorkerId,
    page: PageRequest,
) -> Result<Page<Transaction>, mizzle::Error> {
    let found = select(Transaction).filter(Transaction.worker_id.eq(worker));
    let total = found.count(db).await?;
    let rows = found
        .order_by((Transaction.created_at.desc(), Transaction.id))
        .limit(page.size)
        .offset(page.offset())
        .all(db)
        .await?;
    Ok(Page { rows, total })
}

#[derive(Row, Debug, PartialEq)]
pub struct Total {
    pub status: TransactionStatus,
    pub transactions: i64,
    pub amount: Option<Decimal>,
}

/// What a worker was paid and is to be paid.
pub async fn totals(db: &impl Executor, worker: WorkerId) -> Result<Vec<Total>, mizzle::Error> {
    select((Transaction.status, count(), sum(Transaction.amount_usdc)))
        .from(Transaction)
        .filter(Transaction.worker_id.eq(worker))
        .group_by(Transaction.status)
        .order_by(Transaction.status)
        .to::<Total>()
        .all(db)
        .await
}

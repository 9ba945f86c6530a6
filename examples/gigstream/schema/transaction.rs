//! Money that moves.

use super::{LoanId, Platform, PlatformId, Stream, StreamId, Task, TaskId, Worker, WorkerId};
use chrono::{DateTime, Utc};
use mizzle::prelude::*;
use rust_decimal::Decimal;
use serde_json::Value;
use uuid::Uuid;

#[derive(PgNewtype, Debug, Clone, Copy, PartialEq)]
pub struct TransactionId(pub Uuid);

#[derive(PgEnum, Debug, Clone, Copy, PartialEq)]
pub enum TransactionType {
    Payout,
    Advance,
    Refund,
    Repayment,
    Fee,
}

#[derive(PgEnum, Debug, Clone, Copy, PartialEq)]
pub enum TransactionStatus {
    Pending,
    Submitted,
    Confirmed,
    Failed,
    Cancelled,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(
    table = "transactions",
    index(name = "idx_transactions_tx_hash", columns(tx_hash)),
    index(name = "idx_transactions_from", columns(from_wallet)),
    index(name = "idx_transactions_to", columns(to_wallet)),
    index(name = "idx_transactions_worker", columns(worker_id)),
    index(name = "idx_transactions_status", columns(status)),
    index(name = "idx_transactions_type", columns(kind)),
    index(name = "idx_transactions_created", columns(created_at)),
    index(name = "idx_transactions_pending", columns(created_at), where = "status = 'pending'")
)]
pub struct Transaction {
    #[orm(primary_key, default = gen_random_uuid())]
    pub id: TransactionId,
    #[orm(references(Worker.id, on_delete = set_null))]
    pub worker_id: Option<WorkerId>,
    #[orm(references(Platform.id, on_delete = set_null))]
    pub platform_id: Option<PlatformId>,
    #[orm(references(Task.id, on_delete = set_null))]
    pub task_id: Option<TaskId>,
    #[orm(references(Stream.id, on_delete = set_null))]
    pub stream_id: Option<StreamId>,
    pub loan_id: Option<LoanId>,
    #[orm(name = "type")]
    pub kind: TransactionType,
    #[orm(default = TransactionStatus::Pending)]
    pub status: TransactionStatus,
    #[orm(numeric(20, 6))]
    pub amount_usdc: Decimal,
    #[orm(numeric(20, 6), default = 0)]
    pub fee_usdc: Option<Decimal>,
    #[orm(varchar(42))]
    pub from_wallet: Option<String>,
    #[orm(varchar(42))]
    pub to_wallet: Option<String>,
    #[orm(varchar(66))]
    pub tx_hash: Option<String>,
    pub block_number: Option<i32>,
    #[orm(default = 0)]
    pub confirmations: Option<i32>,
    pub error_message: Option<String>,
    #[orm(default = 0)]
    pub retry_count: Option<i32>,
    #[orm(default = json!({}))]
    pub metadata: Option<Value>,
    #[orm(default = now())]
    pub created_at: Option<DateTime<Utc>>,
    pub confirmed_at: Option<DateTime<Utc>>,
}

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
    index(name = "idx_transactions_pending", columns(created_at), where = "status = 'pending'")
)]
pub struct Transaction {
    #[orm(primary_key, default = gen_random_uuid())]
    pub id: TransactionId,
    #[orm(references(Worker.id, on_delete = set_null), index(name = "idx_transactions_worker"))]
    pub worker_id: Option<WorkerId>,
    #[orm(references(Platform.id, on_delete = set_null))]
    pub platform_id: Option<PlatformId>,
    #[orm(references(Task.id, on_delete = set_null))]
    pub task_id: Option<TaskId>,
    #[orm(references(Stream.id, on_delete = set_null))]
    pub stream_id: Option<StreamId>,
    pub loan_id: Option<LoanId>,
    #[orm(name = "type", index(name = "idx_transactions_type"))]
    pub kind: TransactionType,
    #[orm(default = TransactionStatus::Pending, index(name = "idx_transactions_status"))]
    pub status: TransactionStatus,
    #[orm(numeric(20, 6))]
    pub amount_usdc: Decimal,
    #[orm(numeric(20, 6), default = 0)]
    pub fee_usdc: Option<Decimal>,
    #[orm(varchar(42), index(name = "idx_transactions_from"))]
    pub from_wallet: Option<String>,
    #[orm(varchar(42), index(name = "idx_transactions_to"))]
    pub to_wallet: Option<String>,
    #[orm(varchar(66), index(name = "idx_transactions_tx_hash"))]
    pub tx_hash: Option<String>,
    pub block_number: Option<i32>,
    #[orm(default = 0)]
    pub confirmations: Option<i32>,
    pub error_message: Option<String>,
    #[orm(default = 0)]
    pub retry_count: Option<i32>,
    #[orm(default = json!({}))]
    pub metadata: Option<Value>,
    #[orm(default = now(), index(name = "idx_transactions_created"))]
    pub created_at: Option<DateTime<Utc>>,
    pub confirmed_at: Option<DateTime<Utc>>,
}

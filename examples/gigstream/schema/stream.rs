//! Payments by the second: an amount that a contract releases bit by bit.

use super::{Platform, PlatformId, Task, TaskId, Worker, WorkerId};
use chrono::{DateTime, Utc};
use mizzle::prelude::*;
use rust_decimal::Decimal;
use serde_json::Value;
use uuid::Uuid;

#[derive(PgNewtype, Debug, Clone, Copy, PartialEq)]
pub struct StreamId(pub Uuid);

#[derive(PgEnum, Debug, Clone, Copy, PartialEq)]
pub enum StreamStatus {
    Active,
    Paused,
    Completed,
    Cancelled,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "streams", index(name = "idx_streams_contract", columns(contract_address, contract_stream_id)))]
pub struct Stream {
    #[orm(primary_key, default = gen_random_uuid())]
    pub id: StreamId,
    #[orm(references(Worker.id, on_delete = cascade), index(name = "idx_streams_worker"))]
    pub worker_id: WorkerId,
    #[orm(references(Platform.id, on_delete = cascade), index(name = "idx_streams_platform"))]
    pub platform_id: PlatformId,
    #[orm(references(Task.id, on_delete = set_null))]
    pub task_id: Option<TaskId>,
    #[orm(varchar(42))]
    pub contract_address: String,
    pub contract_stream_id: i32,
    #[orm(numeric(20, 6))]
    pub total_amount_usdc: Decimal,
    #[orm(numeric(20, 6), default = 0)]
    pub released_amount_usdc: Option<Decimal>,
    #[orm(numeric(20, 6), default = 0)]
    pub claimed_amount_usdc: Option<Decimal>,
    pub start_time: DateTime<Utc>,
    pub end_time: DateTime<Utc>,
    pub release_interval: i32,
    #[orm(index(name = "idx_streams_next_release"))]
    pub next_release_at: Option<DateTime<Utc>>,
    #[orm(default = StreamStatus::Active, index(name = "idx_streams_status"))]
    pub status: StreamStatus,
    pub paused_at: Option<DateTime<Utc>>,
    pub completed_at: Option<DateTime<Utc>>,
    pub cancelled_at: Option<DateTime<Utc>>,
    #[orm(default = json!({}))]
    pub metadata: Option<Value>,
    #[orm(default = now())]
    pub created_at: Option<DateTime<Utc>>,
    #[orm(default = now(), on_update = now())]
    pub updated_at: Option<DateTime<Utc>>,
}

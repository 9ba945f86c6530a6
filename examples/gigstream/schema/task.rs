//! What is to be done.

use super::{Platform, PlatformId, Worker, WorkerId};
use chrono::{DateTime, Utc};
use mizzle::prelude::*;
use rust_decimal::Decimal;
use serde_json::Value;
use uuid::Uuid;

#[derive(PgNewtype, Debug, Clone, Copy, PartialEq)]
pub struct TaskId(pub Uuid);

#[derive(PgEnum, Debug, Clone, Copy, PartialEq)]
pub enum TaskType {
    Fixed,
    TimeBased,
    Milestone,
}

#[derive(PgEnum, Debug, Clone, Copy, PartialEq)]
pub enum TaskStatus {
    Created,
    Assigned,
    InProgress,
    Completed,
    Disputed,
    Cancelled,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "tasks", index(name = "idx_tasks_external", columns(platform_id, external_task_id)))]
pub struct Task {
    #[orm(primary_key, default = gen_random_uuid())]
    pub id: TaskId,
    #[orm(references(Worker.id, on_delete = set_null), index(name = "idx_tasks_worker"))]
    pub worker_id: Option<WorkerId>,
    #[orm(references(Platform.id, on_delete = cascade), index(name = "idx_tasks_platform"))]
    pub platform_id: PlatformId,
    #[orm(varchar(255))]
    pub external_task_id: Option<String>,
    #[orm(varchar(200))]
    pub title: String,
    pub description: Option<String>,
    #[orm(name = "type")]
    pub kind: TaskType,
    #[orm(numeric(20, 6))]
    pub payment_amount_usdc: Decimal,
    #[orm(numeric(20, 6), default = 0)]
    pub paid_amount_usdc: Option<Decimal>,
    #[orm(default = TaskStatus::Created, index(name = "idx_tasks_status"))]
    pub status: TaskStatus,
    #[orm(index(name = "idx_tasks_completed"))]
    pub completed_at: Option<DateTime<Utc>>,
    pub due_date: Option<DateTime<Utc>>,
    pub verification_data: Option<Value>,
    #[orm(varchar(20))]
    pub verification_status: Option<String>,
    pub worker_rating: Option<i32>,
    pub platform_rating: Option<i32>,
    #[orm(default = json!({}))]
    pub metadata: Option<Value>,
    #[orm(default = now(), index(name = "idx_tasks_created"))]
    pub created_at: Option<DateTime<Utc>>,
    #[orm(default = now(), on_update = now())]
    pub updated_at: Option<DateTime<Utc>>,
}

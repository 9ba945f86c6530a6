//! Why a worker's score is what it is.

use super::{Task, TaskId, Worker, WorkerId};
use chrono::{DateTime, Utc};
use mizzle::prelude::*;
use serde_json::Value;
use uuid::Uuid;

#[derive(PgNewtype, Debug, Clone, Copy, PartialEq)]
pub struct ReputationEventId(pub Uuid);

#[derive(PgEnum, Debug, Clone, Copy, PartialEq)]
pub enum ReputationEventType {
    TaskCompleted,
    TaskLate,
    DisputeFiled,
    DisputeResolved,
    RatingReceived,
    ManualAdjustment,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "reputation_events", index(name = "idx_reputation_worker", columns(worker_id, created_at)))]
pub struct ReputationEvent {
    #[orm(primary_key, default = gen_random_uuid())]
    pub id: ReputationEventId,
    #[orm(references(Worker.id, on_delete = cascade))]
    pub worker_id: WorkerId,
    #[orm(references(Task.id, on_delete = set_null), index(name = "idx_reputation_task"))]
    pub task_id: Option<TaskId>,
    #[orm(index(name = "idx_reputation_type"))]
    pub event_type: ReputationEventType,
    pub points_delta: i32,
    pub previous_score: i32,
    pub new_score: i32,
    pub description: Option<String>,
    #[orm(varchar(50))]
    pub triggered_by: Option<String>,
    #[orm(default = json!({}))]
    pub metadata: Option<Value>,
    #[orm(default = now(), index(name = "idx_reputation_created"))]
    pub created_at: Option<DateTime<Utc>>,
}

//! A worker's score, and the events it follows from.

use crate::schema::{ReputationEvent, ReputationEventType, TaskId, Worker, WorkerId};
use mizzle::prelude::*;

/// Why a score changes, and by how much.
#[derive(Debug, Clone, Copy)]
pub struct Change<'a> {
    pub task_id: Option<TaskId>,
    pub event_type: ReputationEventType,
    pub points: i32,
    pub description: &'a str,
}

/// Changes the score and remembers why.
pub async fn change(tx: &Tx, worker: WorkerId, change: Change<'_>) -> Result<ReputationEvent, mizzle::Error> {
    let Change { task_id, event_type, points, description } = change;
    let new_score = update(Worker)
        .set(Worker.reputation_score, coalesce(Worker.reputation_score, 0) + points)
        .find(worker)
        .returning(coalesce(Worker.reputation_score, 0))
        .one(tx)
        .await?;
    insert(ReputationEvent)
        .set(ReputationEvent.worker_id, worker)
        .set(ReputationEvent.task_id, task_id)
        .set(ReputationEvent.event_type, event_type)
        .set(ReputationEvent.points_delta, points)
        .set(ReputationEvent.previous_score, new_score - points)
        .set(ReputationEvent.new_score, new_score)
        .set(ReputationEvent.description, description)
        .set(ReputationEvent.triggered_by, "system")
        .returning(ReputationEvent)
        .one(tx)
        .await
}

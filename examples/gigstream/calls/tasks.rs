//! Tasks, from their creation to their completion.

use super::audit::{self, Entry};
use super::reputation::{self, Change};
use crate::schema::{PlatformId, ReputationEventType, Task, TaskId, TaskStatus, TaskType, Worker, WorkerId};
use chrono::{DateTime, Utc};
use mizzle::prelude::*;
use rust_decimal::Decimal;
use serde_json::json;

#[derive(Debug, Clone, Copy, Insert)]
#[orm(table = Task)]
pub struct NewTask<'a> {
    pub platform_id: PlatformId,
    pub worker_id: Option<WorkerId>,
    pub external_task_id: Option<&'a str>,
    pub title: &'a str,
    pub kind: TaskType,
    pub payment_amount_usdc: Decimal,
    pub due_date: Option<DateTime<Utc>>,
}

/// Creates a task, and the entry in the audit log that says so.
pub async fn create(db: &Db, task: NewTask<'_>) -> Result<Task, mizzle::Error> {
    db.transaction(async |tx| {
        let task = insert(Task).row(&task).returning(Task).one(tx).await?;
        let entry = Entry {
            actor_type: "platform",
            actor_id: Some(task.platform_id.0),
            action: "task.create",
            resource_type: Some("task"),
            resource_id: Some(task.id.0),
            changes_before: None,
            changes_after: Some(
                json!({ "title": task.title, "amount": task.payment_amount_usdc.to_string() }),
            ),
            success: true,
        };
        audit::record(tx, entry).await?;
        Ok(task)
    })
    .await
}

/// What is open can be completed.
const OPEN: [TaskStatus; 3] = [TaskStatus::Created, TaskStatus::Assigned, TaskStatus::InProgress];

/// Completes a task; `None` if there is no such task that is open.
pub async fn complete(db: &Db, id: TaskId, rating: Option<i32>) -> Result<Option<Task>, mizzle::Error> {
    db.transaction(async |tx| finish(tx, id, rating).await).await
}

/// Completes a task as a part of something larger: its status, the worker's score and counter.
pub async fn finish(tx: &Tx, id: TaskId, rating: Option<i32>) -> Result<Option<Task>, mizzle::Error> {
    let task = update(Task)
        .set(Task.status, TaskStatus::Completed)
        .set(Task.completed_at, now())
        .set(Task.worker_rating, rating)
        .find(id)
        .filter(Task.status.in_(OPEN))
        .returning(Task)
        .optional(tx)
        .await?;
    if let Some(Task { worker_id: Some(worker), due_date, completed_at, title, .. }) = &task {
        let late = due_date.is_some() && completed_at > due_date;
        let (event_type, points) =
            if late { (ReputationEventType::TaskLate, -5) } else { (ReputationEventType::TaskCompleted, 10) };
        let change = Change { task_id: Some(id), event_type, points, description: title };
        reputation::change(tx, *worker, change).await?;
        update(Worker)
            .set(Worker.total_tasks_completed, coalesce(Worker.total_tasks_completed, 0) + 1)
            .find(*worker)
            .execute(tx)
            .await?;
    }
    Ok(task)
}

/// Someone is not content with it.
pub async fn dispute(db: &Db, id: TaskId, reason: &str) -> Result<Option<Task>, mizzle::Error> {
    db.transaction(async |tx| {
        let task =
            update(Task).set(Task.status, TaskStatus::Disputed).find(id).returning(Task).optional(tx).await?;
        if let Some(Task { worker_id: Some(worker), .. }) = task {
            let change = Change {
                task_id: Some(id),
                event_type: ReputationEventType::DisputeFiled,
                points: -15,
                description: reason,
            };
            reputation::change(tx, worker, change).await?;
        }
        Ok(task)
    })
    .await
}

//! Creating, completing and disputing tasks.

use crate::calls::{audit, tasks};
use crate::schema::{AuditLog, PlatformId, ReputationEvent, ReputationEventType, Task, TaskId, TaskStatus};
use crate::service::Service;
use crate::{TestResult, rows};
use chrono::{TimeDelta, Utc};
use mizzle::prelude::*;
use uuid::Uuid;

#[tokio::test]
async fn a_task_is_created_with_its_entry_in_the_log() -> TestResult {
    let service = Service::start().await?;
    let (ada, platform) = (service.worker("ada").await?, service.platform("acme").await?);
    let task = service.task(&platform, &ada, "Label").await?;
    assert_eq!((task.status, task.worker_id), (TaskStatus::Created, Some(ada.id)));
    let log = audit::of(&service.db, task.id.0).await?;
    assert_eq!(log.len(), 1);
    assert_eq!((log[0].action.as_str(), log[0].actor_id), ("task.create", Some(platform.id.0)));
    assert_eq!(log[0].changes_after, Some(serde_json::json!({ "title": "Label", "amount": "12.500000" })));
    Ok(())
}

#[tokio::test]
async fn what_fails_leaves_nothing_behind() -> TestResult {
    let service = Service::start().await?;
    let (ada, platform) = (service.worker("ada").await?, service.platform("acme").await?);
    let order = Service::order(&platform, &ada, "Label");
    let order = tasks::NewTask { platform_id: PlatformId(Uuid::nil()), ..order };
    let error = tasks::create(&service.db, order).await.unwrap_err();
    assert!(error.is_foreign_key_violation());
    assert_eq!(error.constraint(), Some("tasks_platform_id_fkey"));
    assert_eq!((rows!(service, Task), rows!(service, AuditLog)), (0, 0));
    Ok(())
}

#[tokio::test]
async fn completing_changes_the_score_and_counts() -> TestResult {
    let service = Service::start().await?;
    let (ada, platform) = (service.worker("ada").await?, service.platform("acme").await?);
    let task = service.task(&platform, &ada, "Label").await?;
    let done = tasks::complete(&service.db, task.id, Some(4)).await?.ok_or("not open")?;
    assert_eq!((done.status, done.worker_rating), (TaskStatus::Completed, Some(4)));
    assert!(done.completed_at > task.created_at);
    let after = service.again(&ada).await?;
    assert_eq!((after.reputation_score, after.total_tasks_completed), (Some(110), Some(1)));
    let event = select(ReputationEvent).one(&service.db).await?;
    assert_eq!((event.previous_score, event.points_delta, event.new_score), (100, 10, 110));
    assert_eq!((event.event_type, event.task_id), (ReputationEventType::TaskCompleted, Some(task.id)));
    // It is done once.
    assert_eq!(tasks::complete(&service.db, task.id, Some(1)).await?, None);
    assert_eq!(tasks::complete(&service.db, TaskId(Uuid::nil()), None).await?, None);
    assert_eq!(service.again(&ada).await?, after);
    Ok(())
}

#[tokio::test]
async fn a_late_task_and_a_dispute_cost_points() -> TestResult {
    let service = Service::start().await?;
    let (ada, platform) = (service.worker("ada").await?, service.platform("acme").await?);
    let order = Service::order(&platform, &ada, "Label");
    let order = tasks::NewTask { due_date: Some(Utc::now() - TimeDelta::hours(1)), ..order };
    let task = tasks::create(&service.db, order).await?;
    tasks::complete(&service.db, task.id, None).await?;
    assert_eq!(service.again(&ada).await?.reputation_score, Some(95));
    let disputed = tasks::dispute(&service.db, task.id, "wrong").await?.ok_or("gone")?;
    assert_eq!(disputed.status, TaskStatus::Disputed);
    let after = service.again(&ada).await?;
    assert_eq!((after.reputation_score, after.total_tasks_completed), (Some(80), Some(1)));
    let kinds = select(ReputationEvent.event_type)
        .from(ReputationEvent)
        .order_by(ReputationEvent.created_at)
        .all(&service.db)
        .await?;
    assert_eq!(kinds, [ReputationEventType::TaskLate, ReputationEventType::DisputeFiled]);
    Ok(())
}

#[tokio::test]
async fn a_task_of_nobody_is_completed_without_a_score() -> TestResult {
    let service = Service::start().await?;
    let (ada, platform) = (service.worker("ada").await?, service.platform("acme").await?);
    let order = tasks::NewTask { worker_id: None, ..Service::order(&platform, &ada, "Label") };
    let task = tasks::create(&service.db, order).await?;
    assert!(tasks::complete(&service.db, task.id, None).await?.is_some());
    assert_eq!(rows!(service, ReputationEvent), 0);
    Ok(())
}

//! The audit log, which is only ever added to.

use crate::schema::AuditLog;
use mizzle::prelude::*;
use serde_json::Value;
use uuid::Uuid;

/// Something that was done to something.
#[derive(Debug, Insert)]
#[orm(table = AuditLog)]
pub struct Entry<'a> {
    pub actor_type: &'a str,
    pub actor_id: Option<Uuid>,
    pub action: &'a str,
    pub resource_type: Option<&'a str>,
    pub resource_id: Option<Uuid>,
    pub changes_before: Option<Value>,
    pub changes_after: Option<Value>,
    pub success: bool,
}

pub async fn record(db: &impl Executor, entry: Entry<'_>) -> Result<(), mizzle::Error> {
    insert(AuditLog).row(&entry).execute(db).await?;
    Ok(())
}

/// What was done to something, in order.
pub async fn of(db: &impl Executor, resource_id: Uuid) -> Result<Vec<AuditLog>, mizzle::Error> {
    select(AuditLog).filter(AuditLog.resource_id.eq(resource_id)).order_by(AuditLog.created_at).all(db).await
}

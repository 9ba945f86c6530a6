//! Who did what, and what it changed.

use chrono::{DateTime, Utc};
use mizzle::prelude::*;
use serde_json::Value;
use uuid::Uuid;

#[derive(PgNewtype, Debug, Clone, Copy, PartialEq)]
pub struct AuditLogId(pub Uuid);

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(
    table = "audit_logs",
    index(name = "idx_audit_actor", columns(actor_type, actor_id)),
    index(name = "idx_audit_resource", columns(resource_type, resource_id))
)]
pub struct AuditLog {
    #[orm(primary_key, default = gen_random_uuid())]
    pub id: AuditLogId,
    #[orm(varchar(20))]
    pub actor_type: String,
    pub actor_id: Option<Uuid>,
    #[orm(varchar(50), index(name = "idx_audit_action"))]
    pub action: String,
    #[orm(varchar(50))]
    pub resource_type: Option<String>,
    pub resource_id: Option<Uuid>,
    #[orm(varchar(45))]
    pub ip_address: Option<String>,
    #[orm(varchar(500))]
    pub user_agent: Option<String>,
    #[orm(varchar(100), index(name = "idx_audit_request"))]
    pub request_id: Option<String>,
    pub changes_before: Option<Value>,
    pub changes_after: Option<Value>,
    pub success: bool,
    pub error_message: Option<String>,
    #[orm(default = json!({}))]
    pub metadata: Option<Value>,
    #[orm(default = now(), index(name = "idx_audit_created"))]
    pub created_at: Option<DateTime<Utc>>,
}

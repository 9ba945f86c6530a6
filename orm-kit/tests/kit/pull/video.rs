//! The schema of the database.

use mizzle::object::*;
use mizzle::prelude::*;

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
#[orm(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AuditAction {
    UserRegistered,
    RoomCreated,
    SuspiciousActivity,
}

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
#[orm(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AuthProviderType {
    Local,
    Google,
    Github,
    Microsoft,
    Apple,
    Saml,
}

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
#[orm(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ParticipantRole {
    Host,
    CoHost,
    Participant,
}

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
#[orm(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RecordingStatus {
    Started,
    InProgress,
    Stopped,
    Failed,
    Processing,
    Ready,
}

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
#[orm(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RoomStatus {
    Created,
    Live,
    Ended,
    Cancelled,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(
    table = "audit_logs",
    primary_key(id, timestamp),
    index(name = "audit_logs_room_id_timestamp_idx", columns(room_id, timestamp.desc())),
)]
pub struct AuditLog {
    #[orm(default = gen_random_uuid())]
    pub id: uuid::Uuid,
    pub action: AuditAction,
    #[orm(references(User.id, on_delete = set_null))]
    pub user_id: Option<uuid::Uuid>,
    #[orm(references(Room.id, on_delete = set_null))]
    pub room_id: Option<uuid::Uuid>,
    #[orm(references(User.id, on_delete = set_null))]
    pub target_user_id: Option<uuid::Uuid>,
    #[orm(default = sql("'{}'::jsonb"))]
    pub metadata: serde_json::Value,
    pub ip_address: Option<std::net::IpAddr>,
    pub user_agent: Option<String>,
    #[orm(default = now())]
    pub timestamp: chrono::DateTime<chrono::Utc>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(
    table = "auth_providers",
    unique(name = "auth_providers_once", columns(provider_type, provider_id)),
)]
pub struct AuthProvider {
    #[orm(primary_key, default = gen_random_uuid())]
    pub id: uuid::Uuid,
    #[orm(references(User.id, on_delete = cascade), index)]
    pub user_id: uuid::Uuid,
    pub provider_type: AuthProviderType,
    #[orm(varchar(255))]
    pub provider_id: String,
    #[orm(varchar(255))]
    pub provider_email: Option<String>,
    pub access_token: Option<String>,
    pub refresh_token: Option<String>,
    pub token_expires_at: Option<chrono::DateTime<chrono::Utc>>,
    pub metadata: Option<serde_json::Value>,
    #[orm(default = now())]
    pub created_at: chrono::DateTime<chrono::Utc>,
    #[orm(default = now())]
    pub updated_at: chrono::DateTime<chrono::Utc>,
    pub last_used_at: Option<chrono::DateTime<chrono::Utc>>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(
    table = "recordings",
    index(name = "recordings_expires_at_deleted_at_idx", columns(expires_at, deleted_at)),
)]
pub struct Recording {
    #[orm(primary_key, default = gen_random_uuid())]
    pub id: uuid::Uuid,
    #[orm(references(Room.id))]
    pub room_id: uuid::Uuid,
    #[orm(references(User.id))]
    pub owner_id: uuid::Uuid,
    #[orm(varchar(500), unique)]
    pub storage_key: String,
    pub storage_url: Option<String>,
    #[orm(varchar(100))]
    pub storage_bucket: Option<String>,
    #[orm(varchar(255))]
    pub filename: Option<String>,
    pub size_bytes: Option<i64>,
    pub duration_seconds: Option<i32>,
    #[orm(varchar(20))]
    pub codec: Option<String>,
    #[orm(varchar(20))]
    pub resolution: Option<String>,
    pub fps: Option<i32>,
    pub bitrate: Option<i32>,
    #[orm(default = RecordingStatus::Started)]
    pub status: RecordingStatus,
    #[orm(default = now())]
    pub started_at: chrono::DateTime<chrono::Utc>,
    pub stopped_at: Option<chrono::DateTime<chrono::Utc>>,
    pub error_message: Option<String>,
    #[orm(default = 0)]
    pub retry_count: i32,
    #[orm(default = false)]
    pub is_public: bool,
    pub expires_at: Option<chrono::DateTime<chrono::Utc>>,
    pub deleted_at: Option<chrono::DateTime<chrono::Utc>>,
    #[orm(default = now())]
    pub created_at: chrono::DateTime<chrono::Utc>,
    #[orm(default = now())]
    pub updated_at: chrono::DateTime<chrono::Utc>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(
    table = "room_participants",
    index(name = "participants_present", columns(room_id, left_at), where = "left_at IS NULL"),
)]
pub struct RoomParticipant {
    #[orm(primary_key, default = gen_random_uuid())]
    pub id: uuid::Uuid,
    #[orm(references(User.id, on_delete = cascade))]
    pub user_id: uuid::Uuid,
    #[orm(references(Room.id, on_delete = cascade))]
    pub room_id: uuid::Uuid,
    #[orm(default = ParticipantRole::Participant)]
    pub role: ParticipantRole,
    #[orm(default = now())]
    pub joined_at: chrono::DateTime<chrono::Utc>,
    pub left_at: Option<chrono::DateTime<chrono::Utc>>,
    #[orm(default = false)]
    pub is_kicked: bool,
    pub kicked_at: Option<chrono::DateTime<chrono::Utc>>,
    #[orm(references(User.id, on_delete = set_null))]
    pub kicked_by: Option<uuid::Uuid>,
    pub kick_reason: Option<String>,
    #[orm(default = false)]
    pub is_banned: bool,
    pub banned_at: Option<chrono::DateTime<chrono::Utc>>,
    #[orm(references(User.id, on_delete = set_null))]
    pub banned_by: Option<uuid::Uuid>,
    pub ban_reason: Option<String>,
    pub duration_seconds: Option<i32>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(
    table = "rooms",
    check(name = "rooms_check", "scheduled_end > scheduled_start"),
    index(name = "rooms_status_deleted_at_idx", columns(status, deleted_at)),
)]
pub struct Room {
    #[orm(primary_key, default = gen_random_uuid())]
    pub id: uuid::Uuid,
    #[orm(references(User.id))]
    pub owner_id: uuid::Uuid,
    #[orm(varchar(20), unique)]
    pub room_code: String,
    #[orm(varchar(255))]
    pub title: String,
    pub description: Option<String>,
    pub scheduled_start: Option<chrono::DateTime<chrono::Utc>>,
    pub scheduled_end: Option<chrono::DateTime<chrono::Utc>>,
    #[orm(default = 100)]
    pub max_participants: i32,
    #[orm(default = false)]
    pub is_public: bool,
    #[orm(default = true)]
    pub is_recordable: bool,
    #[orm(default = true)]
    pub require_auth: bool,
    #[orm(default = RoomStatus::Created)]
    pub status: RoomStatus,
    pub started_at: Option<chrono::DateTime<chrono::Utc>>,
    pub ended_at: Option<chrono::DateTime<chrono::Utc>>,
    #[orm(default = 0)]
    pub peak_participants: i32,
    #[orm(default = 0)]
    pub total_joins: i32,
    pub duration_seconds: Option<i32>,
    pub deleted_at: Option<chrono::DateTime<chrono::Utc>>,
    #[orm(default = now())]
    pub created_at: chrono::DateTime<chrono::Utc>,
    #[orm(default = now())]
    pub updated_at: chrono::DateTime<chrono::Utc>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(
    table = "users",
    index(name = "users_active", columns(is_active, deleted_at), where = "deleted_at IS NULL"),
)]
pub struct User {
    #[orm(primary_key, default = gen_random_uuid())]
    pub id: uuid::Uuid,
    #[orm(varchar(50), unique)]
    pub username: String,
    #[orm(varchar(255), unique)]
    pub email: Option<String>,
    #[orm(varchar(255))]
    pub password_hash: Option<String>,
    #[orm(varchar(100))]
    pub display_name: Option<String>,
    #[orm(default = true)]
    pub is_active: bool,
    #[orm(default = false)]
    pub is_verified: bool,
    pub deleted_at: Option<chrono::DateTime<chrono::Utc>>,
    #[orm(default = now())]
    pub created_at: chrono::DateTime<chrono::Utc>,
    #[orm(default = now())]
    pub updated_at: chrono::DateTime<chrono::Utc>,
    pub last_login_at: Option<chrono::DateTime<chrono::Utc>>,
}

/// Everything that the database holds.
pub const SCHEMA: Schema = schema![
    AuditAction,
    AuthProviderType,
    ParticipantRole,
    RecordingStatus,
    RoomStatus,
    AuditLog,
    AuthProvider,
    Recording,
    RoomParticipant,
    Room,
    User,
    ;
    partitioned(AuditLog, "range (\"timestamp\")"),
    partition("audit_logs_2026_11", "for values from ('2026-11-01 00:00:00+00') to ('2026-12-01 00:00:00+00')").of(AuditLog),
    partition("audit_logs_2026_12", "for values from ('2026-12-01 00:00:00+00') to ('2027-01-01 00:00:00+00')").of(AuditLog),
];

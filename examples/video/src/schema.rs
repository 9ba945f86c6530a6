//! The tables of the service, in a schema of their own: its old tables have some of their names, with columns of other types.
#![allow(missing_docs, reason = "the fields are the columns, and are called what they are")]

use chrono::{DateTime, Utc};
use mizzle::prelude::*;
use serde_json::Value;
use std::net::IpAddr;
use uuid::Uuid;

/// Who says who somebody is.
#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
#[orm(schema = "video", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AuthProviderType {
    Local,
    Google,
    #[orm(rename = "GITHUB")]
    GitHub,
    Microsoft,
    Apple,
    Saml,
}

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
#[orm(schema = "video", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RoomStatus {
    Created,
    Live,
    Ended,
    Cancelled,
}

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
#[orm(schema = "video", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ParticipantRole {
    Host,
    CoHost,
    Participant,
}

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
#[orm(schema = "video", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RecordingStatus {
    Started,
    InProgress,
    Stopped,
    Failed,
    Processing,
    Ready,
}

/// What is worth an entry in the audit log.
#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
#[orm(schema = "video", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AuditAction {
    UserRegistered,
    UserLogin,
    UserLogout,
    UserLoginFailed,
    UserUpdated,
    UserDeleted,
    PasswordChanged,
    PasswordReset,
    EmailVerified,
    ProviderLinked,
    ProviderUnlinked,
    RoomCreated,
    RoomUpdated,
    RoomScheduled,
    RoomStarted,
    RoomEnded,
    RoomCancelled,
    RoomDeleted,
    ParticipantJoined,
    ParticipantLeft,
    ParticipantKicked,
    ParticipantBanned,
    ParticipantUnbanned,
    ParticipantRoleChanged,
    RecordingStarted,
    RecordingStopped,
    RecordingFailed,
    RecordingDownloaded,
    RecordingDeleted,
    PermissionDenied,
    SuspiciousActivity,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(
    schema = "video",
    table = "users",
    index(name = "users_active", columns(is_active, deleted_at), where = "deleted_at is null")
)]
pub struct User {
    #[orm(primary_key, default = gen_random_uuid())]
    pub id: Uuid,
    #[orm(varchar(50), unique)]
    pub username: String,
    /// Cleared when the user is deleted.
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
    pub deleted_at: Option<DateTime<Utc>>,
    #[orm(default = now())]
    pub created_at: DateTime<Utc>,
    #[orm(default = now(), on_update = now())]
    pub updated_at: DateTime<Utc>,
    pub last_login_at: Option<DateTime<Utc>>,
}

/// A way for a user to log in.
#[derive(Table, Debug, Clone, PartialEq)]
#[orm(schema = "video", table = "auth_providers", unique(provider_type, provider_id))]
pub struct AuthProvider {
    #[orm(primary_key, default = gen_random_uuid())]
    pub id: Uuid,
    #[orm(references(User.id, on_delete = cascade), index)]
    pub user_id: Uuid,
    pub provider_type: AuthProviderType,
    #[orm(varchar(255))]
    pub provider_id: String,
    #[orm(varchar(255))]
    pub provider_email: Option<String>,
    pub access_token: Option<String>,
    pub refresh_token: Option<String>,
    pub token_expires_at: Option<DateTime<Utc>>,
    pub metadata: Option<Value>,
    #[orm(default = now())]
    pub created_at: DateTime<Utc>,
    #[orm(default = now(), on_update = now())]
    pub updated_at: DateTime<Utc>,
    pub last_used_at: Option<DateTime<Utc>>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(schema = "video", table = "rooms", check("scheduled_end > scheduled_start"), index(status, deleted_at))]
pub struct Room {
    #[orm(primary_key, default = gen_random_uuid())]
    pub id: Uuid,
    #[orm(references(User.id), index)]
    pub owner_id: Uuid,
    #[orm(varchar(20), unique)]
    pub room_code: String,
    #[orm(varchar(255))]
    pub title: String,
    pub description: Option<String>,
    pub scheduled_start: Option<DateTime<Utc>>,
    pub scheduled_end: Option<DateTime<Utc>>,
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
    pub started_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    #[orm(default = 0)]
    pub peak_participants: i32,
    #[orm(default = 0)]
    pub total_joins: i32,
    pub duration_seconds: Option<i32>,
    pub deleted_at: Option<DateTime<Utc>>,
    #[orm(default = now())]
    pub created_at: DateTime<Utc>,
    #[orm(default = now(), on_update = now())]
    pub updated_at: DateTime<Utc>,
}

/// A user in a room, once for each time that they came.
#[derive(Table, Debug, Clone, PartialEq)]
#[orm(
    schema = "video",
    table = "room_participants",
    index(name = "participants_present", columns(room_id, left_at), where = "left_at is null")
)]
pub struct RoomParticipant {
    #[orm(primary_key, default = gen_random_uuid())]
    pub id: Uuid,
    #[orm(references(User.id, on_delete = cascade), index)]
    pub user_id: Uuid,
    #[orm(references(Room.id, on_delete = cascade), index)]
    pub room_id: Uuid,
    #[orm(default = ParticipantRole::Participant)]
    pub role: ParticipantRole,
    #[orm(default = now())]
    pub joined_at: DateTime<Utc>,
    pub left_at: Option<DateTime<Utc>>,
    #[orm(default = false)]
    pub is_kicked: bool,
    pub kicked_at: Option<DateTime<Utc>>,
    #[orm(references(User.id, on_delete = set_null))]
    pub kicked_by: Option<Uuid>,
    pub kick_reason: Option<String>,
    #[orm(default = false)]
    pub is_banned: bool,
    pub banned_at: Option<DateTime<Utc>>,
    #[orm(references(User.id, on_delete = set_null))]
    pub banned_by: Option<Uuid>,
    pub ban_reason: Option<String>,
    pub duration_seconds: Option<i32>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(schema = "video", table = "recordings", index(expires_at, deleted_at))]
pub struct Recording {
    #[orm(primary_key, default = gen_random_uuid())]
    pub id: Uuid,
    #[orm(references(Room.id), index)]
    pub room_id: Uuid,
    #[orm(references(User.id), index)]
    pub owner_id: Uuid,
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
    pub started_at: DateTime<Utc>,
    pub stopped_at: Option<DateTime<Utc>>,
    pub error_message: Option<String>,
    #[orm(default = 0)]
    pub retry_count: i32,
    #[orm(default = false)]
    pub is_public: bool,
    pub expires_at: Option<DateTime<Utc>>,
    pub deleted_at: Option<DateTime<Utc>>,
    #[orm(default = now())]
    pub created_at: DateTime<Utc>,
    #[orm(default = now(), on_update = now())]
    pub updated_at: DateTime<Utc>,
}

/// Who did what; only ever added to.
#[derive(Table, Debug, Clone, PartialEq)]
#[orm(schema = "video", table = "audit_logs", index(room_id, timestamp.desc()))]
pub struct AuditLog {
    #[orm(primary_key, default = gen_random_uuid())]
    pub id: Uuid,
    pub action: AuditAction,
    #[orm(references(User.id, on_delete = set_null), index)]
    pub user_id: Option<Uuid>,
    #[orm(references(Room.id, on_delete = set_null))]
    pub room_id: Option<Uuid>,
    #[orm(references(User.id, on_delete = set_null))]
    pub target_user_id: Option<Uuid>,
    #[orm(default = json!({}))]
    pub metadata: Value,
    pub ip_address: Option<IpAddr>,
    pub user_agent: Option<String>,
    #[orm(default = now())]
    pub timestamp: DateTime<Utc>,
}

/// Everything that the database holds.
pub const SCHEMA: Schema = schema![
    AuthProviderType,
    RoomStatus,
    ParticipantRole,
    RecordingStatus,
    AuditAction,
    User,
    AuthProvider,
    Room,
    RoomParticipant,
    Recording,
    AuditLog,
];

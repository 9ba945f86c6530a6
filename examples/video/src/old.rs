//! What the service was before: its tables as TypeORM made them, and the code that knows nothing else.
#![allow(missing_docs, reason = "the fields are the columns, and are called what they are")]

use chrono::{DateTime, Utc};
use mizzle::prelude::*;
use serde_json::Value;
use uuid::Uuid;

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
#[orm(name = "meetings_status_enum")]
pub enum MeetingStatus {
    Active,
    Closed,
    Waiting,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(
    table = "users",
    primary_key(name = "PK_a3ffb1c0c8416b9fc6f907b7433", columns(id)),
    unique(name = "UQ_97672ac88f789774dd47f7c8be3", columns(email))
)]
pub struct User {
    #[orm(default = gen_random_uuid())]
    pub id: Uuid,
    #[orm(varchar(255))]
    pub email: String,
    #[orm(varchar(255))]
    pub password_hash: String,
    #[orm(varchar(100))]
    pub display_name: String,
    #[orm(default = true)]
    pub is_active: bool,
    #[orm(default = now())]
    pub created_at: DateTime<Utc>,
    #[orm(default = now(), on_update = now())]
    pub updated_at: DateTime<Utc>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(
    table = "meetings",
    primary_key(name = "PK_aa73be861afa77eb4ed31f3ed57", columns(id)),
    unique(name = "UQ_affc22de1b60cd232211c2c3335", columns(room_code)),
    foreign_key(name = "FK_6bf7c3bf900ea781101614178d0", columns(host_id), references(User.id))
)]
pub struct Meeting {
    #[orm(default = gen_random_uuid())]
    pub id: Uuid,
    #[orm(varchar(255))]
    pub title: String,
    #[orm(varchar(20))]
    pub room_code: String,
    pub host_id: Uuid,
    #[orm(default = MeetingStatus::Waiting)]
    pub status: MeetingStatus,
    #[orm(default = 100)]
    pub max_participants: i32,
    pub started_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    #[orm(default = 0)]
    pub peak_participants: i32,
    #[orm(default = now())]
    pub created_at: DateTime<Utc>,
    #[orm(default = now(), on_update = now())]
    pub updated_at: DateTime<Utc>,
}

/// Who did what; TypeORM was told of no relation, so that an entry outlives the meeting that it is about.
#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "audit_logs", primary_key(name = "PK_1bb179d048bbc581caa3b013439", columns(id)))]
pub struct AuditLog {
    #[orm(default = gen_random_uuid())]
    pub id: Uuid,
    #[orm(varchar(50))]
    pub action: String,
    pub user_id: Option<Uuid>,
    pub room_id: Option<Uuid>,
    pub metadata: Option<Value>,
    #[orm(varchar(45))]
    pub ip_address: Option<String>,
    #[orm(default = now())]
    pub created_at: DateTime<Utc>,
}

/// What the database held before.
pub const SCHEMA: Schema = schema![MeetingStatus, User, Meeting, AuditLog];

type Result<T> = std::result::Result<T, mizzle::Error>;

pub async fn sign_up(db: &Db, email: &str, name: &str) -> Result<User> {
    let user = insert(User)
        .set(User.email, email)
        .set(User.password_hash, "bcrypt$made-up")
        .set(User.display_name, name)
        .returning(User)
        .one(db)
        .await?;
    log(db, "user_registered", user.id, None).await?;
    Ok(user)
}

pub async fn log_in(db: &Db, email: &str) -> Result<Option<User>> {
    let user = select(User).filter(User.email.eq(email)).filter(User.is_active.eq(true)).optional(db).await?;
    if let Some(user) = &user {
        log(db, "user_login", user.id, None).await?;
    }
    Ok(user)
}

pub async fn call_oneself(db: &Db, user: Uuid, name: &str) -> Result<()> {
    update(User).set(User.display_name, name).find(user).execute(db).await?;
    log(db, "user_updated", user, None).await
}

pub async fn open(db: &Db, host: Uuid, title: &str, room_code: &str) -> Result<Meeting> {
    let meeting = insert(Meeting)
        .set(Meeting.host_id, host)
        .set(Meeting.title, title)
        .set(Meeting.room_code, room_code)
        .returning(Meeting)
        .one(db)
        .await?;
    log(db, "meeting_created", host, Some(meeting.id)).await?;
    Ok(meeting)
}

/// Begins a meeting that waits; whether there was one.
pub async fn start(db: &Db, meeting: &Meeting) -> Result<bool> {
    let started = update(Meeting)
        .set(Meeting.status, MeetingStatus::Active)
        .set(Meeting.started_at, now())
        .set(Meeting.peak_participants, Meeting.peak_participants + 1)
        .find(meeting.id)
        .filter(Meeting.status.eq(MeetingStatus::Waiting))
        .execute(db)
        .await?;
    log(db, "meeting_started", meeting.host_id, Some(meeting.id)).await?;
    Ok(started == 1)
}

/// Ends a meeting; whether it was under way.
pub async fn close(db: &Db, meeting: &Meeting) -> Result<bool> {
    let closed = update(Meeting)
        .set(Meeting.status, MeetingStatus::Closed)
        .set(Meeting.ended_at, now())
        .find(meeting.id)
        .filter(Meeting.status.eq(MeetingStatus::Active))
        .execute(db)
        .await?;
    log(db, "meeting_closed", meeting.host_id, Some(meeting.id)).await?;
    Ok(closed == 1)
}

/// Removes a meeting that nobody came to.
pub async fn remove(db: &Db, meeting: &Meeting) -> Result<bool> {
    log(db, "meeting_deleted", meeting.host_id, Some(meeting.id)).await?;
    let removed = delete(Meeting)
        .find(meeting.id)
        .filter(Meeting.status.eq(MeetingStatus::Waiting))
        .execute(db)
        .await?;
    Ok(removed == 1)
}

pub async fn find(db: &Db, room_code: &str) -> Result<Option<Meeting>> {
    select(Meeting).filter(Meeting.room_code.eq(room_code)).optional(db).await
}

async fn log(db: &Db, action: &str, user: Uuid, meeting: Option<Uuid>) -> Result<()> {
    insert(AuditLog)
        .set(AuditLog.action, action)
        .set(AuditLog.user_id, user)
        .set(AuditLog.room_id, meeting)
        .set(AuditLog.ip_address, "203.0.113.7")
        .execute(db)
        .await?;
    Ok(())
}

//! What the service does with its new tables: some of its calls, of which each table is written and read by one at least.
#![allow(missing_docs, reason = "the fields say what they are")]

use crate::schema::{
    AuditAction, AuditLog, AuthProvider, AuthProviderType, ParticipantRole, Recording, RecordingStatus, Room,
    RoomParticipant, RoomStatus, User,
};
use chrono::{DateTime, Utc};
use mizzle::Page;
use mizzle::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

type Result<T> = std::result::Result<T, mizzle::Error>;

/// Who registers.
#[derive(Debug, Clone, Copy, Insert)]
#[orm(table = User)]
pub struct Registration<'a> {
    pub username: &'a str,
    pub email: &'a str,
    pub password_hash: Option<&'a str>,
    pub display_name: &'a str,
}

/// A user with the first way to log in.
pub async fn register(db: &Db, registration: Registration<'_>) -> Result<User> {
    db.transaction(async |tx| {
        let user: User = insert(User).row(&registration).returning(User).one(tx).await?;
        insert(AuthProvider)
            .set(AuthProvider.user_id, user.id)
            .set(AuthProvider.provider_type, AuthProviderType::Local)
            .set(AuthProvider.provider_id, user.id.to_string())
            .set(AuthProvider.provider_email, registration.email)
            .execute(tx)
            .await?;
        log(tx, AuditAction::UserRegistered, user.id, None, json!({ "username": user.username })).await?;
        Ok(user)
    })
    .await
}

/// Another way to log in.
pub async fn link(db: &Db, user: Uuid, provider: AuthProviderType, provider_id: &str) -> Result<()> {
    db.transaction(async |tx| {
        insert(AuthProvider)
            .set(AuthProvider.user_id, user)
            .set(AuthProvider.provider_type, provider)
            .set(AuthProvider.provider_id, provider_id)
            .execute(tx)
            .await?;
        log(tx, AuditAction::ProviderLinked, user, None, json!({})).await
    })
    .await
}

/// The user of that name or address, who is active, with all ways to log in.
pub async fn find(db: &impl Executor, name_or_email: &str) -> Result<Option<(User, Vec<AuthProvider>)>> {
    let found = select(User)
        .filter(User.username.eq(name_or_email).or(User.email.eq(name_or_email)))
        .filter(User.deleted_at.is_null())
        .filter(User.is_active.eq(true))
        .optional(db)
        .await?;
    let Some(user) = found else { return Ok(None) };
    let providers = select(AuthProvider)
        .filter(AuthProvider.user_id.eq(user.id))
        .order_by(AuthProvider.provider_type)
        .all(db)
        .await?;
    Ok(Some((user, providers)))
}

pub async fn log_in(db: &Db, user: Uuid) -> Result<()> {
    db.transaction(async |tx| {
        update(User).set(User.last_login_at, now()).find(user).execute(tx).await?;
        log(tx, AuditAction::UserLogin, user, None, json!({})).await
    })
    .await
}

/// Deletes what is personal, ends the user's rooms and leaves those of others; the rows stay.
pub async fn forget(db: &Db, user: Uuid) -> Result<()> {
    db.transaction(async |tx| {
        let live = select(Room)
            .filter(Room.owner_id.eq(user))
            .filter(Room.status.eq(RoomStatus::Live))
            .for_update()
            .all(tx)
            .await?;
        for room in &live {
            finish(tx, room).await?;
        }
        update(RoomParticipant)
            .set(RoomParticipant.left_at, now())
            .filter(RoomParticipant.user_id.eq(user))
            .filter(RoomParticipant.left_at.is_null())
            .execute(tx)
            .await?;
        update(Recording)
            .set(Recording.deleted_at, now())
            .filter(Recording.owner_id.eq(user))
            .filter(Recording.deleted_at.is_null())
            .execute(tx)
            .await?;
        delete(AuthProvider).filter(AuthProvider.user_id.eq(user)).execute(tx).await?;
        update(User)
            .set(User.email, null())
            .set(User.password_hash, null())
            .set(User.display_name, null())
            .set(User.is_active, false)
            .set(User.deleted_at, now())
            .find(user)
            .execute(tx)
            .await?;
        log(tx, AuditAction::UserDeleted, user, None, json!({})).await
    })
    .await
}

pub async fn create_room(db: &Db, owner: Uuid, room_code: &str, title: &str) -> Result<Room> {
    db.transaction(async |tx| {
        let room: Room = insert(Room)
            .set(Room.owner_id, owner)
            .set(Room.room_code, room_code)
            .set(Room.title, title)
            .returning(Room)
            .one(tx)
            .await?;
        log(tx, AuditAction::RoomCreated, owner, Some(room.id), json!({ "code": room_code })).await?;
        Ok(room)
    })
    .await
}

/// Begins a room, with its owner as the host; `None` if it has begun, or is gone.
pub async fn start(db: &Db, room: Uuid) -> Result<Option<Room>> {
    db.transaction(async |tx| {
        let started = update(Room)
            .set(Room.status, RoomStatus::Live)
            .set(Room.started_at, now())
            .find(room)
            .filter(Room.status.eq(RoomStatus::Created))
            .filter(Room.deleted_at.is_null())
            .returning(Room)
            .optional(tx)
            .await?;
        if let Some(room) = &started {
            enter(tx, room, room.owner_id, ParticipantRole::Host).await?;
            log(tx, AuditAction::RoomStarted, room.owner_id, Some(room.id), json!({})).await?;
        }
        Ok(started)
    })
    .await
}

/// Lets a user in; `None` if the room is not live or full, or the user is banned.
pub async fn join(db: &Db, room: Uuid, user: Uuid) -> Result<Option<RoomParticipant>> {
    db.transaction(async |tx| {
        let live = select(Room).find(room).filter(Room.status.eq(RoomStatus::Live)).for_update();
        let Some(room) = live.optional(tx).await? else { return Ok(None) };
        let (present, bans): (i64, i64) = select((
            count().filter(RoomParticipant.left_at.is_null()),
            count().filter(RoomParticipant.user_id.eq(user).and(RoomParticipant.is_banned.eq(true))),
        ))
        .from(RoomParticipant)
        .filter(RoomParticipant.room_id.eq(room.id))
        .one(tx)
        .await?;
        if bans > 0 || present >= i64::from(room.max_participants) {
            return Ok(None);
        }
        let participant = enter(tx, &room, user, ParticipantRole::Participant).await?;
        log(tx, AuditAction::ParticipantJoined, user, Some(room.id), json!({})).await?;
        Ok(Some(participant))
    })
    .await
}

async fn enter(tx: &Tx, room: &Room, user: Uuid, role: ParticipantRole) -> Result<RoomParticipant> {
    let present = select(RoomParticipant)
        .filter(RoomParticipant.room_id.eq(room.id))
        .filter(RoomParticipant.left_at.is_null())
        .count(tx)
        .await?;
    let present = i32::try_from(present).unwrap_or(i32::MAX).saturating_add(1);
    update(Room)
        .set(Room.total_joins, Room.total_joins + 1)
        .set(Room.peak_participants, greatest(Room.peak_participants, present))
        .find(room.id)
        .execute(tx)
        .await?;
    insert(RoomParticipant)
        .set(RoomParticipant.room_id, room.id)
        .set(RoomParticipant.user_id, user)
        .set(RoomParticipant.role, role)
        .returning(RoomParticipant)
        .one(tx)
        .await
}

/// Records a room that is live.
pub async fn record(db: &Db, room: &Room, storage_key: &str) -> Result<Recording> {
    db.transaction(async |tx| {
        let recording = insert(Recording)
            .set(Recording.room_id, room.id)
            .set(Recording.owner_id, room.owner_id)
            .set(Recording.storage_key, storage_key)
            .returning(Recording)
            .one(tx)
            .await?;
        let about = json!({ "key": storage_key });
        log(tx, AuditAction::RecordingStarted, room.owner_id, Some(room.id), about).await?;
        Ok(recording)
    })
    .await
}

/// What the end of a room has brought about.
#[derive(Debug, Clone, PartialEq)]
pub struct Ended {
    pub room: Room,
    pub evicted: u64,
    pub recordings: u64,
}

/// Ends a room, whoever began it; `None` if it is not live.
pub async fn end(db: &Db, room: Uuid) -> Result<Option<Ended>> {
    db.transaction(async |tx| {
        let live = select(Room).find(room).filter(Room.status.eq(RoomStatus::Live)).for_update();
        match live.optional(tx).await? {
            Some(room) => finish(tx, &room).await.map(Some),
            None => Ok(None),
        }
    })
    .await
}

async fn finish(tx: &Tx, room: &Room) -> Result<Ended> {
    let now = Utc::now();
    let lasted = room.started_at.map(|started| seconds(started, now));
    let ended = update(Room)
        .set(Room.status, RoomStatus::Ended)
        .set(Room.ended_at, now)
        .set(Room.duration_seconds, lasted)
        .find(room.id)
        .returning(Room)
        .one(tx)
        .await?;
    let evicted = update(RoomParticipant)
        .set(RoomParticipant.left_at, now)
        .filter(RoomParticipant.room_id.eq(room.id))
        .filter(RoomParticipant.left_at.is_null())
        .execute(tx)
        .await?;
    let recordings = update(Recording)
        .set(Recording.status, RecordingStatus::Stopped)
        .set(Recording.stopped_at, now)
        .filter(Recording.room_id.eq(room.id))
        .filter(Recording.status.in_([RecordingStatus::Started, RecordingStatus::InProgress]))
        .execute(tx)
        .await?;
    log(tx, AuditAction::RoomEnded, room.owner_id, Some(room.id), json!({ "evicted": evicted })).await?;
    Ok(Ended { room: ended, evicted, recordings })
}

fn seconds(from: DateTime<Utc>, to: DateTime<Utc>) -> i32 {
    i32::try_from((to - from).num_seconds()).unwrap_or(i32::MAX)
}

/// A room with its owner and who is there.
#[derive(Debug, Clone, PartialEq)]
pub struct RoomPage {
    pub room: Room,
    pub owner: User,
    pub present: Vec<(RoomParticipant, User)>,
}

pub async fn room_by_code(db: &impl Executor, room_code: &str) -> Result<Option<RoomPage>> {
    let found = select((Room, User))
        .from(Room)
        .join(User, User.id.eq(Room.owner_id))
        .filter(Room.room_code.eq(room_code))
        .filter(Room.deleted_at.is_null())
        .optional(db)
        .await?;
    let Some((room, owner)) = found else { return Ok(None) };
    let present = select((RoomParticipant, User))
        .from(RoomParticipant)
        .join(User, User.id.eq(RoomParticipant.user_id))
        .filter(RoomParticipant.room_id.eq(room.id))
        .filter(RoomParticipant.left_at.is_null())
        .order_by(RoomParticipant.joined_at)
        .all(db)
        .await?;
    Ok(Some(RoomPage { room, owner, present }))
}

/// The recordings of a room, newest first.
pub async fn recordings(db: &impl Executor, room: Uuid) -> Result<Vec<Recording>> {
    select(Recording)
        .filter(Recording.room_id.eq(room))
        .filter(Recording.deleted_at.is_null())
        .order_by(Recording.started_at.desc())
        .all(db)
        .await
}

/// What happened in a room, newest first, with who did it.
pub async fn trail(
    db: &impl Executor,
    room: Uuid,
    rows: u32,
    after: Option<&str>,
) -> Result<Page<(AuditLog, Option<User>)>> {
    select((AuditLog, User))
        .from(AuditLog)
        .left_join(User, User.id.eq(AuditLog.user_id))
        .filter(AuditLog.room_id.eq(room))
        .keyset((AuditLog.timestamp.desc(), AuditLog.id), rows)
        .after(after)
        .page(db)
        .await
}

async fn log(tx: &Tx, action: AuditAction, user: Uuid, room: Option<Uuid>, metadata: Value) -> Result<()> {
    insert(AuditLog)
        .set(AuditLog.action, action)
        .set(AuditLog.user_id, user)
        .set(AuditLog.room_id, room)
        .set(AuditLog.metadata, metadata)
        .set(AuditLog.user_agent, "video/2")
        .execute(tx)
        .await?;
    Ok(())
}

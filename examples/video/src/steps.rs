//! What moves the rows that were there before the bridge: three steps, which the migration `move` runs one after the other.
//!
//! Old code goes on meanwhile. So a step locks what it moves against being removed, which holds nobody up for longer than a
//! batch takes, and leaves alone what the bridge has moved already: that is newer.

use crate::bridge::{moving, naming};
use crate::old::{self, MeetingStatus};
use crate::schema::{AuditAction, AuditLog, AuthProvider, AuthProviderType, Room, RoomStatus, User};
use chrono::{DateTime, Utc};
use mizzle::prelude::*;
use orm_kit::migrate::{Batch, Moved, Step};
use serde_json::Value;
use std::collections::HashSet;
use std::net::IpAddr;
use uuid::Uuid;

/// What migrations run of this program.
pub const STEPS: &[Step] = orm_kit::steps![accounts, rooms, audit_trail];

/// Users, each with a name of their own and a way to log in.
///
/// # Errors
/// If the server does.
pub async fn accounts(tx: &Tx, batch: Batch) -> Result<Moved, mizzle::Error> {
    moving(tx).await?;
    naming(tx).await?;
    let pages = select(old::User.id).from(old::User).keyset(old::User.id, batch.rows);
    let page = pages.after(batch.after.as_deref()).page(tx).await?;
    let there = select(User.id).from(User).filter(User.id.in_(&page.rows)).all(tx).await?;
    let users = select(old::User)
        .filter(old::User.id.in_(&page.rows))
        .filter(old::User.id.not_in(&there))
        .order_by(old::User.id)
        .for_key_share()
        .all(tx)
        .await?;
    let moved = loop {
        match tx.transaction(async |tx| insert_users(tx, &users).await).await {
            // New code has given a name to somebody since we asked.
            Err(error) if error.violates(User.username) => {}
            done => break done?,
        }
    };
    let providers: Vec<_> =
        users.iter().filter(|user| moved.contains(&user.id)).map(NewProvider::of).collect();
    insert(AuthProvider).rows(&providers).execute(tx).await?;
    Ok(Moved::page(&page))
}

/// Meetings become rooms.
///
/// # Errors
/// If the server does.
pub async fn rooms(tx: &Tx, batch: Batch) -> Result<Moved, mizzle::Error> {
    moving(tx).await?;
    let pages = select(old::Meeting.id).from(old::Meeting).keyset(old::Meeting.id, batch.rows);
    let page = pages.after(batch.after.as_deref()).page(tx).await?;
    let there = select(Room.id).from(Room).filter(Room.id.in_(&page.rows)).all(tx).await?;
    let meetings = select(old::Meeting)
        .filter(old::Meeting.id.in_(&page.rows))
        .filter(old::Meeting.id.not_in(&there))
        .for_key_share()
        .all(tx)
        .await?;
    let rooms: Vec<_> = meetings.iter().map(NewRoom::of).collect();
    insert(Room).rows(&rooms).on_conflict(Room.id).do_nothing().execute(tx).await?;
    Ok(Moved::page(&page))
}

/// The audit log. What an action is called, and whether an address is one, the bridge says for both of us.
///
/// # Errors
/// If the server does.
pub async fn audit_trail(tx: &Tx, batch: Batch) -> Result<Moved, mizzle::Error> {
    moving(tx).await?;
    let log = old::AuditLog;
    let pages = select(log.id).from(log).keyset(log.id, batch.rows);
    let page = pages.after(batch.after.as_deref()).page(tx).await?;
    let there = select(AuditLog.id).from(AuditLog).filter(AuditLog.id.in_(&page.rows)).all(tx).await?;
    let action = sql!("bridge.action({log.action})").of::<AuditAction>();
    let metadata = sql!("bridge.metadata({log.metadata}, {log.action}, {log.ip_address})").of::<Value>();
    let address = sql!("bridge.address({log.ip_address})").of::<Option<IpAddr>>();
    let entries = select((log.id, action, log.user_id, log.room_id, metadata, address, log.created_at))
        .from(log)
        .filter(log.id.in_(&page.rows))
        .filter(log.id.not_in(&there))
        .all(tx)
        .await?;

    // An old entry may be about what is gone.
    let users: Vec<_> = entries.iter().filter_map(|entry| entry.2).collect();
    let users = select(User.id).from(User).filter(User.id.in_(&users)).for_key_share().all(tx).await?;
    let rooms: Vec<_> = entries.iter().filter_map(|entry| entry.3).collect();
    let rooms = select(Room.id).from(Room).filter(Room.id.in_(&rooms)).for_key_share().all(tx).await?;
    let (users, rooms): (HashSet<_>, HashSet<_>) = (users.into_iter().collect(), rooms.into_iter().collect());
    let entries: Vec<_> = entries
        .into_iter()
        .map(|(id, action, user, room, metadata, ip_address, timestamp)| NewEntry {
            id,
            action,
            user_id: user.filter(|user| users.contains(user)),
            room_id: room.filter(|room| rooms.contains(room)),
            metadata,
            ip_address,
            timestamp,
        })
        .collect();
    insert(AuditLog).rows(&entries).on_conflict(AuditLog.id).do_nothing().execute(tx).await?;
    Ok(Moved::page(&page))
}

#[derive(Insert)]
#[orm(table = User)]
struct NewUser<'a> {
    id: Uuid,
    username: &'a str,
    email: &'a str,
    password_hash: &'a str,
    display_name: &'a str,
    is_active: bool,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Insert)]
#[orm(table = AuthProvider)]
struct NewProvider<'a> {
    user_id: Uuid,
    provider_type: AuthProviderType,
    provider_id: String,
    provider_email: &'a str,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Insert)]
#[orm(table = Room)]
struct NewRoom<'a> {
    id: Uuid,
    owner_id: Uuid,
    room_code: &'a str,
    title: &'a str,
    max_participants: i32,
    status: RoomStatus,
    started_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
    peak_participants: i32,
    duration_seconds: Option<i32>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Insert)]
#[orm(table = AuditLog)]
struct NewEntry {
    id: Uuid,
    action: AuditAction,
    user_id: Option<Uuid>,
    room_id: Option<Uuid>,
    metadata: Value,
    ip_address: Option<IpAddr>,
    timestamp: DateTime<Utc>,
}

impl<'a> NewProvider<'a> {
    fn of(user: &'a old::User) -> Self {
        NewProvider {
            user_id: user.id,
            provider_type: AuthProviderType::Local,
            provider_id: user.id.to_string(),
            provider_email: &user.email,
            created_at: user.created_at,
            updated_at: user.updated_at,
        }
    }
}

impl<'a> NewRoom<'a> {
    fn of(meeting: &'a old::Meeting) -> Self {
        let lasted = meeting.started_at.zip(meeting.ended_at).map(|(start, end)| (end - start).num_seconds());
        NewRoom {
            id: meeting.id,
            owner_id: meeting.host_id,
            room_code: &meeting.room_code,
            title: &meeting.title,
            max_participants: meeting.max_participants,
            status: match meeting.status {
                MeetingStatus::Active => RoomStatus::Live,
                MeetingStatus::Closed => RoomStatus::Ended,
                MeetingStatus::Waiting => RoomStatus::Created,
            },
            started_at: meeting.started_at,
            ended_at: meeting.ended_at,
            peak_participants: meeting.peak_participants,
            duration_seconds: lasted.and_then(|seconds| i32::try_from(seconds).ok()),
            created_at: meeting.created_at,
            updated_at: meeting.updated_at,
        }
    }
}

/// Inserts the users, and gives the ids of those that nobody else has inserted meanwhile.
async fn insert_users(tx: &Tx, users: &[old::User]) -> Result<HashSet<Uuid>, mizzle::Error> {
    let names = usernames(tx, users).await?;
    let rows: Vec<_> = users
        .iter()
        .zip(&names)
        .map(|(user, username)| NewUser {
            id: user.id,
            username,
            email: &user.email,
            password_hash: &user.password_hash,
            display_name: &user.display_name,
            is_active: user.is_active,
            created_at: user.created_at,
            updated_at: user.updated_at,
        })
        .collect();
    let moved = insert(User).rows(&rows).on_conflict(User.id).do_nothing().returning(User.id).all(tx).await?;
    Ok(moved.into_iter().collect())
}

/// A name for each, which nobody has yet.
async fn usernames(tx: &Tx, users: &[old::User]) -> Result<Vec<String>, mizzle::Error> {
    let (mut asked, mut taken) = (HashSet::new(), HashSet::new());
    // Further each time, since many may be called the same.
    let mut ahead = 1;
    loop {
        let names = numbered(users, taken.clone());
        let mut unknown = Vec::new();
        for (base, number) in &names {
            if !asked.contains(&called(base, *number)) {
                let next = (*number..number + ahead).map(|number| called(base, number));
                unknown.extend(next.filter(|name| asked.insert(name.clone())));
            }
        }
        if unknown.is_empty() {
            return Ok(names.iter().map(|(base, number)| called(base, *number)).collect());
        }
        taken.extend(select(User.username).from(User).filter(User.username.in_(&unknown)).all(tx).await?);
        ahead *= 2;
    }
}

/// The part of each address before the `@`, and which one of that name it is.
fn numbered(users: &[old::User], mut taken: HashSet<String>) -> Vec<(String, u64)> {
    let mut names = Vec::new();
    for user in users {
        let local = user.email.split('@').next().unwrap_or_default().to_lowercase();
        let base: String = local.chars().take(40).collect();
        let base = if base.is_empty() { "user".to_owned() } else { base };
        let mut number = 1;
        while !taken.insert(called(&base, number)) {
            number += 1;
        }
        names.push((base, number));
    }
    names
}

/// The first one has no number.
fn called(base: &str, number: u64) -> String {
    if number == 1 { base.to_owned() } else { format!("{base}{number}") }
}

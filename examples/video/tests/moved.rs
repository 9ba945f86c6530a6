//! What becomes of the rows that were there before.

use super::helper::{AMOUNT, TestResult, agreed, made_up};
use mizzle::prelude::*;
use orm_kit::migrate::Target;
use serde_json::json;
use video::made_up::Amount;
use video::migrations::until;
use video::old;
use video::schema::{AuditAction, AuditLog, AuthProvider, AuthProviderType, Room, RoomStatus, User};

#[tokio::test]
async fn every_row_is_in_the_new_tables() -> TestResult {
    let (db, _database) = made_up("move").await?;
    let Amount { users, meetings, logs } = AMOUNT;
    assert_eq!(agreed(&db).await?, [users, meetings, logs].map(i64::from));
    let providers = select(AuthProvider).filter(AuthProvider.provider_type.eq(AuthProviderType::Local));
    assert_eq!(providers.count(&db).await?, i64::from(users));
    Ok(())
}

/// Ten share the part before the `@`.
#[tokio::test]
async fn who_shares_a_name_gets_a_number() -> TestResult {
    let (db, _database) = made_up("move").await?;
    let names = select(User.username)
        .from(User)
        .filter(User.email.starts_with("bob.archer@"))
        .order_by((length(User.username), User.username))
        .all(&db)
        .await?;
    let numbers = (2..=10).map(|number| format!("bob.archer{number}"));
    assert_eq!(names, std::iter::once("bob.archer".to_owned()).chain(numbers).collect::<Vec<_>>());
    // Capitals are the same name.
    assert_eq!(select(User).filter(User.username.starts_with("ada.archer")).count(&db).await?, 10);
    Ok(())
}

#[tokio::test]
async fn a_meeting_is_a_room_with_its_status_and_duration() -> TestResult {
    let (db, _database) = made_up("move").await?;
    let by_status = select((Room.status, count(), count_of(Room.duration_seconds)))
        .from(Room)
        .group_by(Room.status)
        .order_by(Room.status)
        .all(&db)
        .await?;
    let expected = [(RoomStatus::Created, 40, 0), (RoomStatus::Live, 40, 0), (RoomStatus::Ended, 320, 320)];
    assert_eq!(by_status, expected);

    let meeting: old::Meeting =
        select(old::Meeting).filter(old::Meeting.title.eq("Meeting 33")).one(&db).await?;
    let room: Room = select(Room).find(meeting.id).one(&db).await?;
    // 33 times one and a half seconds.
    assert_eq!(room.duration_seconds, Some(49));
    assert_eq!(
        (room.owner_id, room.room_code, room.title),
        (meeting.host_id, meeting.room_code, meeting.title)
    );
    Ok(())
}

#[tokio::test]
async fn what_has_no_place_in_an_entry_is_kept_in_its_metadata() -> TestResult {
    let (db, _database) = made_up("move").await?;
    let odd = select(AuditLog).filter(AuditLog.metadata.has_key("old_action")).order_by(AuditLog.timestamp);
    let odd = odd.all(&db).await?;
    assert_eq!(odd.len(), 2);
    assert!(odd.iter().all(|entry| entry.action == AuditAction::SuspiciousActivity));
    assert_eq!(odd[0].metadata, json!({ "n": 0, "old_action": "Frobnicated", "old_address": "unknown" }));
    // The meeting of each 333rd is gone, and nobody is said to have done each 400th.
    assert_eq!(select(AuditLog).filter(AuditLog.room_id.is_null()).count(&db).await?, 4);
    assert_eq!(select(AuditLog).filter(AuditLog.user_id.is_null()).count(&db).await?, 3);
    Ok(())
}

#[tokio::test]
async fn a_second_run_does_nothing() -> TestResult {
    let (db, database) = made_up("move").await?;
    let report = until("move", database.url())?.run(&mut ()).await?;
    assert!(report.applied.is_empty() && report.waiting.is_empty(), "{report:?}");
    agreed(&db).await?;
    Ok(())
}

/// Until the contract there is a way back, on which old code loses nothing.
#[tokio::test]
async fn the_move_can_be_taken_back_and_done_again() -> TestResult {
    let (db, database) = made_up("move").await?;
    let late = old::sign_up(&db, "late@example.com", "Late").await?;
    let migrator = until("move", database.url())?.data_loss(true);
    assert_eq!(migrator.down(Target::Steps(2), &mut ()).await?.len(), 2);
    old::call_oneself(&db, late.id, "Later").await?;
    assert_eq!(select(old::User).count(&db).await?, i64::from(AMOUNT.users) + 1);
    migrator.run(&mut ()).await?;
    assert_eq!(agreed(&db).await?[0], i64::from(AMOUNT.users) + 1);
    Ok(())
}

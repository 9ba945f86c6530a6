//! What one code writes, the other one reads at once.

use super::helper::{TestResult, agreed, made_up};
use mizzle::prelude::*;
use video::new::{self, Registration};
use video::old::{self, MeetingStatus};
use video::schema::{AuditAction, AuditLog, AuthProviderType, Room, RoomStatus, User};

const NEWCOMER: Registration<'_> =
    Registration { username: "grace", email: "g@example.com", password_hash: None, display_name: "Grace" };

/// What old code writes is a row of the new tables, before the move as well as after it.
#[tokio::test]
async fn old_code_writes_the_new_tables() -> TestResult {
    for moved in ["expand", "move"] {
        let (db, _database) = made_up(moved).await?;
        let host = old::sign_up(&db, "Grace@example.com", "Grace").await?;
        let (user, providers) = new::find(&db, "grace").await?.ok_or("no user")?;
        assert_eq!((user.id, user.email.as_deref()), (host.id, Some("Grace@example.com")));
        assert_eq!(providers[0].provider_type, AuthProviderType::Local);

        let meeting = old::open(&db, host.id, "Standup", "up").await?;
        let status = async || select(Room.status).from(Room).find(meeting.id).optional(&db).await;
        assert_eq!(status().await?, Some(RoomStatus::Created));
        assert!(old::start(&db, &meeting).await?);
        assert_eq!(status().await?, Some(RoomStatus::Live));
        assert!(old::close(&db, &meeting).await?);
        assert_eq!(status().await?, Some(RoomStatus::Ended));
        let trail = new::trail(&db, meeting.id, 10, None).await?;
        let actions: Vec<_> = trail.rows.iter().map(|(entry, _)| entry.action).collect();
        assert_eq!(actions, [AuditAction::RoomEnded, AuditAction::RoomStarted, AuditAction::RoomCreated]);

        let other = old::open(&db, host.id, "Nobody comes", "none").await?;
        assert!(old::remove(&db, &other).await?);
        assert!(new::room_by_code(&db, "none").await?.is_none());
    }
    Ok(())
}

#[tokio::test]
async fn new_code_writes_the_old_tables() -> TestResult {
    for moved in ["expand", "move"] {
        let (db, _database) = made_up(moved).await?;
        let user = new::register(&db, NEWCOMER).await?;
        let found = old::log_in(&db, "g@example.com").await?.ok_or("no user")?;
        assert_eq!((found.id, found.display_name.as_str()), (user.id, "Grace"));

        let room = new::create_room(&db, user.id, "up", "Standup").await?;
        new::start(&db, room.id).await?.ok_or("it does not start")?;
        let meeting = old::find(&db, "up").await?.ok_or("no meeting")?;
        assert_eq!((meeting.status, meeting.peak_participants), (MeetingStatus::Active, 1));
        new::end(&db, room.id).await?.ok_or("it does not end")?;
        let meeting = old::find(&db, "up").await?.ok_or("no meeting")?;
        assert_eq!(meeting.status, MeetingStatus::Closed);
        let words = select(old::AuditLog.action)
            .from(old::AuditLog)
            .filter(old::AuditLog.room_id.eq(room.id))
            .order_by(old::AuditLog.created_at)
            .all(&db)
            .await?;
        assert_eq!(words, ["meeting_created", "meeting_started", "meeting_closed"]);

        new::forget(&db, user.id).await?;
        assert!(old::log_in(&db, "g@example.com").await?.is_none());
        // Old code does not bring back what new code has deleted.
        old::call_oneself(&db, user.id, "Grace again").await?;
        let user: User = select(User).find(user.id).one(&db).await?;
        assert_eq!((user.email, user.display_name), (None, None));
    }
    Ok(())
}

/// The host, the meeting and an entry may be used before their turn to be moved comes.
#[tokio::test]
async fn what_is_used_is_moved_ahead() -> TestResult {
    let (db, _database) = made_up("expand").await?;
    assert_eq!(select(User).count(&db).await?, 0);
    let waiting: old::Meeting =
        select(old::Meeting).filter(old::Meeting.status.eq(MeetingStatus::Waiting)).limit(1).one(&db).await?;
    assert!(old::start(&db, &waiting).await?);
    let page = new::room_by_code(&db, &waiting.room_code).await?.ok_or("no room")?;
    assert_eq!((page.owner.id, page.room.status), (waiting.host_id, RoomStatus::Live));
    assert_eq!((select(User).count(&db).await?, select(Room).count(&db).await?), (1, 1));
    assert_eq!(select(AuditLog).count(&db).await?, 1);
    Ok(())
}

#[tokio::test]
async fn nobody_is_turned_away_for_a_name_that_is_taken() -> TestResult {
    let (db, _database) = made_up("move").await?;
    new::register(&db, NEWCOMER).await?;
    for domain in ["a.example", "b.example"] {
        old::sign_up(&db, &format!("grace@{domain}"), "Grace").await?;
    }
    let names =
        select(User.username).from(User).filter(User.username.starts_with("grace")).order_by(User.username);
    assert_eq!(names.all(&db).await?, ["grace", "grace2", "grace3"]);
    agreed(&db).await?;
    Ok(())
}

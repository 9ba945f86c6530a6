//! Both codes write while the steps run.

use super::helper::{AMOUNT, TestResult, agreed, made_up};
use mizzle::prelude::*;
use orm_kit::migrate::Event;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;
use video::migrations::until;
use video::new::{self, Registration};
use video::old::{self, MeetingStatus};

/// Old code signs up, starts what was there before, and removes what is; until it is told to stop.
async fn old_code(db: &Db, stop: &AtomicBool) -> TestResult<u32> {
    let waiting = select(old::Meeting).filter(old::Meeting.status.eq(MeetingStatus::Waiting));
    let mut waiting = waiting.all(db).await?.into_iter();
    let mut round = 0_u32;
    while !stop.load(Ordering::Relaxed) {
        // Some of these names are taken by those who were there before, and some are about to be.
        let user = old::sign_up(db, &format!("bob.archer@{round}.example"), "Bob").await?;
        let meeting = old::open(db, user.id, "Standup", &format!("old-{round}")).await?;
        if round.is_multiple_of(3) {
            assert!(old::remove(db, &meeting).await?);
        }
        match waiting.next() {
            Some(meeting) if round.is_multiple_of(2) => assert!(old::start(db, &meeting).await?),
            Some(meeting) => assert!(old::remove(db, &meeting).await?),
            None => {}
        }
        round += 1;
    }
    Ok(round)
}

async fn new_code(db: &Db, stop: &AtomicBool) -> TestResult<u32> {
    let mut round = 0_u32;
    while !stop.load(Ordering::Relaxed) {
        let (username, email) = (format!("cleo.archer{round}"), format!("new{round}@example.com"));
        let registration =
            Registration { username: &username, email: &email, password_hash: None, display_name: "Cleo" };
        match new::register(db, registration).await {
            Ok(user) => {
                let room = new::create_room(db, user.id, &format!("new-{round}"), "Retrospective").await?;
                new::start(db, room.id).await?.ok_or("it does not start")?;
                if round.is_multiple_of(2) {
                    new::forget(db, user.id).await?;
                }
            }
            // One of those who were there before is called that.
            Err(error) if error.violates(video::schema::User.username) => {}
            Err(error) => return Err(error.into()),
        }
        round += 1;
    }
    Ok(round)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_written_meanwhile_is_in_both_shapes() -> TestResult {
    let (db, database) = made_up("expand").await?;
    let (stop, batches) = (AtomicBool::new(false), AtomicU32::new(0));
    let moving = async {
        // Before, during and after.
        tokio::time::sleep(Duration::from_millis(100)).await;
        let mut count = |event: Event<'_>| {
            if let Event::Batch { .. } = event {
                batches.fetch_add(1, Ordering::Relaxed);
            }
        };
        let moved = until("move", database.url())?.pause(Duration::from_millis(50)).run(&mut count).await;
        tokio::time::sleep(Duration::from_millis(100)).await;
        stop.store(true, Ordering::Relaxed);
        TestResult::Ok(moved?)
    };
    let (report, by_old, by_new) = tokio::join!(moving, old_code(&db, &stop), new_code(&db, &stop));
    assert_eq!(report?.applied.len(), 1);
    assert!(batches.into_inner() >= 3);
    let (by_old, by_new) = (by_old?, by_new?);
    assert!(by_old > 0 && by_new > 0, "{by_old} rounds of old code, {by_new} of new code");
    let [users, ..] = agreed(&db).await?;
    assert!(users > i64::from(AMOUNT.users) + i64::from(by_old), "{users} users");
    Ok(())
}

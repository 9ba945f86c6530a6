//! The move, from the old tables alone to the new tables alone.

pub(crate) mod load;
pub(crate) mod mover;

use load::{Code, Load};
use mizzle::prelude::*;
use orm_kit::compiled::compiled;
use orm_kit::drift::drift;
use orm_testing::TestDb;
use std::error::Error;
use std::time::Duration;
use tokio::time::sleep;
use video::agreement::agreement;
use video::made_up::{self, Amount};
use video::schema::{AuthProviderType, RoomStatus};
use video::{new, old, schema};

/// What a part of it returns.
pub(crate) type Told<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

const AMOUNT: Amount = Amount { users: 4000, meetings: 8000, logs: 24_000 };

pub(crate) async fn tell() -> Told {
    let database = TestDb::new().await?;
    let url = database.url();
    let db = Db::connect(url).await?;

    heading("What was there: the tables that TypeORM made");
    mover::apply(url, "init").await?;
    made_up::fill(&db, AMOUNT).await?;
    let Amount { users, meetings, logs } = AMOUNT;
    say!(
        "  {} users, {} meetings and {} entries of an audit log are made up.",
        grouped(users),
        grouped(meetings),
        grouped(logs)
    );
    let old_code = Load::of(Code::Old, &db, 2);
    say!("  Old code runs from now on.");

    heading("Expand: the new tables beside the old ones, and triggers that keep them alike");
    mover::apply(url, "expand").await?;
    let new_code = Load::of(Code::New, &db, 2);
    say!("  New code runs, too.");
    meet(&db, "cleo").await?;

    heading("The move: what was there before, batch by batch, by a process of its own");
    let killed_at = mover::start_and_kill(url).await?;
    say!("  It is killed, in the middle of `{killed_at}`. Both codes go on meanwhile.");
    meet(&db, "dora").await?;
    say!("  Another process goes on where that one stopped:");
    mover::finish(url, killed_at).await?;

    heading("Who has what now");
    compare(&db).await?;
    meet(&db, "emma").await?;

    heading("Contract: the old tables go, and the triggers with them");
    say!("  Old code stops. {}", old_code.stop().await?);
    compare(&db).await?;
    mover::apply(url, "old_tables_contract").await?;
    check(url).await?;
    register_and_meet(&db).await?;
    // Its connections have seen everything.
    sleep(Duration::from_millis(300)).await;
    say!("  New code stops as well. {}", new_code.stop().await?);
    Ok(())
}

fn heading(text: &str) {
    say!("\n{text}");
}

/// 12,000
pub(crate) fn grouped(number: impl ToString) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Each code finds what the other one has written just now.
async fn meet(db: &Db, name: &str) -> Told {
    let host = old::sign_up(db, &format!("{name}@old.example"), name).await?;
    let meeting = old::open(db, host.id, "Standup", &format!("{name}-up")).await?;
    old::start(db, &meeting).await?;
    let found =
        new::room_by_code(db, &meeting.room_code).await?.ok_or("new code does not find the meeting")?;
    agree(found.room.status == RoomStatus::Live, "the meeting is not live as a room")?;
    say!(
        "  Old code opens a meeting; new code finds it as a room, which is live and {}'s.",
        found.owner.username
    );

    let email = format!("{name}.new@example.com");
    let newcomer = format!("{name}.new");
    let registration = new::Registration {
        username: &newcomer,
        email: &email,
        password_hash: Some("made-up"),
        display_name: name,
    };
    let user = new::register(db, registration).await?;
    let found = old::log_in(db, &email).await?.ok_or("old code does not find the user")?;
    agree(found.id == user.id, "it is another user")?;
    new::end(db, meeting.id).await?.ok_or("new code does not end the meeting")?;
    agree(!old::close(db, &meeting).await?, "old code closes what has ended")?;
    say!(
        "  New code registers {newcomer}, who logs in by old code; it ends the meeting, and old code knows."
    );
    Ok(())
}

/// What there is to be done without old code.
async fn register_and_meet(db: &Db) -> Told {
    let registration = new::Registration {
        username: "fran",
        email: "fran@example.com",
        password_hash: None,
        display_name: "Fran",
    };
    let user = new::register(db, registration).await?;
    new::link(db, user.id, AuthProviderType::GitHub, "4711").await?;
    let (user, providers) = new::find(db, "fran").await?.ok_or("Fran is not found")?;
    let room = new::create_room(db, user.id, "fran-room", "Retrospective").await?;
    new::start(db, room.id).await?.ok_or("the room does not start")?;
    let (guest, _) = new::find(db, "cleo").await?.ok_or("Cleo is not found")?;
    new::join(db, room.id, guest.id).await?.ok_or("Cleo may not join")?;
    new::record(db, &room, "recordings/fran-room").await?;
    let ended = new::end(db, room.id).await?.ok_or("the room does not end")?;
    let trail = new::trail(db, room.id, 10, None).await?;
    agree((ended.evicted, ended.recordings, trail.rows.len()) == (2, 1, 5), "the room has another story")?;
    say!(
        "  Fran registers and can log in in {} ways; her room had {} guests, of whom Cleo is from before, and {} recording.",
        providers.len(),
        ended.evicted,
        ended.recordings
    );
    Ok(())
}

/// Says how many rows the tables have, and fails if they differ.
async fn compare(db: &Db) -> Told {
    say!("  {:<12}{:>10}{:>10}{:>12}", "", "old", "new", "differing");
    let mut differing = 0;
    for (kind, found) in agreement(db).await? {
        let [old, new, apart] = [found.old, found.new, found.differing].map(grouped);
        say!("  {kind:<12}{old:>10}{new:>10}{apart:>12}");
        differing += found.differing + (found.old - found.new).abs();
    }
    agree(differing == 0, "old and new tables differ")
}

/// The database is as the structs say: there is nothing else in it.
async fn check(url: &str) -> Told {
    let mut client = orm_postgres::connect_driver(url).await?;
    let declared = compiled(&schema::SCHEMA).catalog;
    let found =
        drift(&mut client, &declared, &["public".to_owned(), "video".to_owned(), "bridge".to_owned()], &[])
            .await?;
    agree(found.is_empty(), "the database is not as the schema says")?;
    let (tables, enums) = (found.live.tables.len(), found.live.enums.len());
    agree((tables, enums) == (6, 5), "there are not 6 tables and 5 enums")?;
    say!("  The database is as the structs say: {tables} tables, {enums} enums, and nothing else.");
    Ok(())
}

fn agree(holds: bool, otherwise: &str) -> Told {
    if holds { Ok(()) } else { Err(otherwise.into()) }
}

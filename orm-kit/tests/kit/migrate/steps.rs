//! Functions of the program that migrations run.

use super::helper::{Log, connect, migrator, until, value};
use mizzle::prelude::*;
use orm_kit::migrate::{Batch, Event, Migrator, Moved, Step, Target};
use orm_kit::steps;
use orm_testing::TestDb;

#[derive(Table)]
#[allow(dead_code, reason = "the fields are columns, and no row is read")]
#[orm(table = "users")]
struct User {
    #[orm(primary_key)]
    id: i32,
    email: String,
    username: Option<String>,
}

#[derive(Table)]
#[allow(dead_code, reason = "the fields are columns, and no row is read")]
#[orm(table = "providers")]
struct Provider {
    #[orm(primary_key, identity)]
    id: i64,
    user_id: i32,
}

/// One provider a user: whoever is moved twice has two.
async fn usernames(tx: &Tx, batch: Batch) -> Result<Moved, mizzle::Error> {
    let users = select((User.id, User.email)).from(User).keyset(User.id, batch.rows.min(100));
    let page = users.after(batch.after.as_deref()).page(tx).await?;
    for (id, email) in &page.rows {
        let name = email.split('@').next().unwrap_or_default();
        update(User).set(User.username, name).filter(User.id.eq(*id)).execute(tx).await?;
        insert(Provider).set(Provider.user_id, *id).execute(tx).await?;
    }
    Ok(Moved::page(&page))
}

/// The way back.
async fn no_usernames(tx: &Tx, _: Batch) -> Result<Moved, mizzle::Error> {
    let rows =
        update(User).set(User.username, null()).filter(User.username.is_not_null()).execute(tx).await?;
    Ok(Moved { rows, next: None })
}

/// What does not find out where it is.
async fn round(_: &Tx, _: Batch) -> Result<Moved, mizzle::Error> {
    Ok(Moved { rows: 1, next: Some("here".to_owned()) })
}

/// What meets a mistake of its own.
async fn own(_: &Tx, _: Batch) -> Result<Moved, std::num::ParseIntError> {
    "x".parse::<u64>().map(|rows| Moved { rows, next: None })
}

const STEPS: &[Step] = steps![usernames, no_usernames, self::round, own];

const MOVE: &[(&str, &str)] = &[
    (
        "20260101000000_users",
        "create table users (id int primary key, email text not null, username text);
         create table providers (id bigint generated always as identity primary key, user_id int not null);
         insert into users select n, format('user%s@example.com', n) from generate_series(1, 1000) n;
         analyze users;",
    ),
    (
        "20260102000000_move",
        "-- mizzle: step usernames of public.users\n\nalter table users alter column username set not null;\n-- down\n\
         alter table users alter column username drop not null;\n-- mizzle: step no_usernames\n",
    ),
];

fn moving(url: &str, list: &[(&str, &str)]) -> Migrator {
    migrator(url, list).steps(STEPS)
}

/// Everyone is moved, and once.
async fn check_moved(db: &TestDb) {
    let client = connect(db).await;
    assert_eq!(value(&client, "select count(*) from users where username = 'user' || id").await, "1000");
    assert_eq!(
        value(&client, "select count(distinct user_id) || ' ' || count(*) from providers").await,
        "1000 1000"
    );
}

#[tokio::test]
async fn a_step_moves_batch_by_batch_and_says_how_far_it_is() {
    let db = TestDb::new().await.unwrap();
    let mut log = Log::default();
    moving(db.url(), MOVE).run(&mut log).await.unwrap();
    check_moved(&db).await;
    let place = "20260102000000_move/migration.sql:1: [1/2] -- mizzle: step usernames of public.users";
    assert!(log.has(&format!("{place}: 100 rows changed, of about 1000")), "{:#?}", log.0);
    assert!(log.has(&format!("{place}: 1000 rows changed, of about 1000")), "{:#?}", log.0);
    assert_eq!(
        moving(db.url(), MOVE).down(Target::Steps(1), &mut ()).await.unwrap(),
        ["20260102000000_move"]
    );
    let client = connect(&db).await;
    assert_eq!(value(&client, "select count(username) from users").await, "0");
}

#[tokio::test]
async fn a_step_goes_on_behind_the_last_batch_that_is_committed() {
    // The tenth is the last: what is noted behind it is noted with it.
    for killed in [1, 2, 3, 4, 10] {
        let db = TestDb::new().await.unwrap();
        let client = connect(&db).await;
        let (migrator, url) = (moving(db.url(), MOVE), db.url().to_owned());
        let running = tokio::spawn(async move {
            let mut batches = 0;
            let mut kill = |event: Event<'_>| {
                if let Event::Batch { .. } = event {
                    batches += 1;
                    if batches == killed {
                        super::batches::say(
                            &url,
                            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() \
                             and application_name = 'mizzle'"
                                .to_owned(),
                        );
                    }
                }
            };
            migrator.run(&mut kill).await
        });
        let error = running.await.unwrap().unwrap_err().to_string();
        assert!(error.contains("goes on where this stopped"), "{error}");
        until(&client, "not exists (select from pg_stat_activity where datname = current_database() and application_name = 'mizzle')").await;
        let place = "select (last_key is not null) = ($1 < 10) and (finished_at is null) = ($1 < 10) and changed_rows = 100 * $1 \
                     from mizzle.migration_statements where migration = '20260102000000_move'"
            .replace("$1", &killed.to_string());
        assert_eq!(value(&client, &place).await, "true");
        moving(db.url(), MOVE).run(&mut ()).await.unwrap();
        check_moved(&db).await;
    }
}

#[tokio::test]
async fn a_run_that_is_dropped_has_moved_nothing_twice() {
    let db = TestDb::new().await.unwrap();
    for millis in [1, 5, 20, 40, 60, 80, 100] {
        let run = moving(db.url(), MOVE);
        let dropped = tokio::time::timeout(std::time::Duration::from_millis(millis), run.run(&mut ())).await;
        drop(dropped);
    }
    moving(db.url(), MOVE).run(&mut ()).await.unwrap();
    check_moved(&db).await;
}

#[tokio::test]
async fn a_step_that_is_not_in_the_program_is_missed_before_anything_is_done() {
    let db = TestDb::new().await.unwrap();
    let error = migrator(db.url(), MOVE).run(&mut ()).await.unwrap_err().to_string();
    assert_eq!(
        error,
        "20260102000000_move/migration.sql:1: this program has no step `usernames`; it has none; give it in \
         `orm_kit::main_with(SCHEMA, steps![..])`, or of a migrator in `.steps(steps![..])`"
    );
    assert_eq!(value(&connect(&db).await, "select to_regclass('users') is null").await, "true");
}

#[tokio::test]
async fn a_step_that_fails_says_why_and_is_tried_again_by_the_next_run() {
    let db = TestDb::new().await.unwrap();
    let name = "20260101000000_a";
    let error = |text: &'static str| {
        let migrator = moving(db.url(), &[(name, text)]);
        async move { migrator.run(&mut ()).await.unwrap_err().to_string() }
    };
    assert_eq!(
        error("-- mizzle: step round").await,
        "20260101000000_a/migration.sql:1: `-- mizzle: step round`: it says that the next batch begins where this one did; \
         return the token of the page it read; run `mizzle migrate`, which goes on where this stopped"
    );
    assert_eq!(
        error("-- mizzle: step own").await,
        "20260101000000_a/migration.sql:1: `-- mizzle: step own`: invalid digit found in string; run `mizzle migrate`, which \
         goes on where this stopped"
    );
    assert_eq!(
        error("-- mizzle: step usernames").await,
        "20260101000000_a/migration.sql:1: `-- mizzle: step usernames`: select … from \"users\": relation \"users\" does not \
         exist (SQLSTATE 42P01); correct it and run `mizzle migrate`, which goes on here"
    );
}

#[tokio::test]
async fn a_step_waits_for_rows_that_others_hold() {
    let db = TestDb::new().await.unwrap();
    moving(db.url(), &MOVE[..1]).run(&mut ()).await.unwrap();
    let client = connect(&db).await;
    client.batch_execute("begin; update users set email = email where id = 150").await.unwrap();
    let mut log = Log::default();
    let migrator = moving(db.url(), MOVE);
    let freed = async {
        tokio::time::sleep(std::time::Duration::from_millis(700)).await;
        client.batch_execute("commit").await.unwrap();
    };
    let (ran, ()) = tokio::join!(migrator.run(&mut log), freed);
    ran.unwrap();
    assert!(log.has("tried 1 times, again in"), "{:#?}", log.0);
    check_moved(&db).await;
}

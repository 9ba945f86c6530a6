//! The project's own command, on its own migrations: what is written, what is left, and what the linter says.

use super::helper::{TestResult, made_up};
use mizzle::prelude::*;
use orm_kit::compiled::compiled;
use orm_kit::drift::drift;
use orm_kit::generate::Generation;
use orm_kit::migration::{Migration, Migrations, read_all};
use orm_kit::planner;
use orm_testing::TestDb;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::{env, fs, process};
use video::{bridge, old, schema};

/// What the command prints, and how it ends.
fn kit(url: &str, arguments: &[&str]) -> TestResult<(String, Option<i32>)> {
    let output = Command::new(env!("CARGO_BIN_EXE_video-kit"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("DATABASE_URL", url)
        .output()?;
    let text = format!("{}{}", String::from_utf8(output.stdout)?, String::from_utf8(output.stderr)?);
    Ok((text, output.status.code()))
}

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations"))
}

#[tokio::test]
async fn the_command_brings_a_database_from_nothing_to_what_the_structs_say() -> TestResult {
    let database = TestDb::new().await?;
    let (said, code) = kit(database.url(), &["migrate"])?;
    assert_eq!(code, Some(0), "{said}");
    // No old code is there to wait for.
    assert!(said.contains("applied ") && !said.contains("left for"), "{said}");
    let (said, code) = kit(database.url(), &["check"])?;
    assert_eq!(code, Some(0), "{said}");
    let (said, _) = kit(database.url(), &["migrate", "--contract"])?;
    assert!(said.contains("nothing to apply") || said.contains("has all"), "{said}");
    Ok(())
}

/// 6 tables and 5 enums, of which the last has 31 labels.
#[tokio::test]
async fn what_is_left_in_the_end_is_the_new_shape_alone() -> TestResult {
    let (db, database) = made_up("move").await?;
    let (said, code) = kit(database.url(), &["migrate", "--contract"])?;
    assert_eq!(code, Some(0), "{said}");
    let tables = sql!(
        "select schemaname || '.' || tablename from pg_tables
         where schemaname not in ('pg_catalog', 'information_schema', 'mizzle') order by tablename"
    );
    let names = ["audit_logs", "auth_providers", "recordings", "room_participants", "rooms", "users"];
    assert_eq!(tables.to::<String>().all(&db).await?, names.map(|name| format!("video.{name}")));
    let enums = sql!(
        "select typname::text, count(*) from pg_enum join pg_type on pg_type.oid = enumtypid group by typname
         order by typname"
    );
    let labels = [
        ("audit_action", 31),
        ("auth_provider_type", 6),
        ("participant_role", 3),
        ("recording_status", 6),
        ("room_status", 4),
    ];
    let enums = enums.to::<(String, i64)>().all(&db).await?;
    assert_eq!(enums, labels.map(|(name, labels)| (name.to_owned(), labels)));
    let routines = sql!(
        "select proname::text from pg_proc join pg_namespace n on n.oid = pronamespace
         where nspname not in ('pg_catalog', 'information_schema', 'mizzle')"
    );
    assert_eq!(routines.to::<String>().all(&db).await?, Vec::<String>::new());
    Ok(())
}

/// Nothing that the bridge declares is said to differ, as PostgreSQL prints it.
#[tokio::test]
async fn while_both_run_the_database_is_as_the_bridge_says() -> TestResult {
    let (_db, database) = made_up("move").await?;
    let mut client = orm_postgres::connect_driver(database.url()).await?;
    let found = drift(&mut client, &compiled(&bridge::SCHEMA).catalog, &[], &[]).await?;
    assert!(found.is_empty(), "{:#?}", found.changes);
    Ok(())
}

#[tokio::test]
async fn the_linter_finds_no_danger() -> TestResult {
    let database = TestDb::new().await?;
    let (said, code) = kit(database.url(), &["lint", "--all"])?;
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("4 migrations looked at: 0 dangers"), "{said}");
    Ok(())
}

/// What a trigger moves ahead, another one must keep alike from then on.
#[test]
fn the_triggers_come_in_the_order_of_what_they_move() -> TestResult {
    let migrations = read_all(folder())?;
    let expand = migrations.iter().nth(1).ok_or("no expand")?;
    let script = expand.script()?;
    let on = |table: &str| {
        let trigger = format!("on public.{table} for each row");
        script.segments.iter().position(|it| it.statements.iter().any(|it| it.sql.contains(&trigger)))
    };
    let [users, meetings, logs] = ["users", "meetings", "audit_logs"].map(on);
    assert!(users.is_some() && users < meetings && meetings < logs, "{users:?} {meetings:?} {logs:?}");
    Ok(())
}

/// Of the statements nobody has written one by hand; of the segments some are in another order.
#[test]
fn the_statements_are_those_that_generate_writes() -> TestResult {
    let written = read_all(folder())?;
    let all: Vec<&Migration> = written.iter().collect();
    let stages = [(0, "init", old::SCHEMA), (1, "expand", bridge::SCHEMA), (3, "old_tables", schema::SCHEMA)];
    for (at, name, schema) in stages {
        let before: Vec<Migration> = all.iter().take(at).map(|migration| (*migration).clone()).collect();
        let options = planner::Options::default();
        let next = Generation::new(&Migrations::new(before)?, &compiled(&schema).catalog, &[], &options)?;
        let scratch = env::temp_dir().join(format!("mizzle-video-{}-{at}", process::id()));
        fs::create_dir_all(&scratch)?;
        let mut texts = Vec::new();
        for folder in next.write(&scratch, Some(name))? {
            texts.push(fs::read_to_string(folder.join("migration.sql"))?);
        }
        fs::remove_dir_all(&scratch)?;
        for (text, kept) in texts.iter().zip(all.iter().skip(at)) {
            let made = Migration::new("20261101120000_made", text, None, &[]);
            assert_eq!(statements(&made)?, statements(kept)?, "{}", kept.name());
        }
    }
    let last =
        Generation::new(&written, &compiled(&schema::SCHEMA).catalog, &[], &planner::Options::default())?;
    assert!(last.is_empty(), "{:?}", last.changes);
    Ok(())
}

fn statements(migration: &Migration) -> TestResult<BTreeSet<String>> {
    Ok(migration.script()?.statements().map(|statement| statement.sql.clone()).collect())
}

//! Back, and back to nothing.

use super::helper::{connect, migrator, value};
use orm_kit::migrate::{Everything, State, Target};
use orm_testing::TestDb;

const THREE: &[(&str, &str)] = &[
    ("20260101000000_a", "create table a (b int);\n-- down\ndrop table a;"),
    (
        "20260102000000_b",
        "-- mizzle: no transaction\ncreate index concurrently a_b on a (b);\n-- down\n-- mizzle: no transaction\ndrop index concurrently a_b;",
    ),
    ("20260103000000_c", "create table c ();\n-- down\ndrop table c;"),
];

#[tokio::test]
async fn as_many_as_asked_for() {
    let db = TestDb::new().await.unwrap();
    let client = connect(&db).await;
    let migrator = migrator(db.url(), THREE);
    migrator.run(&mut ()).await.unwrap();
    assert_eq!(migrator.down(Target::Steps(0), &mut ()).await.unwrap(), [""; 0]);
    assert_eq!(migrator.down(Target::Steps(1), &mut ()).await.unwrap(), ["20260103000000_c"]);
    assert_eq!(migrator.down(Target::To("20260101000000_a"), &mut ()).await.unwrap(), ["20260102000000_b"]);
    assert_eq!(value(&client, "select count(*) from mizzle.migrations").await, "1");
    assert_eq!(migrator.run(&mut ()).await.unwrap().applied.len(), 2);
    assert_eq!(migrator.down(Target::Steps(9), &mut ()).await.unwrap().len(), 3);
    assert_eq!(value(&client, "select to_regclass('a') is null").await, "true");
}

#[tokio::test]
async fn none_if_one_cannot_be() {
    let db = TestDb::new().await.unwrap();
    let list = [
        ("20260101000000_a", "create table a ();\n-- down\n-- mizzle: irreversible: its rows are gone"),
        THREE[2],
    ];
    let migrator = migrator(db.url(), &list);
    migrator.run(&mut ()).await.unwrap();
    let error = migrator.down(Target::Steps(2), &mut ()).await.unwrap_err().to_string();
    assert_eq!(
        error,
        "20260101000000_a/down.sql: the migration cannot be taken back: its rows are gone; write a new one instead"
    );
    assert_eq!(value(&connect(&db).await, "select to_regclass('c') is not null").await, "true");
    let error = migrator.down(Target::To("x"), &mut ()).await.unwrap_err().to_string();
    assert_eq!(error, "there is no migration `x`; `mizzle status` lists them");
}

#[tokio::test]
async fn none_if_one_loses_data_that_nobody_gave_up() {
    let db = TestDb::new().await.unwrap();
    let lossy = "create table a ();\n-- down\n-- mizzle: allow data-loss\ndrop table a;";
    let migrator = migrator(db.url(), &[("20260101000000_a", lossy), THREE[2]]);
    migrator.run(&mut ()).await.unwrap();
    assert_eq!(migrator.data_lost_by(Target::Steps(1)).await.unwrap(), [""; 0]);
    assert_eq!(migrator.data_lost_by(Target::Steps(2)).await.unwrap(), ["20260101000000_a"]);
    let error = migrator.down(Target::Steps(2), &mut ()).await.unwrap_err().to_string();
    assert_eq!(
        error,
        "20260101000000_a/down.sql: taking the migration back loses data; if this is meant, say `--allow data-loss`, or in \
         a program `data_loss(true)`, of the migrator"
    );
    assert_eq!(value(&connect(&db).await, "select to_regclass('c') is not null").await, "true");
    assert_eq!(migrator.data_loss(true).down(Target::Steps(2), &mut ()).await.unwrap().len(), 2);
}

#[tokio::test]
async fn half_a_way_back_is_finished_before_anything_else() {
    let db = TestDb::new().await.unwrap();
    let client = connect(&db).await;
    let down = |text: &'static str| migrator(db.url(), &[("20260101000000_a", text)]);
    let broken = down(
        "create table a (); create table b ();\n-- down\ndrop table b;\n-- mizzle: transaction\ndrop table x;",
    );
    broken.run(&mut ()).await.unwrap();
    let error = broken.down(Target::Steps(1), &mut ()).await.unwrap_err().to_string();
    assert_eq!(
        error,
        "20260101000000_a/down.sql:3: `drop table x`: table \"x\" does not exist (SQLSTATE 42P01); correct it and run \
         `mizzle down`, which goes on here"
    );
    assert!(matches!(
        broken.status().await.unwrap()[0].state,
        State::Partial { reverting: true, done: 1, .. }
    ));
    let error = broken.run(&mut ()).await.unwrap_err().to_string();
    assert!(
        error
            .starts_with("migration `20260101000000_a` is half taken back; run `mizzle down` to finish that"),
        "{error}"
    );
    let mended = down(
        "create table a (); create table b ();\n-- down\ndrop table b;\n-- mizzle: transaction\ndrop table a;",
    );
    mended.down(Target::Steps(1), &mut ()).await.unwrap();
    assert_eq!(value(&client, "select to_regclass('a') is null").await, "true");
    mended.run(&mut ()).await.unwrap();
}

#[tokio::test]
async fn reset_leaves_an_empty_database() {
    let db = TestDb::with_schema(
        "create schema app; create table app.t (); create table t (); comment on schema public is 'x'",
    )
    .await
    .unwrap();
    let client = connect(&db).await;
    let facts = "select concat_ws(' ', nspowner::regrole, has_schema_privilege('public', oid, 'usage'),
        has_schema_privilege('public', oid, 'create'), obj_description(oid)) from pg_namespace where nspname = 'public'";
    let before = value(&client, facts).await;
    let migrator = migrator(db.url(), THREE);
    migrator.reset(Everything, &mut ()).await.unwrap();
    assert_eq!(value(&client, facts).await, before);
    assert_eq!(value(&client, "select to_regnamespace('app') is null").await, "true");
    migrator.run(&mut ()).await.unwrap();
    migrator.reset(Everything, &mut ()).await.unwrap();
    assert_eq!(migrator.run(&mut ()).await.unwrap().applied.len(), 3);
}

//! What the journal says against what the folders say.

use super::helper::{connect, migrations, migrator, value};
use orm_kit::migrate::{Migrator, Resolution, State};
use orm_kit::migration::{Migration, Migrations};
use orm_testing::TestDb;

const TWO: &[(&str, &str)] =
    &[("20260101000000_a", "create table a ()"), ("20260102000000_b", "create table b ()")];

#[tokio::test]
async fn an_edited_file_is_refused_until_it_is_accepted() {
    let db = TestDb::new().await.unwrap();
    migrator(db.url(), TWO).run(&mut ()).await.unwrap();
    let edited = migrator(db.url(), &[("20260101000000_a", "create table a (b int)"), TWO[1]]);
    let error = edited.run(&mut ()).await.unwrap_err().to_string();
    assert_eq!(
        error,
        "20260101000000_a/migration.sql: migration `20260101000000_a` was edited after it was applied; restore the file \
         and write what is new as a migration of its own, or accept it as it is by `mizzle repair`"
    );
    let status = edited.status().await.unwrap();
    assert!(
        matches!(status[0].state, State::Edited { .. }) && matches!(status[1].state, State::Applied { .. })
    );
    assert_eq!(edited.repair(&mut ()).await.unwrap().accepted, ["20260101000000_a"]);
    edited.run(&mut ()).await.unwrap();
}

#[tokio::test]
async fn a_missing_folder_is_refused_unless_it_may_be() {
    let db = TestDb::new().await.unwrap();
    migrator(db.url(), TWO).run(&mut ()).await.unwrap();
    let older = migrator(db.url(), &TWO[..1]);
    assert_eq!(
        older.run(&mut ()).await.unwrap_err().to_string(),
        "the database knows of migration `20260102000000_b`, which is not here; restore its folder, or deploy the version \
         that has it; if it is never to come back, `mizzle resolve --rolled-back 20260102000000_b` forgets it"
    );
    assert_eq!(older.status().await.unwrap()[1].state, State::Missing);
    older.clone().missing(true).run(&mut ()).await.unwrap();
    older.resolve("20260102000000_b", Resolution::RolledBack).await.unwrap();
    older.run(&mut ()).await.unwrap();
}

fn graph(names: &[(&str, &[&str])]) -> Migrations {
    let list = names.iter().map(|(name, parents)| {
        let (_, table) = name.split_once('_').unwrap();
        Migration::new(name, &format!("create table {table} ()"), None, parents)
    });
    Migrations::new(list.collect()).unwrap()
}

#[tokio::test]
async fn an_older_migration_is_applied_if_nothing_follows_it_yet() {
    let db = TestDb::new().await.unwrap();
    let (a, b, c, m) = ("20260101000000_a", "20260102000000_b", "20260103000000_c", "20260104000000_m");
    let run = |migrations: Migrations| {
        let migrator = Migrator::new(db.url()).migrations(migrations);
        async move { migrator.run(&mut ()).await }
    };
    run(graph(&[(a, &[]), (c, &[a])])).await.unwrap();
    let heads = run(graph(&[(a, &[]), (b, &[a]), (c, &[a])])).await.unwrap_err().to_string();
    assert_eq!(
        heads,
        format!("2 migrations have none behind them: `{b}`, `{c}`; join the branches by `mizzle merge`")
    );
    let merged = run(graph(&[(a, &[]), (b, &[a]), (c, &[a]), (m, &[b, c])])).await.unwrap();
    assert_eq!(merged.applied, [b, m]);
    let late = run(graph(&[
        (a, &[]),
        (b, &[a]),
        (c, &[a]),
        ("20260102000000_x", &[b]),
        (m, &["20260102000000_x", c]),
    ]));
    let late = late.await.unwrap_err().to_string();
    assert!(
        late.contains(
            "migration `20260102000000_x` was not applied, but `20260104000000_m`, which follows it, was;"
        ),
        "{late}"
    );
}

#[tokio::test]
async fn what_is_done_of_a_file_must_stay_and_the_rest_may_change() {
    let db = TestDb::new().await.unwrap();
    let client = connect(&db).await;
    let run = |text: &'static str| {
        let migrator = migrator(db.url(), &[("20260101000000_a", text)]);
        async move { migrator.run(&mut ()).await }
    };
    let failing = "create table a ();\n-- mizzle: transaction\ncreate table b ();\n-- mizzle: transaction\nselect 1/0;\ncreate table c ()";
    run(failing).await.unwrap_err();
    let status = migrator(db.url(), &[("20260101000000_a", failing)]).status().await.unwrap();
    let State::Partial { done: 2, error: Some(error), reverting: false, .. } = &status[0].state else {
        panic!("{status:?}");
    };
    assert!(error.contains("division by zero"), "{error}");
    let edited = "create table a ();\n\ncreate table bb ();\n-- mizzle: transaction\nselect 1";
    assert_eq!(
        run(edited).await.unwrap_err().to_string(),
        "20260101000000_a/migration.sql:3: the migration stopped half-way, and statement 2 of it, which was done, has \
         been edited; restore it, and change only what has not been done: `create table b ()`"
    );
    assert!(run("create table a ()").await.unwrap_err().to_string().contains("statement 2 of it"));
    run("create table a (); create table b (); create table d ()").await.unwrap();
    assert_eq!(
        value(&client, "select to_regclass('d') is not null and to_regclass('c') is null").await,
        "true"
    );
}

#[tokio::test]
async fn a_database_with_tables_wants_a_baseline() {
    let db =
        TestDb::with_schema("create schema app; create table app.\"A\" (); create table a ()").await.unwrap();
    let migrator = migrator(db.url(), TWO);
    let refused = "the database has 2 tables and views, such as app.\"A\", and no journal of migrations; say which \
        migration made them by `mizzle baseline NAME`, or begin beside them by `--not-empty`";
    assert_eq!(migrator.run(&mut ()).await.unwrap_err().to_string(), refused);
    assert_eq!(migrator.dry_run().await.unwrap_err().to_string(), refused);
    assert_eq!(migrator.baseline("20260101000000_a").await.unwrap(), ["20260101000000_a"]);
    assert_eq!(migrator.baseline("20260101000000_a").await.unwrap(), [""; 0]);
    assert_eq!(migrator.run(&mut ()).await.unwrap().applied, ["20260102000000_b"]);
}

#[tokio::test]
async fn an_empty_database_wants_no_baseline() {
    let db = TestDb::new().await.unwrap();
    let migrator = migrator(db.url(), TWO);
    assert_eq!(
        migrator.baseline("20260102000000_b").await.unwrap_err().to_string(),
        "the database is empty, so that it has no migration; `mizzle migrate` applies them"
    );
    assert_eq!(migrator.run(&mut ()).await.unwrap().applied.len(), 2);
}

#[tokio::test]
async fn a_person_can_say_what_is_done() {
    let db = TestDb::new().await.unwrap();
    let client = connect(&db).await;
    let broken = [TWO[0], ("20260102000000_b", "-- mizzle: no transaction\ncreate table b ();\nselect 1/0")];
    let migrator = migrator(db.url(), &broken);
    migrator.run(&mut ()).await.unwrap_err();
    let fail = |name: &'static str, resolution| {
        let migrator = migrator.clone();
        async move { migrator.resolve(name, resolution).await.unwrap_err().to_string() }
    };
    assert_eq!(fail("x", Resolution::Applied).await, "there is no migration `x`; `mizzle status` lists them");
    assert_eq!(fail("x", Resolution::RolledBack).await, "the database does not know of migration `x`");
    assert_eq!(
        fail("20260101000000_a", Resolution::Applied).await,
        "migration `20260101000000_a` is applied already"
    );
    assert!(fail("20260101000000_a", Resolution::RolledBack).await.contains("take it back by `mizzle down`"));
    migrator.resolve("20260102000000_b", Resolution::RolledBack).await.unwrap();
    client.batch_execute("drop table b").await.unwrap();
    migrator.run(&mut ()).await.unwrap_err();
    migrator.resolve("20260102000000_b", Resolution::Applied).await.unwrap();
    migrator.check().await.unwrap();
}

#[tokio::test]
async fn contracts_wait_until_they_are_asked_for() {
    let db = TestDb::new().await.unwrap();
    let list = [
        TWO[0],
        ("20260102000000_gone", "-- mizzle: contract\ndrop table a"),
        ("20260103000000_c", "create table c ()"),
    ];
    migrator(db.url(), &list[..1]).run(&mut ()).await.unwrap();
    let migrator = migrator(db.url(), &list);
    assert_eq!(waits(&migrator).await, [true, true]);
    assert_eq!(waits(&migrator.clone().contract(true)).await, [false, false]);
    let report = migrator.run(&mut ()).await.unwrap();
    assert_eq!(report.applied, [""; 0]);
    assert_eq!(report.waiting, ["20260102000000_gone", "20260103000000_c"]);
    assert_eq!(migrator.status().await.unwrap()[1].state, State::Pending { contract: true });
    let report = migrator.contract(true).run(&mut ()).await.unwrap();
    assert_eq!(report.applied, ["20260102000000_gone", "20260103000000_c"]);
}

/// Of each statement that is not applied, whether a run leaves it.
async fn waits(migrator: &Migrator) -> Vec<bool> {
    migrator.dry_run().await.unwrap().iter().map(|pending| pending.waits).collect()
}

#[tokio::test]
async fn contracts_do_not_wait_on_a_new_database() {
    let list = [
        TWO[0],
        ("20260102000000_gone", "-- mizzle: contract\ndrop table a"),
        ("20260103000000_c", "create table c ()"),
        ("20260104000000_gone", "-- mizzle: contract\ndrop table c"),
    ];
    let db = TestDb::new().await.unwrap();
    assert_eq!(waits(&migrator(db.url(), &list)).await, [false; 4]);
    let report = migrator(db.url(), &list).run(&mut ()).await.unwrap();
    assert_eq!(report.applied, list.map(|(name, _)| name));
    assert_eq!(report.waiting, [""; 0]);
    // Whoever has tables may have code that uses them.
    let db = TestDb::with_schema("create table b ()").await.unwrap();
    let beside = migrator(db.url(), &list).not_empty(true);
    assert_eq!(waits(&beside).await, [false, true, true, true]);
    assert_eq!(beside.run(&mut ()).await.unwrap().applied, ["20260101000000_a"]);
}

#[tokio::test]
async fn a_newer_journal_is_left_alone() {
    let db = TestDb::new().await.unwrap();
    let migrator = migrator(db.url(), TWO);
    migrator.run(&mut ()).await.unwrap();
    connect(&db).await.batch_execute("update mizzle.journal set format = 9").await.unwrap();
    let newer = "a newer mizzle has made the journal of this database, in version 9 of its format, and this one knows up \
        to 1; update it";
    assert_eq!(migrator.run(&mut ()).await.unwrap_err().to_string(), newer);
    assert_eq!(migrator.status().await.unwrap_err().to_string(), newer);
}

#[tokio::test]
async fn a_mistake_in_a_later_file_is_found_before_the_first_one_runs() {
    let db = TestDb::new().await.unwrap();
    let error = migrator(db.url(), &[TWO[0], ("20260102000000_b", "select 1;\nvacuum")])
        .run(&mut ())
        .await
        .unwrap_err();
    assert_eq!((error.file(), error.line()), (Some("20260102000000_b/migration.sql"), Some(2)));
    assert_eq!(value(&connect(&db).await, "select to_regclass('a') is null").await, "true");
    assert_eq!(migrations(TWO).iter().count(), 2);
}

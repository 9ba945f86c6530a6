//! What runs how.

use super::helper::{Log, connect, migrator, state, value};
use orm_testing::TestDb;
use std::time::Duration;

/// One of each.
pub(crate) const MIXED: &[(&str, &str)] = &[
    (
        "20260101000000_init",
        "create table workers (id bigint primary key, name text not null, city text);
         insert into workers select n, 'worker ' || n, null from generate_series(1, 1500) n;
         create table events (at date not null, what text) partition by range (at);
         create table events_1 partition of events for values from ('2026-01-01') to ('2026-02-01');
         create type mood as enum ('sad');
         -- mizzle: transaction
         alter type mood add value 'glad';
         -- mizzle: transaction
         alter table workers add column mood mood default 'glad';",
    ),
    (
        "20260102000000_mixed",
        "-- mizzle: no transaction
         set maintenance_work_mem = '5MB';
         create unique index concurrently workers_name on public.workers (name) where id > 0;
         create index concurrently workers_lower on public.workers (lower(name), id desc);
         alter table workers add column town text;
         vacuum workers;
         -- mizzle: batches by public.workers (id)
         update public.workers set town = 'town of ' || name where (town is null);
         -- mizzle: transaction
         alter table workers add constraint town check (town is not null) not valid;
         insert into workers values (0, 'zero', null, 'sad', 'zerotown');
         -- mizzle: transaction
         alter table workers validate constraint town;
         -- mizzle: no transaction
         alter table events detach partition events_1 concurrently;
         drop index concurrently public.workers_lower;
         reindex index concurrently workers_name;",
    ),
];

#[tokio::test]
async fn each_in_its_way() {
    let db = TestDb::new().await.unwrap();
    let client = connect(&db).await;
    let migrator = migrator(db.url(), MIXED);
    let mut log = Log::default();
    let report = migrator.run(&mut log).await.unwrap();
    assert_eq!(report.applied, ["20260101000000_init", "20260102000000_mixed"]);
    assert_eq!(
        value(
            &client,
            "select count(*) || ' ' || count(*) filter (where town = 'town of ' || name) from workers"
        )
        .await,
        "1501 1500"
    );
    assert!(
        log.has("20260102000000_mixed/migration.sql:3: [2/12] create unique index concurrently workers_name")
    );
    let batches = log.0.iter().filter(|line| line.contains("rows changed")).count();
    assert!(batches >= 2, "{:?}", log.0);
    let state = state(&client).await;
    assert!(!state.iter().any(|line| line.ends_with(" f") && !line.starts_with("column")), "{state:#?}");
    assert!(!state.iter().any(|line| line.contains("workers_lower") || line.starts_with("parent")));

    let mut silent = Log::default();
    assert_eq!(migrator.run(&mut silent).await.unwrap(), orm_kit::migrate::Report::default());
    assert_eq!(silent.0, [""; 0]);
    migrator.check().await.unwrap();
}

#[tokio::test]
async fn a_transaction_is_done_whole_or_not() {
    let db = TestDb::new().await.unwrap();
    let client = connect(&db).await;
    let broken = [("20260101000000_a", "create table a ();\n\ncreate table b ();\n  select 1/0;")];
    let error = migrator(db.url(), &broken).run(&mut ()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "20260101000000_a/migration.sql:4: `select 1/0`: division by zero (SQLSTATE 22012); correct it and run `mizzle \
         migrate`, which goes on here"
    );
    assert_eq!((error.sqlstate(), error.line()), (Some("22012"), Some(4)));
    assert_eq!(value(&client, "select to_regclass('a') is null and to_regclass('b') is null").await, "true");
    assert_eq!(value(&client, "select error from mizzle.migrations").await, error.to_string());

    let mended = [("20260101000000_a", "create table a ();\n\ncreate table b ();\n  select 1/1;")];
    migrator(db.url(), &mended).run(&mut ()).await.unwrap();
    assert_eq!(
        value(&client, "select error is null and finished_at is not null from mizzle.migrations").await,
        "true"
    );
}

#[tokio::test]
async fn settings_last_for_a_migration_and_roles_for_a_segment() {
    let db = TestDb::new().await.unwrap();
    let client = connect(&db).await;
    let role = format!(
        "mizzle_owner_{}",
        value(&client, "select oid from pg_database where datname = current_database()").await
    );
    client.batch_execute(&format!("create role {role}; grant all on schema public to {role}")).await.unwrap();
    let first = format!(
        "set work_mem = '7MB';
         set role {role};
         create table mine as select current_user::text as who, current_setting('work_mem') as work_mem;
         -- mizzle: no transaction
         set role {role};
         create table direct as select current_user::text as who;
         vacuum mine;
         -- mizzle: transaction
         create table later as select current_user::text as who, current_setting('work_mem') as work_mem;"
    );
    let second = "create table last as select current_setting('work_mem') as work_mem";
    let list = [("20260101000000_a", first.as_str()), ("20260102000000_b", second)];
    let ran = migrator(db.url(), &list).run(&mut ()).await;
    let seen = value(
        &client,
        "select concat_ws(' ', m.who, m.work_mem, d.who, l.who = current_user, l.work_mem, last.work_mem) \
         from mine m, direct d, later l, last",
    )
    .await;
    client.batch_execute(&format!("drop owned by {role}; drop role {role}")).await.unwrap();
    ran.unwrap();
    assert_eq!(seen, format!("{role} 7MB {role} t 7MB 4MB"));
}

#[tokio::test]
async fn a_dry_run_says_which_locks() {
    let db = TestDb::new().await.unwrap();
    let steps = migrator(db.url(), MIXED).dry_run().await.unwrap();
    let lines: Vec<_> = steps
        .iter()
        .map(|step| {
            let locks = step.locks.as_deref().unwrap_or_default();
            let locks: Vec<_> = locks.iter().map(|lock| format!("{} {}", lock.level, lock.table)).collect();
            format!("{} {}", step.line, locks.join(", "))
        })
        .collect();
    assert_eq!(
        lines[8..12],
        [
            "3 share update exclusive public.workers",
            "4 share update exclusive public.workers",
            "5 access exclusive workers",
            "6 share update exclusive workers"
        ]
    );
    let client = connect(&db).await;
    assert_eq!(value(&client, "select to_regnamespace('mizzle') is null").await, "true");
}

#[tokio::test]
async fn sixteen_at_once_do_it_once() {
    for count in [2, 16] {
        let db = TestDb::new().await.unwrap();
        let tasks: Vec<_> = (0..count)
            .map(|_| {
                let migrator = migrator(db.url(), MIXED).wait(Duration::from_secs(60));
                tokio::spawn(async move { migrator.run(&mut ()).await.map(|report| report.applied.len()) })
            })
            .collect();
        let mut applied = Vec::new();
        for task in tasks {
            applied.push(task.await.unwrap().unwrap());
        }
        applied.sort_unstable();
        assert_eq!(applied.iter().sum::<usize>(), 2);
        assert_eq!(applied.last(), Some(&2));
    }
}

#[tokio::test]
async fn a_key_of_several_columns_is_one() {
    let db = TestDb::new().await.unwrap();
    let client = connect(&db).await;
    let list = [(
        "20260101000000_a",
        "create table \"T\" (\"A\" timestamptz, b text, c int, primary key (\"A\", b));
         insert into \"T\" select '2026-01-01'::timestamptz + n % 7 * interval '1.000001 day', n || '''\\', null
             from generate_series(1, 5000) n;
         -- mizzle: batches by public.\"T\" (\"A\", b)
         update public.\"T\" set c = coalesce(c, 0) + 1 where (c is null or c > 0);
         -- mizzle: batches by public.\"T\" (\"A\", b)
         delete from public.\"T\" where (b like '1%')",
    )];
    migrator(db.url(), &list).run(&mut ()).await.unwrap();
    assert_eq!(
        value(&client, "select count(*) || ' ' || min(c) || ' ' || max(c) from \"T\"").await,
        "3889 1 1"
    );

    let null = [
        ("20260101000000_a", list[0].1),
        ("20260102000000_b", "-- mizzle: batches by \"T\" (c)\nupdate \"T\" set c = 1 where (true)"),
    ];
    let error = migrator(db.url(), &null).run(&mut ()).await.unwrap_err().to_string();
    assert!(
        error.contains("`c` is no column of `\"T\"` that is `not null`, so that batches by it would leave rows out; give the columns of the primary key"),
        "{error}"
    );
}

//! What a statement that was cut off leaves behind, and what becomes of it.

use super::helper::{Log, connect, migrator, until, value};
use orm_testing::TestDb;

#[tokio::test]
async fn half_an_index_is_dropped_and_made_again() {
    let db = TestDb::with_schema("create table t (a int)").await.unwrap();
    let (writer, killer) = (connect(&db).await, connect(&db).await);
    writer.batch_execute("begin; insert into t values (1)").await.unwrap();
    let list = [(
        "20260101000000_a",
        "-- mizzle: no transaction\ncreate unique index concurrently \"T a\" on t (a)",
    )];
    let (first, second) = (migrator(db.url(), &list).not_empty(true), migrator(db.url(), &list));
    let task = tokio::spawn(async move { first.run(&mut ()).await });
    let waits = "select exists (select from pg_stat_activity where query like 'create unique%' and wait_event_type = 'Lock'
        and datname = current_database())";
    until(&killer, waits).await;
    killer
        .batch_execute("select pg_terminate_backend(pid) from pg_stat_activity where query like 'create unique%' and datname = current_database()")
        .await
        .unwrap();
    let error = task.await.unwrap().unwrap_err().to_string();
    let place = "20260101000000_a/migration.sql:2: `create unique index concurrently \"T a\" on t (a)`: ";
    assert!(error.starts_with(place) && error.contains("connection"), "{error}");
    writer.batch_execute("commit").await.unwrap();
    assert_eq!(
        value(&killer, "select indisvalid from pg_index where indexrelid = '\"T a\"'::regclass").await,
        "false"
    );

    let mut log = Log::default();
    second.run(&mut log).await.unwrap();
    assert!(log.has("dropped the unfinished index public.\"T a\""), "{:?}", log.0);
    assert_eq!(
        value(&killer, "select indisvalid from pg_index where indexrelid = '\"T a\"'::regclass").await,
        "true"
    );
}

#[tokio::test]
async fn half_an_index_is_dropped_though_its_statement_is_gone() {
    let db = TestDb::with_schema("create table t (a int)").await.unwrap();
    let (writer, killer) = (connect(&db).await, connect(&db).await);
    writer.batch_execute("begin; insert into t values (1)").await.unwrap();
    let list = [("20260101000000_a", "-- mizzle: no transaction\ncreate index concurrently t_a on t (a)")];
    let first = migrator(db.url(), &list).not_empty(true);
    let task = tokio::spawn(async move { first.run(&mut ()).await });
    until(
        &killer,
        "select exists (select from pg_stat_activity where query like 'create index%' and wait_event_type = 'Lock'
         and datname = current_database())",
    )
    .await;
    killer
        .batch_execute("select pg_terminate_backend(pid) from pg_stat_activity where query like 'create index%' and datname = current_database()")
        .await
        .unwrap();
    task.await.unwrap().unwrap_err();
    writer.batch_execute("commit").await.unwrap();
    migrator(db.url(), &[("20260101000000_a", "")]).run(&mut ()).await.unwrap();
    assert_eq!(value(&killer, "select to_regclass('t_a') is null").await, "true");
    assert_eq!(value(&killer, "select count(*) from mizzle.migration_statements").await, "0");
}

#[tokio::test]
async fn an_index_that_cannot_be_leaves_nothing_behind() {
    let db = TestDb::with_schema("create table t (a int); insert into t values (1), (1)").await.unwrap();
    let client = connect(&db).await;
    let list =
        [("20260101000000_a", "-- mizzle: no transaction\ncreate unique index concurrently t_a on t (a)")];
    let migrator = migrator(db.url(), &list).not_empty(true);
    let error = migrator.run(&mut ()).await.unwrap_err();
    assert_eq!(error.sqlstate(), Some("23505"));
    assert!(!error.to_string().contains("(1)"), "a value of a row: {error}");
    assert_eq!(error.detail(), Some("Key (a)=(1) is duplicated."));
    assert_eq!(value(&client, "select to_regclass('t_a') is null").await, "true");
    client.batch_execute("delete from t").await.unwrap();
    migrator.run(&mut ()).await.unwrap();
}

#[tokio::test]
async fn what_depends_on_something_that_is_to_go_is_named() {
    let db = TestDb::with_schema(
        "create table t (a int); create view v as select a from t; create view \"V\" as select a from t",
    )
    .await
    .unwrap();
    let error = migrator(db.url(), &[("20260101000000_a", "drop table t")])
        .not_empty(true)
        .run(&mut ())
        .await
        .unwrap_err();
    let dependents = ["view v depends on table t", "view \"V\" depends on table t"];
    assert_eq!(
        error.to_string(),
        format!(
            "20260101000000_a/migration.sql:1: `drop table t`: cannot drop table t because other objects depend on it: {}; \
             Use DROP ... CASCADE to drop the dependent objects too. (SQLSTATE 2BP01); correct it and run `mizzle \
             migrate`, which goes on here",
            dependents.join(", ")
        )
    );
    assert_eq!(error.detail(), Some(dependents.join("\n").as_str()));
}

/// As if the server had finished and nobody had heard of it.
async fn forget_the_end(client: &tokio_postgres::Client) {
    client
        .batch_execute("update mizzle.migrations set finished_at = null; update mizzle.migration_statements set finished_at = null")
        .await
        .unwrap();
}

#[tokio::test]
async fn what_was_done_unheard_counts_as_done() {
    let schema = "create table t (a int, b text); create index old on t (b); create table p (a int) partition by list (a);
        create table p1 partition of p for values in (1); create table p2 partition of p for values in (2)";
    let db = TestDb::with_schema(schema).await.unwrap();
    let client = connect(&db).await;
    for (number, sql) in [
        "create index concurrently t_a on only t using btree (lower(b) desc, a) include (b) where b like 'x%'",
        "drop index concurrently old",
        "alter table p detach partition p1 concurrently",
    ]
    .iter()
    .enumerate()
    {
        let text = format!("-- mizzle: no transaction\n{sql}");
        let list = [("20260101000000_a", text.as_str())];
        let migrator = migrator(db.url(), &list).not_empty(true);
        migrator.run(&mut ()).await.unwrap();
        forget_the_end(&client).await;
        let mut log = Log::default();
        migrator.run(&mut log).await.unwrap();
        assert!(log.has("done before"), "{number}: {:?}", log.0);
        client.batch_execute("drop schema mizzle cascade").await.unwrap();
    }
}

#[tokio::test]
async fn another_index_of_that_name_is_not_taken_for_it() {
    let db = TestDb::with_schema("create table t (a int, b text)").await.unwrap();
    let client = connect(&db).await;
    let list = [("20260101000000_a", "-- mizzle: no transaction\ncreate index concurrently t_a on t (a)")];
    let migrator = migrator(db.url(), &list).not_empty(true);
    migrator.run(&mut ()).await.unwrap();
    forget_the_end(&client).await;
    client.batch_execute("drop index t_a; create index t_a on t (b)").await.unwrap();
    let error = migrator.run(&mut ()).await.unwrap_err().to_string();
    assert!(
        error.contains(
            "`t_a` is there already and is something else: CREATE INDEX t_a ON public.t USING btree (b); drop or rename \
             one of the two"
        ),
        "{error}"
    );
}

#[tokio::test]
async fn a_partition_half_detached_is_finished() {
    let schema =
        "create table p (a int) partition by list (a); create table p1 partition of p for values in (1)";
    let db = TestDb::with_schema(schema).await.unwrap();
    let (reader, client) = (connect(&db).await, connect(&db).await);
    let list =
        [("20260101000000_a", "-- mizzle: no transaction\nalter table p detach partition p1 concurrently")];
    reader.batch_execute("begin; select * from p").await.unwrap();
    let first = migrator(db.url(), &list).not_empty(true).retries(0);
    first.run(&mut ()).await.unwrap_err();
    assert_eq!(value(&client, "select inhdetachpending from pg_inherits").await, "true");
    reader.batch_execute("commit").await.unwrap();
    migrator(db.url(), &list).run(&mut ()).await.unwrap();
    assert_eq!(value(&client, "select count(*) from pg_inherits").await, "0");
}

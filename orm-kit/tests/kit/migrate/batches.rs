//! Updates in batches, while others write the same table.

use super::helper::{connect, migrator, value};
use orm_kit::migrate::Event;
use orm_testing::TestDb;
use std::thread;

/// Runs a statement from a place that cannot wait.
pub(super) fn say(url: &str, sql: String) {
    let url = url.to_owned();
    let saying = thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let client = orm_postgres::connect_driver(&url).await.unwrap();
            client.batch_execute(&sql).await.unwrap();
        });
    });
    saying.join().unwrap();
}

#[tokio::test]
async fn rows_that_come_meanwhile_do_not_keep_them_going() {
    let db = TestDb::new().await.unwrap();
    let client = connect(&db).await;
    client
        .batch_execute(
            "create table a (b int primary key, c int); insert into a select generate_series(1, 3000)",
        )
        .await
        .unwrap();
    let text = "-- mizzle: batches by a (b)\nupdate a set c = 1 where (c is null)";
    let migrator = migrator(db.url(), &[("20260101000000_a", text)]).not_empty(true);
    let mut batches = 0;
    let mut said = |event: Event<'_>| {
        if let Event::Batch { .. } = event
            && batches < 20
        {
            batches += 1;
            say(db.url(), format!("insert into a values ({}, 2)", 3000 + batches));
        }
    };
    migrator.run(&mut said).await.unwrap();
    assert!(batches < 10, "{batches}");
    assert_eq!(value(&client, "select count(*) from a where c = 1").await, "3000");
}

#[tokio::test]
async fn a_table_without_rows_has_none() {
    let db = TestDb::new().await.unwrap();
    let text = "create table a (b int primary key, c int);\n-- mizzle: batches by a (b)\nupdate a set c = 1 where (c is null)";
    migrator(db.url(), &[("20260101000000_a", text)]).run(&mut ()).await.unwrap();
}

//! `TestDb::new` and the end of its value.

use orm_testing::TestDb;
use tokio::runtime::Runtime;

use crate::helper::{connect, eventually_true, name};

fn is_gone(db: &str) -> String {
    format!("select not exists (select from pg_database where datname = '{db}')")
}

#[tokio::test]
async fn is_empty_and_its_own() {
    let (one, two) = (TestDb::new().await.unwrap(), TestDb::new().await.unwrap());
    let (first, second) = (connect(one.url()).await, connect(two.url()).await);
    let sql = "select count(*) from pg_class where relnamespace = 'public'::regnamespace";
    assert_eq!(first.query_one(sql, &[]).await.unwrap().get::<_, i64>(0), 0);
    first.batch_execute("create table t ()").await.unwrap();
    assert_eq!(first.query_one(sql, &[]).await.unwrap().get::<_, i64>(0), 1);
    assert_eq!(second.query_one(sql, &[]).await.unwrap().get::<_, i64>(0), 0);
}

#[tokio::test]
async fn many_at_once_are_distinct() {
    let tasks: Vec<_> = (0..12).map(|_| tokio::spawn(TestDb::new())).collect();
    let mut dbs = Vec::new();
    for task in tasks {
        dbs.push(task.await.unwrap().unwrap());
    }
    let mut urls: Vec<_> = dbs.iter().map(TestDb::url).collect();
    urls.sort_unstable();
    urls.dedup();
    assert_eq!(urls.len(), 12);
}

#[tokio::test]
async fn is_dropped_with_the_value() {
    let (gone, stays) = (TestDb::new().await.unwrap(), TestDb::new().await.unwrap());
    let name = name(gone.url()).to_owned();
    let client = connect(stays.url()).await;
    drop(gone);
    eventually_true(&client, &is_gone(&name)).await;
}

#[tokio::test]
async fn is_dropped_in_spite_of_connections() {
    let (gone, stays) = (TestDb::new().await.unwrap(), TestDb::new().await.unwrap());
    let name = name(gone.url()).to_owned();
    let _open = connect(gone.url()).await;
    let client = connect(stays.url()).await;
    drop(gone);
    eventually_true(&client, &is_gone(&name)).await;
}

#[test]
fn is_dropped_after_its_runtime() {
    let runtime = Runtime::new().unwrap();
    let gone = runtime.block_on(TestDb::new()).unwrap();
    drop(runtime);
    let name = name(gone.url()).to_owned();
    drop(gone);
    Runtime::new().unwrap().block_on(async {
        let stays = TestDb::new().await.unwrap();
        eventually_true(&connect(stays.url()).await, &is_gone(&name)).await;
    });
}

#[tokio::test]
async fn does_not_show_its_password() {
    let db = TestDb::new().await.unwrap();
    let password = db.url().split([':', '@']).nth(2).unwrap();
    assert!(!format!("{db:?}").contains(password));
}

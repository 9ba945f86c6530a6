//! A server given by `DATABASE_URL`.

use std::os::unix::fs::symlink;
use std::time::Duration;

use orm_testing::TestDb;

use crate::helper::{Helper, Scratch, connect, eventually_true, name};

// Each test gives the URL of a database of its own. Its databases are all on the server of this process, in a scope
// of the test's own.

fn is_there(helper: &Helper) -> String {
    format!("select exists (select from pg_database where datname = '{}')", name(helper.url()))
}

fn is_gone(helper: &Helper) -> String {
    format!("select not exists (select from pg_database where datname = '{}')", name(helper.url()))
}

/// Whether no database is in the scope of the one we are connected to.
const NONE_LEFT: &str = "
    select not exists (
        select from pg_database
        where split_part(datname, '_', 3) = (select oid::text from pg_database where datname = current_database())
    )";

#[tokio::test]
async fn killed_process_is_swept_after() {
    let given = TestDb::new().await.unwrap();
    let client = connect(given.url()).await;
    let schema = ("MIZZLE_TEST_SCHEMA", "create table t ()");
    let mut killed = Helper::start(&[("DATABASE_URL", given.url()), schema]);
    let stays = Helper::start(&[("DATABASE_URL", given.url())]);
    killed.kill();
    eventually_true(&client, &is_gone(&killed)).await;
    connect(stays.url()).await;

    drop(stays);
    eventually_true(&client, NONE_LEFT).await;
}

#[tokio::test]
async fn without_psql_the_next_process_sweeps() {
    let scratch = Scratch::new();
    let programs = scratch.folder("programs");
    symlink("/bin/sh", programs.join("sh")).unwrap();
    let programs = programs.to_str().unwrap();

    let given = TestDb::new().await.unwrap();
    let client = connect(given.url()).await;
    let variables = [("DATABASE_URL", given.url()), ("MIZZLE_PG_BIN", programs), ("PATH", programs)];
    let mut killed = Helper::start(&variables);
    killed.kill();
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(client.query_one(&is_there(&killed), &[]).await.unwrap().get::<_, bool>(0));

    let next = Helper::start(&variables);
    eventually_true(&client, &is_gone(&killed)).await;
    drop(next);

    drop(Helper::start(&[("DATABASE_URL", given.url())]));
    eventually_true(&client, NONE_LEFT).await;
}

#[tokio::test]
async fn another_database_is_another_scope() {
    let (given, other) = (TestDb::new().await.unwrap(), TestDb::new().await.unwrap());
    let client = connect(other.url()).await;
    let mut stays = Helper::start(&[("DATABASE_URL", given.url())]);
    // This process cannot see the locks of the one before, and must not take its database for abandoned.
    let first = Helper::start(&[("DATABASE_URL", other.url())]);
    tokio::time::sleep(Duration::from_millis(500)).await;
    connect(stays.url()).await;

    // Without its scope there is nobody to hold a lock, and nobody else to sweep.
    drop(given);
    stays.kill();
    let second = Helper::start(&[("DATABASE_URL", other.url())]);
    eventually_true(&client, &is_gone(&stays)).await;

    drop((first, second));
    eventually_true(&client, NONE_LEFT).await;
}

#[tokio::test]
async fn the_right_to_create_databases_is_asked_for() {
    let given = TestDb::new().await.unwrap();
    let client = connect(given.url()).await;
    let role = format!("small_{}", name(given.url()));
    client.batch_execute(&format!("create role {role} login password 'small'")).await.unwrap();
    let address = given.url().split_once('@').unwrap().1;
    let refused = Helper::start(&[("DATABASE_URL", &format!("postgres://{role}:small@{address}"))]);
    client.batch_execute(&format!("drop role {role}")).await.unwrap();
    let error = refused.answer.as_ref().unwrap_err();
    assert!(error.ends_with("give the user of `DATABASE_URL` the right to create databases"), "{error}");
}

//! A database that is not what the structs say is an error that says where they differ.

use crate::support::chain::{report, whole_text};
use crate::support::tables::{assert_clean, pool_with};
use mizzle::prelude::*;
use orm_testing::TestDb;

#[derive(Table, Debug, PartialEq)]
#[orm(table = "items")]
struct Item {
    #[orm(primary_key)]
    id: i64,
    name: String,
    number: i32,
    mood: Mood,
}

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    Good,
    Bad,
}

const SCHEMA: &str = "
    create type mood as enum ('good', 'bad');
    create table items (id bigint primary key, name text, number int, mood mood);
    insert into items values (1, 'a', 1, 'good');
";

/// A pool that has the statement prepared already, and what it says after the change.
async fn after(change: &str) -> (TestDb, Db, mizzle::Error) {
    let (database, db) = pool_with(SCHEMA, |builder| builder.max_connections(1)).await;
    assert_eq!(select(Item).all(&db).await.unwrap().len(), 1);
    db.batch_execute(change).await.unwrap();
    let error = select(Item).all(&db).await.unwrap_err();
    assert!(!error.is_retryable() && !error.is_closed());
    assert!(error.sql().unwrap().starts_with("select \"items\".\"id\""));
    assert_clean(&db).await;
    // A new connection says the same.
    let fresh = Db::connect(database.url()).await.unwrap();
    assert_eq!(report(&select(Item).all(&fresh).await.unwrap_err()), report(&error));
    (database, db, error)
}

#[tokio::test]
async fn a_missing_table() {
    let (_database, db, error) = after("drop table items").await;
    assert_eq!(error.sqlstate(), Some("42P01"));
    assert_eq!(report(&error), "select … from \"items\": relation \"items\" does not exist (SQLSTATE 42P01)");
    let error = insert(Item)
        .set(Item.id, 1)
        .set(Item.name, "secret")
        .set(Item.number, 1)
        .set(Item.mood, Mood::Bad)
        .execute(&db)
        .await
        .unwrap_err();
    assert_eq!(report(&error), "insert into \"items\": relation \"items\" does not exist (SQLSTATE 42P01)");
    assert!(!whole_text(&error).contains("secret"));
}

#[tokio::test]
async fn a_missing_column() {
    let (_database, _db, error) = after("alter table items drop number").await;
    assert_eq!(error.sqlstate(), Some("42703"));
    assert_eq!(
        report(&error),
        "select … from \"items\": column items.number does not exist (SQLSTATE 42703)"
    );
}

#[tokio::test]
async fn a_column_of_another_type() {
    for (ty, found) in [("text", "text"), ("bigint", "int8"), ("int[] using array[number]", "_int4")] {
        let (_database, _db, error) = after(&format!("alter table items alter number type {ty}")).await;
        assert_eq!(error.sqlstate(), None);
        assert_eq!(error.column(), Some("number"));
        assert_eq!(
            report(&error),
            format!("select … from \"items\": column 3 (`number`): expected `integer`, found `{found}`")
        );
    }
}

#[tokio::test]
async fn an_enum_that_is_a_number() {
    let (_database, _db, error) = after("alter table items alter mood type int using 1").await;
    assert_eq!(
        report(&error),
        "select … from \"items\": column 4 (`mood`): expected `\"mood\"`, found `int4`"
    );
}

#[tokio::test]
async fn more_columns_are_nobodys_business() {
    let (_database, db) = pool_with(SCHEMA, |builder| builder.max_connections(1)).await;
    select(Item).all(&db).await.unwrap();
    db.batch_execute("alter table items add extra text default 'x'").await.unwrap();
    assert_eq!(select(Item).all(&db).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_null_where_the_struct_has_no_option() {
    let (_database, db, error) = after("update items set name = null").await;
    assert_eq!(error.sqlstate(), None);
    assert_eq!(error.column(), Some("name"));
    assert_eq!(
        report(&error),
        "select … from \"items\": column 2 (`name`): found NULL where the Rust type is not an `Option`"
    );
    let error = select(Item).find(1).one(&db).await.unwrap_err();
    assert_eq!(error.column(), Some("name"));
}

#[tokio::test]
async fn a_label_that_the_enum_does_not_know() {
    let (_database, db, error) = after("alter type mood rename value 'good' to 'secret'").await;
    assert_eq!(error.column(), Some("mood"));
    assert_eq!(
        report(&error),
        "select … from \"items\": column 4 (`mood`): the value cannot be read: \
         the enum `mood` has a label that the Rust enum does not know"
    );
    assert!(!whole_text(&error).contains("secret"));
    // The other rows can be read.
    db.batch_execute("insert into items values (2, 'b', 2, 'bad'); alter type mood add value 'new'")
        .await
        .unwrap();
    assert_eq!(select(Item).find(2).one(&db).await.unwrap().mood, Mood::Bad);
}

#[tokio::test]
async fn a_label_that_the_server_does_not_know() {
    let (_database, db) = pool_with(SCHEMA, |builder| builder.max_connections(1)).await;
    db.batch_execute("alter type mood rename value 'bad' to 'sad'").await.unwrap();
    let error = update(Item).set(Item.mood, Mood::Bad).find(1).execute(&db).await.unwrap_err();
    assert_eq!(error.sqlstate(), Some("22P02"));
    assert_eq!(report(&error), "update \"items\": invalid input value for enum mood (SQLSTATE 22P02)");
}

/// A row that cannot be read is its statement's error, and costs the pool nothing.
#[tokio::test]
async fn the_connection_is_kept_when_a_row_cannot_be_read() {
    let (_database, db, _) = after("update items set name = null").await;
    let before = crate::support::tables::pid(&db).await;
    for _ in 0..5 {
        select(Item).all(&db).await.unwrap_err();
        select(Item).find(1).one(&db).await.unwrap_err();
    }
    assert_eq!(crate::support::tables::pid(&db).await, before);
}

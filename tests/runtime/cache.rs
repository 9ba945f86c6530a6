//! Prepared statements are kept, not too many of them, and not longer than they fit.

use crate::support::tables::{Note, Prepared, add_note, one_connection, pool, pool_with};
use mizzle::prelude::*;
use mizzle::{Client, Error};

/// One of 128 statements, told apart by which of seven conditions are there.
async fn one_of_many(db: &impl Executor, number: i64) -> Vec<Note> {
    let present = |bit: i64| (number >> bit & 1 == 1).then_some(-1_i64);
    select(Note)
        .filter(present(0).map(|id| Note.id.ne(id)))
        .filter(present(1).map(|id| Note.id.ne(id)))
        .filter(present(2).map(|id| Note.id.ne(id)))
        .filter(present(3).map(|id| Note.id.ne(id)))
        .filter(present(4).map(|id| Note.id.ne(id)))
        .filter(present(5).map(|id| Note.id.gt(id)))
        .filter(present(6).map(|id| Note.id.gte(id)))
        .all(db)
        .await
        .unwrap()
}

async fn prepared(db: &impl Executor) -> Vec<String> {
    select(Prepared.text).from(Prepared).order_by(Prepared.text).all(db).await.unwrap()
}

#[tokio::test]
async fn a_connection_keeps_no_more_statements_than_it_may() {
    let (_database, db) = pool(|builder| builder.max_connections(1).statement_cache(4)).await;
    add_note(&db, 1).await.unwrap();
    let client = db.client().await.unwrap();
    for number in 0..100 {
        assert_eq!(one_of_many(&client, number).await.len(), 1);
        assert!(client.cached_statements() <= 4);
    }
    assert_eq!(client.cached_statements(), 4);
    let on_server = prepared(&client).await;
    assert_eq!(on_server.len(), 4, "{on_server:#?}");
}

#[tokio::test]
async fn at_least_one_statement_is_kept() {
    let (_database, db) = pool(|builder| builder.max_connections(1).statement_cache(0)).await;
    let client = db.client().await.unwrap();
    for number in [1, 2, 1, 1] {
        one_of_many(&client, number).await;
        assert_eq!(client.cached_statements(), 1);
    }
}

#[tokio::test]
async fn the_statement_not_used_for_longest_goes_first() {
    let (_database, db) = pool(|builder| builder.max_connections(1).statement_cache(3)).await;
    let client = db.client().await.unwrap();
    for number in [1, 2, 1] {
        one_of_many(&client, number).await;
    }
    prepared(&client).await;
    one_of_many(&client, 4).await;
    let texts = prepared(&client).await;
    let conditions: Vec<_> =
        texts.iter().filter_map(|text| text.matches("<>").count().checked_sub(1)).collect();
    assert_eq!(conditions.len(), 2, "{texts:#?}");
    assert_eq!(client.cached_statements(), 3);
}

#[tokio::test]
async fn a_statement_is_prepared_once() {
    let (_database, db) = one_connection().await;
    for id in 0..5 {
        add_note(&db, id).await.unwrap();
        db.transaction(async |tx| add_note(tx, id + 10).await).await.unwrap();
        let client = db.client().await.unwrap();
        add_note(&client, id + 20).await.unwrap();
    }
    let texts = prepared(&db).await;
    assert_eq!(texts.iter().filter(|text| text.starts_with("insert")).count(), 1, "{texts:#?}");
}

/// Statements that are prepared at the same time are kept once, and closed when they are not kept.
#[tokio::test]
async fn a_statement_that_is_prepared_twice_at_once_is_kept_once() {
    let (_database, db) = one_connection().await;
    let client = db.client().await.unwrap();
    tokio::join!(one_of_many(&client, 1), one_of_many(&client, 1), one_of_many(&client, 1));
    assert_eq!(client.cached_statements(), 1);
    assert_eq!(prepared(&client).await.len(), 2);
}

#[tokio::test]
async fn a_statement_that_fails_to_be_prepared_is_not_kept() {
    let (_database, db) = one_connection().await;
    let client = db.client().await.unwrap();
    client.batch_execute("alter table notes rename to others").await.unwrap();
    select(Note).all(&client).await.unwrap_err();
    assert_eq!(client.cached_statements(), 0);
    client.batch_execute("alter table others rename to notes").await.unwrap();
    select(Note).all(&client).await.unwrap();
}

/// A change of type that the Rust type can read, and back.
const CHANGES: [&str; 2] =
    ["alter table notes alter body type varchar(100)", "alter table notes alter body type text"];

#[tokio::test]
async fn a_statement_whose_table_has_changed_is_prepared_again() {
    let (_database, db) = one_connection().await;
    add_note(&db, 1).await.unwrap();
    for change in CHANGES {
        assert_eq!(select(Note).all(&db).await.unwrap().len(), 1);
        db.batch_execute(change).await.unwrap();
        assert_eq!(select(Note).all(&db).await.unwrap().len(), 1);
        db.batch_execute("alter table notes add more int").await.unwrap();
        assert_eq!(select(Note).all(&db).await.unwrap().len(), 1);
        db.batch_execute("alter table notes drop more").await.unwrap();
    }
}

#[tokio::test]
async fn a_transaction_whose_table_has_changed_fails_once_and_may_be_tried_again() {
    let (database, db) = one_connection().await;
    let other = Client::connect(database.url()).await.unwrap();
    let read = async || {
        db.transaction(async |tx| {
            select(Note).all(tx).await?;
            select(Note.body).from(Note).all(tx).await
        })
        .await
    };
    read().await.unwrap();
    for change in CHANGES {
        other.batch_execute(change).await.unwrap();
        let error: Error = read().await.unwrap_err();
        assert_eq!(error.sqlstate(), Some("0A000"));
        assert!(error.is_retryable());
        assert_eq!(
            error.to_string(),
            "select … from \"notes\": cached plan must not change result type (SQLSTATE 0A000)"
        );
        // Every statement is prepared again, not only the one that failed.
        read().await.unwrap();
    }
}

#[tokio::test]
async fn a_column_that_no_longer_fits_is_an_error_until_it_does() {
    let (_database, db) = one_connection().await;
    add_note(&db, 1).await.unwrap();
    select(Note).all(&db).await.unwrap();
    db.batch_execute("alter table notes alter body type bytea using body::bytea").await.unwrap();
    for _ in 0..2 {
        let error = select(Note).all(&db).await.unwrap_err();
        assert_eq!(error.column(), Some("body"));
        assert_eq!(
            error.to_string(),
            "select … from \"notes\": column 2 (`body`): expected `text`, found `bytea`"
        );
    }
    db.batch_execute("alter table notes alter body type text using 'again'").await.unwrap();
    assert_eq!(select(Note).find(1).one(&db).await.unwrap().body, "again");
}

#[tokio::test]
async fn statements_that_a_script_threw_away_are_prepared_again() {
    let (_database, db) = one_connection().await;
    let read = async |db: &Db| {
        select(Note).all(db).await.unwrap();
        select(Note).count(db).await.unwrap()
    };
    let write = async |db: &Db| delete(Note).find(1).execute(db).await.unwrap();
    read(&db).await;
    write(&db).await;
    for script in ["discard all", "deallocate all"] {
        db.batch_execute(script).await.unwrap();
        read(&db).await;
        db.batch_execute(script).await.unwrap();
        write(&db).await;
    }
    // In a transaction the first statement fails, and no other after it.
    db.batch_execute("deallocate all").await.unwrap();
    let inside = async || {
        db.transaction(async |tx| {
            select(Note).all(tx).await?;
            select(Note).count(tx).await
        })
        .await
    };
    let error: Error = inside().await.unwrap_err();
    assert_eq!(error.sqlstate(), Some("26000"));
    assert!(error.is_retryable());
    assert_eq!(inside().await.unwrap(), 0);
}

#[tokio::test]
async fn a_statement_that_has_run_is_not_run_again() {
    let schema = "
        create sequence runs;
        create procedure run() language plpgsql as $$ begin
            perform nextval('runs');
            raise 'as if it were gone' using errcode = '26000';
        end $$;
    ";
    let (_database, db) = pool_with(schema, |builder| builder.max_connections(1)).await;
    let error = sql!("call run()").execute(&db).await.unwrap_err();
    assert_eq!(error.sqlstate(), Some("26000"));
    assert!(!error.is_retryable());
    assert_eq!(sql!("select last_value from runs").to::<i64>().one(&db).await.unwrap(), 1);
}

/// The same table, seen with another type.
#[derive(Table, Debug)]
#[orm(table = "moods")]
struct Wide {
    id: i64,
    mood: Mood,
}

#[derive(Table, Debug)]
#[orm(table = "moods")]
struct Narrow {
    id: i32,
    mood: String,
}

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    Good,
}

#[tokio::test]
async fn equal_texts_of_other_types_are_other_statements() {
    let schema = "create table moods (id numeric, mood text); insert into moods values (1, 'good')";
    let (_database, db) = pool_with(schema, |builder| builder.max_connections(1)).await;
    let client = db.client().await.unwrap();
    for _ in 0..2 {
        // Parameters of another type.
        assert_eq!(delete(Wide).filter(Wide.id.eq(7)).execute(&client).await.unwrap(), 0);
        assert_eq!(delete(Narrow).filter(Narrow.id.eq(7)).execute(&client).await.unwrap(), 0);
        // Results of another type.
        let mood: Mood = select(Wide.mood).from(Wide).one(&client).await.unwrap();
        let text: String = select(Narrow.mood).from(Narrow).one(&client).await.unwrap();
        assert_eq!((mood, text.as_str()), (Mood::Good, "good"));
    }
    assert_eq!(client.cached_statements(), 4);
    assert_eq!(prepared(&client).await.iter().filter(|text| text.starts_with("delete")).count(), 2);
}

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
enum Colour {
    Red,
}

#[derive(Table, Debug)]
#[orm(table = "colours")]
struct Paint {
    mood: Mood,
    colour: Colour,
}

/// The driver keeps statements of its own, to look types up by; it does not notice when they are gone.
#[tokio::test]
async fn a_type_is_looked_up_after_a_script_threw_the_drivers_statements_away() {
    let schema = "
        create type mood as enum ('good');
        create type colour as enum ('red');
        create table colours (mood mood, colour colour);
        insert into colours values ('good', 'red');
    ";
    let (_database, db) = pool_with(schema, |builder| builder.max_connections(1)).await;
    assert_eq!(select(Paint.mood).from(Paint).one(&db).await.unwrap(), Mood::Good);
    db.batch_execute("discard all").await.unwrap();
    let error = select(Paint.colour).from(Paint).one(&db).await.unwrap_err();
    assert_eq!(error.sqlstate(), Some("26000"));
    assert!(error.is_retryable());
    assert_eq!(select(Paint.colour).from(Paint).one(&db).await.unwrap(), Colour::Red);
}

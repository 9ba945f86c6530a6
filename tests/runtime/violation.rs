//! A constraint that refuses a row is named, and the row's values are not.

use crate::support::chain::whole_text;
use crate::support::tables::{assert_clean, pool_with};
use mizzle::Error;
use mizzle::prelude::*;
use orm_testing::TestDb;

#[derive(Table, Debug)]
#[orm(table = "people")]
struct Person {
    #[orm(primary_key)]
    id: i64,
    email: Option<String>,
    age: Option<i32>,
    boss_id: Option<i64>,
    room: Option<i32>,
}

/// More nullable than the table itself.
const SCHEMA: &str = "
    create table people (
        id bigint primary key,
        email text not null constraint people_email_key unique,
        age int constraint people_age_check check (age >= 0),
        boss_id bigint constraint people_boss_id_fkey references people,
        room int,
        constraint people_room_excl exclude using btree (room with =)
    );
    insert into people values (1, 'taken@secret', null, null, 7);
";

struct Expected {
    state: &'static str,
    constraint: Option<&'static str>,
    column: Option<&'static str>,
    display: &'static str,
    detail: &'static str,
}

#[track_caller]
fn check(error: &Error, expected: &Expected) {
    let Expected { state, constraint, column, display, detail } = expected;
    assert_eq!(error.sqlstate(), Some(*state));
    assert_eq!(error.constraint(), *constraint);
    assert_eq!(error.table(), Some("people"));
    assert_eq!(error.column(), *column);
    assert_eq!(error.to_string(), *display);
    assert_eq!(error.detail(), Some(*detail));
    assert!(error.sql().unwrap().contains("\"people\""));
    assert!(!error.is_retryable() && !error.is_closed() && !error.is_timeout());
    let text = whole_text(error);
    assert!(!text.contains("secret") && !text.contains(detail), "{text}");
}

/// Which of the questions about constraints it says yes to.
fn answers(error: &Error) -> [bool; 5] {
    [
        error.is_unique_violation(),
        error.is_foreign_key_violation(),
        error.is_check_violation(),
        error.is_not_null_violation(),
        error.is_exclusion_violation(),
    ]
}

async fn people() -> (TestDb, Db) {
    pool_with(SCHEMA, |builder| builder.max_connections(1)).await
}

async fn add(db: &Db, email: Option<&str>, age: Option<i32>, boss: Option<i64>, room: Option<i32>) -> Error {
    let row = insert(Person).set(Person.id, 2).set(Person.email, email).set(Person.age, age);
    let error = row.set(Person.boss_id, boss).set(Person.room, room).execute(db).await.unwrap_err();
    assert_clean(db).await;
    error
}

#[tokio::test]
async fn a_unique_violation() {
    let (_database, db) = people().await;
    let error = add(&db, Some("taken@secret"), None, None, None).await;
    assert_eq!(answers(&error), [true, false, false, false, false]);
    check(
        &error,
        &Expected {
            state: "23505",
            constraint: Some("people_email_key"),
            column: None,
            display: "insert into \"people\": unique constraint \"people_email_key\" is violated (SQLSTATE 23505)",
            detail: "Key (email)=(taken@secret) already exists.",
        },
    );
}

#[derive(Table, Debug)]
#[orm(table = "seats", unique(row, place))]
#[orm(index(name = "seats_holder", columns(holder), unique, where = "holder <> ''"))]
struct Seat {
    #[orm(primary_key)]
    id: i64,
    row: i32,
    place: i32,
    #[orm(unique)]
    code: String,
    holder: String,
}

#[tokio::test]
async fn a_violated_key_is_known_by_its_columns() {
    let database = TestDb::with_schema(&schema![Seat].create_sql()).await.unwrap();
    let db = Db::connect(database.url()).await.unwrap();
    let add = async |id, row, place, code: &str, holder: &str| {
        let seat = insert(Seat).set(Seat.id, id).set(Seat.row, row).set(Seat.place, place);
        seat.set(Seat.code, code).set(Seat.holder, holder).execute(&db).await
    };
    let asked = |error: Error| {
        [
            error.violates(Seat.id),
            error.violates((Seat.row, Seat.place)),
            error.violates(Seat.code),
            error.violates(Seat.holder),
            error.violates(Person.id),
        ]
    };
    add(1, 1, 1, "a", "Ada").await.unwrap();
    let no = false;
    assert_eq!(asked(add(1, 2, 2, "b", "Bob").await.unwrap_err()), [true, no, no, no, no]);
    assert_eq!(asked(add(2, 1, 1, "b", "Bob").await.unwrap_err()), [no, true, no, no, no]);
    assert_eq!(asked(add(2, 2, 2, "a", "Bob").await.unwrap_err()), [no, no, true, no, no]);
    assert_eq!(asked(add(2, 2, 2, "b", "Ada").await.unwrap_err()), [no, no, no, true, no]);
    assert_eq!(asked(select(Seat).find(9).one(&db).await.unwrap_err()), [no; 5]);
}

#[tokio::test]
async fn a_foreign_key_violation() {
    let (_database, db) = people().await;
    let error = add(&db, Some("new@secret"), None, Some(424_242), None).await;
    assert_eq!(answers(&error), [false, true, false, false, false]);
    check(
        &error,
        &Expected {
            state: "23503",
            constraint: Some("people_boss_id_fkey"),
            column: None,
            display: "insert into \"people\": foreign key \"people_boss_id_fkey\" is violated (SQLSTATE 23503)",
            detail: "Key (boss_id)=(424242) is not present in table \"people\".",
        },
    );
}

#[tokio::test]
async fn a_row_that_is_referred_to_cannot_be_deleted() {
    let (_database, db) = people().await;
    db.batch_execute("insert into people values (3, 'x', 1, 1)").await.unwrap();
    let error = delete(Person).find(1).execute(&db).await.unwrap_err();
    assert_eq!(answers(&error), [false, true, false, false, false]);
    check(
        &error,
        &Expected {
            state: "23503",
            constraint: Some("people_boss_id_fkey"),
            column: None,
            display: "delete from \"people\": foreign key \"people_boss_id_fkey\" is violated (SQLSTATE 23503)",
            detail: "Key (id)=(1) is still referenced from table \"people\".",
        },
    );
    assert_clean(&db).await;
}

#[tokio::test]
async fn a_check_violation() {
    let (_database, db) = people().await;
    let error = add(&db, Some("new@secret"), Some(-3), None, None).await;
    assert_eq!(answers(&error), [false, false, true, false, false]);
    check(
        &error,
        &Expected {
            state: "23514",
            constraint: Some("people_age_check"),
            column: None,
            display: "insert into \"people\": check constraint \"people_age_check\" is violated (SQLSTATE 23514)",
            detail: "Failing row contains (2, new@secret, -3, null, null).",
        },
    );
}

#[tokio::test]
async fn a_not_null_violation() {
    let (_database, db) = people().await;
    let error = add(&db, None, Some(3), None, None).await;
    assert_eq!(answers(&error), [false, false, false, true, false]);
    check(
        &error,
        &Expected {
            state: "23502",
            constraint: None,
            column: Some("email"),
            display: "insert into \"people\": column \"email\" must not be NULL (SQLSTATE 23502)",
            detail: "Failing row contains (2, null, 3, null, null).",
        },
    );
}

#[tokio::test]
async fn an_exclusion_violation() {
    let (_database, db) = people().await;
    let error = add(&db, Some("new@secret"), None, None, Some(7)).await;
    assert_eq!(answers(&error), [false, false, false, false, true]);
    check(
        &error,
        &Expected {
            state: "23P01",
            constraint: Some("people_room_excl"),
            column: None,
            display: "insert into \"people\": exclusion constraint \"people_room_excl\" is violated (SQLSTATE 23P01)",
            detail: "Key (room)=(7) conflicts with existing key (room)=(7).",
        },
    );
}

#[tokio::test]
async fn a_violation_by_an_update_or_by_many_rows_is_named_too() {
    #[derive(Insert)]
    #[orm(table = Person)]
    struct NewPerson<'a> {
        id: i64,
        email: &'a str,
    }
    let (_database, db) = people().await;
    let error = update(Person).set(Person.email, None::<&str>).find(1).execute(&db).await.unwrap_err();
    assert_eq!(error.to_string(), "update \"people\": column \"email\" must not be NULL (SQLSTATE 23502)");
    let rows = [NewPerson { id: 2, email: "new@secret" }, NewPerson { id: 3, email: "taken@secret" }];
    let error = insert(Person).rows(&rows).execute(&db).await.unwrap_err();
    assert!(error.is_unique_violation());
    assert!(!whole_text(&error).contains("secret"));
    // None of them is there.
    assert_eq!(select(Person).count(&db).await.unwrap(), 1);
}

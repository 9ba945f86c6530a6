//! What is declared beside the structs: its SQL, and that it does what it says.
#![allow(dead_code, reason = "most of the tables are there to be declared")]

use crate::TestResult;
use mizzle::object::{
    exclusion, extension, function, grant, partition, partitioned, policy, role, row_security, sequence,
    storage, trigger, view, view_sql,
};
use mizzle::prelude::*;
use orm_testing::TestDb;

#[derive(Table)]
#[orm(table = "notes")]
struct Note {
    #[orm(primary_key, identity)]
    id: i64,
    author: String,
    hidden: bool,
}

#[derive(Table)]
#[orm(table = "events", primary_key(id, year))]
struct Event {
    #[orm(index)]
    id: i64,
    year: i32,
}

#[derive(Table)]
#[orm(table = "bookings")]
struct Booking {
    #[orm(primary_key, identity)]
    id: i64,
    during: Range<i32>,
}

#[derive(Table, Debug, PartialEq)]
#[orm(table = "open_notes", query)]
struct OpenNote {
    number: i64,
    author: String,
}

const SCHEMA: Schema = schema![
    Note, Event, Booking;
    extension("pg_trgm"),
    role("mizzle_object_reader"),
    sequence("invoice_numbers").start(1000).increment(5),
    function(
        "shout()",
        "create function shout() returns trigger language plpgsql as
         $$ begin new.author = upper(new.author); return new; end $$",
    ),
    trigger("shout", "create trigger shout before insert on notes for each row execute function shout()").on(Note),
    row_security(Note).forced(),
    policy("own").on(Note).for_select().to(&["mizzle_object_reader"]).using("author = current_user"),
    grant("select, update").on(Note).columns(&["id"]).to("mizzle_object_reader"),
    grant("usage").on_sequence(None, "invoice_numbers").to("public"),
    partitioned(Event, "range (year)"),
    partition("events_2026", "for values from (2026) to (2027)").of(Event),
    storage(Booking).unlogged().with(&[("fillfactor", "70")]),
    exclusion("bookings_once", &[("during", "&&")]).on(Booking),
    view(OpenNote, || {
        select((Note.id, Note.author)).from(Note).filter(sql!("not {Note.hidden}"))
    }),
    view_sql("answers", "select 42 as answer").materialized(),
];

#[test]
fn objects_have_literal_sql() {
    let sql = SCHEMA.create_sql();
    for statement in [
        r#"create extension if not exists "pg_trgm";"#,
        r#"create sequence "invoice_numbers" as bigint increment 5 start 1000;"#,
        "create trigger shout before insert on notes for each row execute function shout();",
        r#"alter table "notes" force row level security;"#,
        r#"create policy "own" on "notes" for select to "mizzle_object_reader" using (author = current_user);"#,
        r#"grant select ("id"), update ("id") on "notes" to "mizzle_object_reader";"#,
        r#"grant usage on sequence "invoice_numbers" to public;"#,
        r#"create table "events_2026" partition of "events" for values from (2026) to (2027);"#,
        r#"alter table "bookings" add constraint "bookings_once" exclude using "gist" ("during" with &&);"#,
        r#"create view "open_notes" ("number", "author") as select "notes"."id", "notes"."author" from "notes" where (not "notes"."hidden");"#,
        r#"create materialized view "answers" as select 42 as answer;"#,
    ] {
        assert!(sql.contains(statement), "{statement}\nis not in\n{sql}");
    }
    assert!(sql.contains(r#") partition by range (year);"#), "{sql}");
    assert!(sql.contains(r#"create unlogged table "bookings" ("#), "{sql}");
    assert!(sql.contains(r#") with (fillfactor = '70');"#), "{sql}");
}

#[tokio::test]
async fn objects_do_what_they_say() -> TestResult {
    let database = TestDb::new().await?;
    let client = Client::connect(database.url()).await?;
    client.batch_execute(&SCHEMA.create_sql()).await?;

    insert(Note).set(Note.author, "ada").set(Note.hidden, false).execute(&client).await?;
    insert(Note).set(Note.author, "eve").set(Note.hidden, true).execute(&client).await?;
    let open = select(OpenNote).all(&client).await?;
    assert_eq!(open, [OpenNote { number: 1, author: "ADA".into() }]);

    insert(Booking).set(Booking.during, Range::from(1..5)).execute(&client).await?;
    let twice = insert(Booking).set(Booking.during, Range::from(4..6)).execute(&client).await;
    assert_eq!(twice.unwrap_err().constraint(), Some("bookings_once"));

    insert(Event).set(Event.id, 1).set(Event.year, 2026).execute(&client).await?;
    let outside = insert(Event).set(Event.id, 1).set(Event.year, 2030).execute(&client).await;
    assert!(outside.unwrap_err().is_check_violation());

    // Roles are the whole server's, which may be a person's own.
    client.batch_execute("drop owned by mizzle_object_reader; drop role mizzle_object_reader").await?;
    Ok(())
}

#[derive(Table, Debug, PartialEq)]
#[orm(table = "pages")]
struct Page {
    #[orm(primary_key, identity)]
    id: i64,
    body: String,
    #[orm(type = "tsvector", generated = "to_tsvector('english', body)")]
    words: mizzle::value::Opaque,
    #[orm(type = "point[]")]
    places: Option<Vec<Option<mizzle::value::Opaque>>>,
}

#[tokio::test]
async fn columns_of_any_type_can_be_declared_and_read() -> TestResult {
    let database = TestDb::with_schema(&schema![Page].create_sql()).await?;
    let client = Client::connect(database.url()).await?;
    insert(Page).set(Page.body, "many words").execute(&client).await?;
    let page = select(Page).one(&client).await?;
    assert_eq!(
        page.words.0.get(..4),
        Some(&[0, 0, 0, 2][..]),
        "a tsvector begins with how many words it has"
    );

    let places = vec![Some(mizzle::value::Opaque(vec![0; 16]))];
    let written = update(Page).set(Page.places, Some(places)).all_rows().execute(&client).await;
    assert!(written.is_err(), "an opaque value cannot be written");
    Ok(())
}

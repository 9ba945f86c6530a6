//! Other names.

use super::check;
use crate::TestResult;
use orm_kit::catalog::{Kind, ObjectName};
use orm_kit::ddl;

fn name(kind: Kind, schema: &str, table: &str, name: &str) -> ObjectName {
    ObjectName { kind, schema: schema.to_owned(), table: table.to_owned(), name: name.to_owned() }
}

#[tokio::test]
async fn every_kind_is_renamed_by_its_words() -> TestResult {
    let free = |kind, from: &str, to: &str| {
        ddl::rename(&name(kind, "public", "", from), &name(kind, "public", "", to))
    };
    let part = |kind, from: &str, to: &str| {
        ddl::rename(&name(kind, "public", "notes", from), &name(kind, "public", "people", to))
    };
    let moved = ddl::rename(
        &name(Kind::Routine, "public", "", "one(a integer)"),
        &name(Kind::Routine, "app", "", "Two(a integer)"),
    );
    let statements = [
        ddl::rename(&name(Kind::Schema, "", "", "old"), &name(Kind::Schema, "", "", "app")),
        free(Kind::Enum, "mood", "Mood"),
        free(Kind::Domain, "email", "mail"),
        free(Kind::Sequence, "ids", "numbers"),
        free(Kind::Table, "notes", "people"),
        free(Kind::View, "v", "w"),
        free(Kind::View, "m", "n"),
        moved,
        part(Kind::Column, "id", "key"),
        part(Kind::Constraint, "c", "d"),
        part(Kind::Index, "i", "j"),
        part(Kind::Trigger, "t", "u"),
        part(Kind::Policy, "p", "q"),
        ddl::rename(&name(Kind::Extension, "", "", "a"), &name(Kind::Extension, "", "", "b")),
    ]
    .concat();
    let expected = [
        r#"alter schema "old" rename to "app""#,
        r#"alter type "public"."mood" rename to "Mood""#,
        r#"alter domain "public"."email" rename to "mail""#,
        r#"alter sequence "public"."ids" rename to "numbers""#,
        r#"alter table "public"."notes" rename to "people""#,
        r#"alter table "public"."v" rename to "w""#,
        r#"alter table "public"."m" rename to "n""#,
        r#"alter routine "public"."one"(a integer) set schema "app""#,
        r#"alter routine "app"."one"(a integer) rename to "Two""#,
        r#"alter table "public"."people" rename column "id" to "key""#,
        r#"alter table "public"."people" rename constraint "c" to "d""#,
        r#"alter index "public"."i" rename to "j""#,
        r#"alter trigger "t" on "public"."people" rename to "u""#,
        r#"alter policy "p" on "public"."people" rename to "q""#,
    ];
    let before = "create schema old; create type mood as enum (); create domain email as text;
        create sequence ids; create table notes (id int, constraint c check (id > 0)); create index i on notes (id);
        create view v as select 1; create materialized view m as select 1;
        create function one(a integer) returns integer language sql as 'select 1';
        create trigger t before update on notes for each row execute function suppress_redundant_updates_trigger();
        create policy p on notes";
    check(before, &statements, &expected).await
}

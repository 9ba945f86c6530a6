//! Constraints and indexes on tables with rows.

use super::build::{catalog, check, index, reference, table, unique, with};
use super::case::Case;
use crate::TestResult;
use orm_kit::catalog::{Catalog, Table};
use std::slice;

fn workers() -> Table {
    table("workers", &["id bigint", "boss bigint null", "email text", "age integer"])
}

const ROWS: &str = "insert into workers select n, 1, 'a' || n, n from generate_series(1, 5) n";

fn changed(from: &Table, to: &Table) -> Case {
    Case::new(catalog(slice::from_ref(from)), catalog(slice::from_ref(to))).rows(ROWS)
}

#[tokio::test]
async fn an_index_is_built_while_rows_are_written() -> TestResult {
    let to = with(&workers(), |table| table.indexes.push(index("workers_email_idx", &["email"])));
    changed(&workers(), &to)
        .check(
            r#"
# direct
create index concurrently "workers_email_idx" on "public"."workers" using "btree" ("email");
=== down
# direct
drop index concurrently "public"."workers_email_idx";
"#,
        )
        .await
}

#[tokio::test]
async fn a_changed_index_is_there_before_the_old_one_goes() -> TestResult {
    let from = with(&workers(), |table| table.indexes.push(index("workers_idx", &["email"])));
    let to = with(&workers(), |table| table.indexes.push(index("workers_idx", &["email", "age"])));
    changed(&from, &to)
        .check(
            r#"
# transaction
-- it serves until the new one is built
alter index "public"."workers_idx" rename to "workers_idx_old";
# direct
create index concurrently "workers_idx" on "public"."workers" using "btree" ("email", "age");
drop index concurrently "public"."workers_idx_old";
=== down
# transaction
-- it serves until the new one is built
alter index "public"."workers_idx" rename to "workers_idx_old";
# direct
create index concurrently "workers_idx" on "public"."workers" using "btree" ("email");
drop index concurrently "public"."workers_idx_old";
"#,
        )
        .await
}

#[tokio::test]
async fn an_index_goes_while_rows_are_written() -> TestResult {
    let from = with(&workers(), |table| table.indexes.push(index("workers_idx", &["email"])));
    changed(&from, &workers())
        .check(
            r#"
# direct
drop index concurrently "public"."workers_idx";
=== down
# direct
create index concurrently "workers_idx" on "public"."workers" using "btree" ("email");
"#,
        )
        .await
}

#[tokio::test]
async fn a_check_is_proved_behind() -> TestResult {
    let to = with(&workers(), |table| table.checks.push(check("workers_age_check", "age > 0")));
    changed(&workers(), &to)
        .check(
            r#"
# transaction
alter table "public"."workers" add constraint "workers_age_check" check (age > 0) not valid;
# transaction
alter table "public"."workers" validate constraint "workers_age_check";
! may-fail: constraint `workers.workers_age_check`: it fails if a row does not satisfy it
=== down
# transaction
alter table "public"."workers" drop constraint "workers_age_check";
"#,
        )
        .await
}

#[tokio::test]
async fn a_changed_check_is_there_before_the_old_one_goes() -> TestResult {
    let from = with(&workers(), |table| table.checks.push(check("workers_age_check", "age > 0")));
    let to = with(&workers(), |table| table.checks.push(check("workers_age_check", "age >= 1")));
    changed(&from, &to)
        .check(
            r#"
# transaction
alter table "public"."workers" add constraint "workers_age_check_new" check (age >= 1) not valid;
# transaction
alter table "public"."workers" validate constraint "workers_age_check_new";
# transaction
alter table "public"."workers" drop constraint "workers_age_check";
alter table "public"."workers" rename constraint "workers_age_check_new" to "workers_age_check";
! may-fail: constraint `workers.workers_age_check`: it fails if a row does not satisfy it
=== down
# transaction
alter table "public"."workers" add constraint "workers_age_check_new" check (age > 0) not valid;
# transaction
alter table "public"."workers" validate constraint "workers_age_check_new";
# transaction
alter table "public"."workers" drop constraint "workers_age_check";
alter table "public"."workers" rename constraint "workers_age_check_new" to "workers_age_check";
! may-fail: constraint `workers.workers_age_check`: it fails if a row does not satisfy it
"#,
        )
        .await
}

#[tokio::test]
async fn a_unique_key_is_made_of_an_index() -> TestResult {
    let to = with(&workers(), |table| table.uniques.push(unique("workers_email_key", &["email"])));
    changed(&workers(), &to)
        .check(
            r#"
# direct
create unique index concurrently "workers_email_key" on "public"."workers" using "btree" ("email");
# transaction
alter table "public"."workers" add constraint "workers_email_key" unique using index "workers_email_key";
! may-fail: constraint `workers.workers_email_key`: it fails if two rows are equal in it
=== down
# transaction
alter table "public"."workers" drop constraint "workers_email_key";
"#,
        )
        .await
}

#[tokio::test]
async fn a_changed_unique_key_takes_the_old_ones_place() -> TestResult {
    let from = with(&workers(), |table| table.uniques.push(unique("workers_key", &["email"])));
    let to = with(&workers(), |table| table.uniques.push(unique("workers_key", &["email", "age"])));
    changed(&from, &to)
        .check(
            r#"
# direct
create unique index concurrently "workers_key_new" on "public"."workers" using "btree" ("email", "age");
# transaction
alter table "public"."workers" drop constraint "workers_key";
alter table "public"."workers" add constraint "workers_key" unique using index "workers_key_new";
! may-fail: constraint `workers.workers_key`: it fails if two rows are equal in it
=== down
# direct
create unique index concurrently "workers_key_new" on "public"."workers" using "btree" ("email");
# transaction
alter table "public"."workers" drop constraint "workers_key";
alter table "public"."workers" add constraint "workers_key" unique using index "workers_key_new";
! may-fail: constraint `workers.workers_key`: it fails if two rows are equal in it
"#,
        )
        .await
}

#[tokio::test]
async fn a_primary_key_is_made_of_an_index_over_columns_that_are_not_null() -> TestResult {
    let from = with(
        &table("workers", &["id bigint null", "boss bigint null", "email text", "age integer"]),
        |table| {
            table.primary_key = None;
        },
    );
    changed(&from, &workers())
        .check(
            r#"
# transaction
alter table "public"."workers" add constraint "workers_id_not_null" check ("id" is not null) not valid;
# transaction
alter table "public"."workers" validate constraint "workers_id_not_null";
# transaction
-- the check proves it, so that the table is not read again
alter table "public"."workers" alter column "id" set not null;
alter table "public"."workers" drop constraint "workers_id_not_null";
# direct
create unique index concurrently "workers_pkey" on "public"."workers" using "btree" ("id");
# transaction
alter table "public"."workers" add constraint "workers_pkey" primary key using index "workers_pkey";
! may-fail: column `workers.id`: it fails if a row has none
! may-fail: constraint `workers.workers_pkey`: it fails if two rows are equal in it
=== down
# transaction
alter table "public"."workers" drop constraint "workers_pkey";
alter table "public"."workers" alter column "id" drop not null;
"#,
        )
        .await
}

#[tokio::test]
async fn a_foreign_key_is_proved_behind_its_index() -> TestResult {
    let to = with(&workers(), |table| {
        table.indexes.push(index("workers_boss_idx", &["boss"]));
        table.foreign_keys.push(reference("workers_boss_fkey", "boss", "workers", "id"));
    });
    changed(&workers(), &to).check(r#"
# direct
create index concurrently "workers_boss_idx" on "public"."workers" using "btree" ("boss");
# transaction
alter table "public"."workers" add constraint "workers_boss_fkey" foreign key ("boss") references "public"."workers" ("id") not valid;
# transaction
alter table "public"."workers" validate constraint "workers_boss_fkey";
! may-fail: constraint `workers.workers_boss_fkey`: it fails if a row references none
=== down
# transaction
alter table "public"."workers" drop constraint "workers_boss_fkey";
# direct
drop index concurrently "public"."workers_boss_idx";
"#).await
}

#[tokio::test]
async fn a_foreign_key_without_an_index_says_what_that_costs() -> TestResult {
    let teams = table("teams", &["id bigint"]);
    let to = with(&workers(), |table| {
        table.foreign_keys.push(reference("workers_boss_fkey", "boss", "teams", "id"));
    });
    Case::new(catalog(&[workers(), teams.clone()]), catalog(&[to, teams]))
        .rows("insert into teams values (1)")
        .rows(ROWS)
        .check(r#"
# transaction
-- no index begins with these columns: whoever deletes a row of `teams` reads all of `workers`
alter table "public"."workers" add constraint "workers_boss_fkey" foreign key ("boss") references "public"."teams" ("id") not valid;
# transaction
alter table "public"."workers" validate constraint "workers_boss_fkey";
! may-fail: constraint `workers.workers_boss_fkey`: it fails if a row references none
=== down
# transaction
alter table "public"."workers" drop constraint "workers_boss_fkey";
"#)
        .await
}

#[tokio::test]
async fn a_foreign_key_that_goes_locks_both_tables_for_itself() -> TestResult {
    let teams = table("teams", &["id bigint"]);
    let from = with(&workers(), |table| {
        table.foreign_keys.push(reference("workers_boss_fkey", "boss", "teams", "id"));
    });
    Case::new(catalog(&[from, teams.clone()]), catalog(&[workers(), teams])).check(r#"
# transaction
alter table "public"."workers" drop constraint "workers_boss_fkey";
=== down
# transaction
-- no index begins with these columns: whoever deletes a row of `teams` reads all of `workers`
alter table "public"."workers" add constraint "workers_boss_fkey" foreign key ("boss") references "public"."teams" ("id") not valid;
# transaction
alter table "public"."workers" validate constraint "workers_boss_fkey";
! may-fail: constraint `workers.workers_boss_fkey`: it fails if a row references none
"#).await
}

#[tokio::test]
async fn a_new_table_references_others_by_itself() -> TestResult {
    let notes = with(&table("notes", &["id bigint", "worker bigint", "other bigint null"]), |table| {
        table.foreign_keys.push(reference("notes_worker_fkey", "worker", "workers", "id"));
        table.foreign_keys.push(reference("notes_other_fkey", "other", "notes", "id"));
        table.indexes.push(index("notes_worker_idx", &["worker"]));
    });
    Case::new(catalog(&[workers()]), catalog(&[workers(), notes])).rows(ROWS).check(r#"
# transaction
create table "public"."notes" (
    "id" bigint not null,
    "worker" bigint not null,
    "other" bigint,
    constraint "notes_pkey" primary key ("id")
);
create index "notes_worker_idx" on "public"."notes" using "btree" ("worker");
alter table "public"."notes" add constraint "notes_other_fkey" foreign key ("other") references "public"."notes" ("id");
alter table "public"."notes" add constraint "notes_worker_fkey" foreign key ("worker") references "public"."workers" ("id");
=== down
# transaction
alter table "public"."notes" drop constraint "notes_worker_fkey";
# transaction
drop table "public"."notes";
! data-loss: table `notes`: its rows are gone
"#).await
}

#[tokio::test]
async fn a_table_that_goes_leaves_what_it_references_first() -> TestResult {
    let notes = with(&table("notes", &["id bigint", "worker bigint"]), |table| {
        table.foreign_keys.push(reference("notes_worker_fkey", "worker", "workers", "id"));
    });
    Case::new(catalog(&[workers(), notes]), catalog(&[workers()]))
        .rows(ROWS)
        .check(
            r#"
=== contract
# transaction
alter table "public"."notes" drop constraint "notes_worker_fkey";
# transaction
drop table "public"."notes";
! data-loss: table `notes`: its rows are gone
=== down
"#,
        )
        .await
}

#[tokio::test]
async fn a_whole_schema_holds_up_nobody() -> TestResult {
    Case::new(Catalog::default(), catalog(&[workers()]))
        .check(
            r#"
# transaction
create table "public"."workers" (
    "id" bigint not null,
    "boss" bigint,
    "email" text not null,
    "age" integer not null,
    constraint "workers_pkey" primary key ("id")
);
=== down
# transaction
drop table "public"."workers";
! data-loss: table `workers`: its rows are gone
"#,
        )
        .await
}

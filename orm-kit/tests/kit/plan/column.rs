//! New columns, gone ones, and ones that change in place.

use super::build::{catalog, column, table, with};
use super::case::Case;
use crate::TestResult;
use orm_kit::catalog::{Identity, SequenceOptions};

const ROWS: &str = r#"insert into "public"."workers" select n, 'a' || n from generate_series(1, 5) n"#;

fn added(text: &str) -> Case {
    let workers = table("workers", &["id bigint", "name text"]);
    let to = with(&workers, |table| table.columns.push(column(text)));
    Case::new(catalog(&[workers]), catalog(&[to])).rows(ROWS)
}

#[tokio::test]
async fn a_column_with_a_constant_default_is_added_at_once() -> TestResult {
    added("age integer = 0")
        .old("insert into workers (id, name) values (6, 'x')")
        .check(
            r#"
# transaction
alter table "public"."workers" add column "age" integer not null default 0;
=== down
# transaction
alter table "public"."workers" drop column "age";
! data-loss: column `workers.age`: its values are gone
"#,
        )
        .await
}

#[tokio::test]
async fn a_column_with_a_value_for_each_row_is_filled_in_batches() -> TestResult {
    added("token uuid = gen_random_uuid()")
        .old("insert into workers (id, name) values (6, 'x')")
        .check(
            r#"
# transaction
-- each row has a value of its own: with the default at once, the whole table would be written again
alter table "public"."workers" add column "token" uuid;
alter table "public"."workers" alter column "token" set default gen_random_uuid();
# batches by "public"."workers" ("id")
update "public"."workers" set "token" = gen_random_uuid() where ("token" is null);
# transaction
alter table "public"."workers" add constraint "workers_token_not_null" check ("token" is not null) not valid;
# transaction
alter table "public"."workers" validate constraint "workers_token_not_null";
# transaction
-- the check proves it, so that the table is not read again
alter table "public"."workers" alter column "token" set not null;
alter table "public"."workers" drop constraint "workers_token_not_null";
=== down
# transaction
alter table "public"."workers" drop column "token";
! data-loss: column `workers.token`: its values are gone
"#,
        )
        .await
}

#[tokio::test]
async fn a_column_that_needs_a_value_says_where_it_is_to_come_from() -> TestResult {
    let workers = table("workers", &["id bigint", "name text"]);
    let to = with(&workers, |table| table.columns.push(column("age integer")));
    Case::new(catalog(&[workers]), catalog(&[to])).check(r#"
# transaction
alter table "public"."workers" add column "age" integer;
-- rows that are there have no value: `update "public"."workers" set "age" = ..` goes before this
alter table "public"."workers" add constraint "workers_age_not_null" check ("age" is not null) not valid;
# transaction
alter table "public"."workers" validate constraint "workers_age_not_null";
# transaction
-- the check proves it, so that the table is not read again
alter table "public"."workers" alter column "age" set not null;
alter table "public"."workers" drop constraint "workers_age_not_null";
! may-fail: column `workers.age`: it is `not null` and has no default: it fails if the table has rows. Write `update "public"."workers" set "age" = ..` before its check, or give it a default; old code that inserts needs one as well
=== down
# transaction
alter table "public"."workers" drop column "age";
! data-loss: column `workers.age`: its values are gone
"#).await
}

#[tokio::test]
async fn an_identity_numbers_the_rows_that_are_there() -> TestResult {
    let workers = table("workers", &["id bigint", "name text"]);
    let identity = Identity { always: true, options: SequenceOptions::default() };
    let mut number = column("number bigint");
    number.identity = Some(identity);
    let to = with(&workers, |table| table.columns.push(number.clone()));
    Case::new(catalog(&[workers]), catalog(&[to]))
        .rows(ROWS)
        .old("insert into workers (id, name) values (6, 'x')")
        .check(r#"
# transaction
-- an identity would write the whole table again: this numbers the rows until it can be one
create sequence "public"."workers_number_fill" as bigint;
alter table "public"."workers" add column "number" bigint;
alter table "public"."workers" alter column "number" set default nextval('"public"."workers_number_fill"');
# batches by "public"."workers" ("id")
update "public"."workers" set "number" = nextval('"public"."workers_number_fill"') where ("number" is null);
# transaction
alter table "public"."workers" add constraint "workers_number_not_null" check ("number" is not null) not valid;
# transaction
alter table "public"."workers" validate constraint "workers_number_not_null";
# transaction
-- the check proves it, so that the table is not read again
alter table "public"."workers" alter column "number" set not null;
alter table "public"."workers" drop constraint "workers_number_not_null";
alter table "public"."workers" alter column "number" drop default;
alter table "public"."workers" alter column "number" add generated always as identity;
select setval(pg_get_serial_sequence('"public"."workers"', 'number'), nextval('"public"."workers_number_fill"'), false);
drop sequence "public"."workers_number_fill";
=== down
# transaction
alter table "public"."workers" drop column "number";
! data-loss: column `workers.number`: its values are gone
"#)
        .await
}

#[tokio::test]
async fn a_column_that_goes_stays_for_old_code() -> TestResult {
    let workers = table("workers", &["id bigint", "name text"]);
    let to = with(&workers, |table| drop(table.columns.pop()));
    Case::new(catalog(&[workers]), catalog(&[to]))
        .rows(ROWS)
        .new_code("insert into workers (id) select max(id) + 1 from workers")
        .check(
            r#"
# transaction
-- new code inserts without it; old code still reads and writes it
alter table "public"."workers" alter column "name" drop not null;
=== contract
# transaction
alter table "public"."workers" drop column "name";
! data-loss: column `workers.name`: its values are gone
=== down
# transaction
alter table "public"."workers" add constraint "workers_name_not_null" check ("name" is not null) not valid;
# transaction
alter table "public"."workers" validate constraint "workers_name_not_null";
# transaction
-- the check proves it, so that the table is not read again
alter table "public"."workers" alter column "name" set not null;
alter table "public"."workers" drop constraint "workers_name_not_null";
! may-fail: column `workers.name`: it fails if a row has none
"#,
        )
        .await
}

#[tokio::test]
async fn not_null_is_proved_before_it_is_set() -> TestResult {
    let workers = table("workers", &["id bigint", "name text null"]);
    let to = table("workers", &["id bigint", "name text = 'x'"]);
    Case::new(catalog(&[workers]), catalog(&[to]))
        .rows(ROWS)
        .check(
            r#"
# transaction
alter table "public"."workers" alter column "name" set default 'x';
alter table "public"."workers" add constraint "workers_name_not_null" check ("name" is not null) not valid;
# transaction
alter table "public"."workers" validate constraint "workers_name_not_null";
# transaction
-- the check proves it, so that the table is not read again
alter table "public"."workers" alter column "name" set not null;
alter table "public"."workers" drop constraint "workers_name_not_null";
! may-fail: column `workers.name`: it fails if a row has none
=== down
# transaction
alter table "public"."workers" alter column "name" drop default;
alter table "public"."workers" alter column "name" drop not null;
"#,
        )
        .await
}

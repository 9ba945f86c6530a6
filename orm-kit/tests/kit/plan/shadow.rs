//! Columns that others replace: renamed, or of a type that the table would have to be written again for.

use super::build::{catalog, check, column_name, index, reference, table, unique, with};
use super::case::Case;
use crate::TestResult;

#[tokio::test]
async fn a_renamed_column_has_both_names_until_old_code_is_gone() -> TestResult {
    let workers = |name: &str| {
        with(&table("workers", &["id bigint", &format!("{name} text = 'x'")]), |table| {
            table.indexes.push(index("workers_name_idx", &[name]));
            table.checks.push(check("workers_name_check", &format!("{name} <> ''")));
        })
    };
    Case::new(catalog(&[workers("name")]), catalog(&[workers("title")]))
        .renamed(column_name("workers", "name"), column_name("workers", "title"))
        .rows("insert into workers select n, 'a' || n from generate_series(1, 5) n")
        .old("insert into workers (id, name) values (6, 'old'), (7, default)")
        .new_code("insert into workers (id, title) select max(id) + 1, 'new' from workers")
        .old("update workers set name = name || '!' where id < 3")
        .new_code("update workers set title = title || '?' where id > 3")
        .both(SAME)
        .check(r#"
# transaction
alter table "public"."workers" add column "title" text;
-- `name` and `title` are one column for as long as both are there, whichever the running code writes
create function "public"."workers_name_sync"() returns trigger language plpgsql set search_path = pg_catalog as $sync$
begin
  if tg_op = 'INSERT' then
    if new."title" is null then
      new."title" := new."name";
    else
      new."name" := new."title";
    end if;
  elsif new."title" is distinct from old."title" and new."title" is distinct from new."name" then
    new."name" := new."title";
  elsif new."name" is distinct from old."name" then
    new."title" := new."name";
  end if;
  return new;
end
$sync$;
create trigger "zz_sync_name" before insert or update on "public"."workers" for each row execute function "public"."workers_name_sync"();
# batches by "public"."workers" ("id")
update "public"."workers" set "title" = "name" where ("title" is null and "name" is not null);
# transaction
alter table "public"."workers" add constraint "workers_title_not_null" check ("title" is not null) not valid;
# transaction
alter table "public"."workers" validate constraint "workers_title_not_null";
# transaction
-- the check proves it, so that the table is not read again
alter table "public"."workers" alter column "title" set not null;
alter table "public"."workers" drop constraint "workers_title_not_null";
# direct
create index concurrently "workers_name_idx_new" on "public"."workers" using "btree" ("title");
# transaction
alter table "public"."workers" add constraint "workers_name_check_new" check (title <> '') not valid;
# transaction
alter table "public"."workers" validate constraint "workers_name_check_new";
=== contract
# transaction
drop trigger "zz_sync_name" on "public"."workers";
drop function "public"."workers_name_sync"();
-- `title` has all of its values
alter table "public"."workers" drop column "name";
alter index "public"."workers_name_idx_new" rename to "workers_name_idx";
alter table "public"."workers" rename constraint "workers_name_check_new" to "workers_name_check";
alter table "public"."workers" alter column "title" set default 'x';
=== down
# transaction
drop trigger "zz_sync_name" on "public"."workers";
drop function "public"."workers_name_sync"();
alter table "public"."workers" drop column "title";
"#)
        .await
}

/// Fails unless both columns are the same everywhere.
const SAME: &str = "do $$ begin
    assert not exists (select from workers where name is distinct from title);
    assert (select count(*) from workers where name like 'a_!') = 2;
end $$";

#[tokio::test]
async fn a_key_that_grows_is_replaced_with_all_that_references_it() -> TestResult {
    let workers = |ty: &str| table("workers", &[&format!("id {ty}"), "name text"]);
    let notes = |ty: &str| {
        with(&table("notes", &["id bigint", &format!("worker {ty}")]), |table| {
            table.indexes.push(index("notes_worker_idx", &["worker"]));
            table.foreign_keys.push(reference("notes_worker_fkey", "worker", "workers", "id"));
        })
    };
    Case::new(
        catalog(&[workers("integer"), notes("integer")]),
        catalog(&[workers("bigint"), notes("bigint")]),
    )
    .rows("insert into workers select n, 'a' from generate_series(1, 5) n")
    .rows("insert into notes select n, n from generate_series(1, 5) n")
    .old("insert into workers values (6, 'x'); insert into notes (id, worker) values (6, 6)")
    .old("update notes set worker = 1 where id = 2")
    .new_code("insert into workers (id, name) select max(id) + 1, 'y' from workers")
    .check(r#"
# transaction
alter table "public"."workers" add column "id_new" bigint;
-- `id` and `id_new` are one column for as long as both are there, whichever the running code writes
create function "public"."workers_id_sync"() returns trigger language plpgsql set search_path = pg_catalog as $sync$
begin
  if tg_op = 'INSERT' then
    if new."id_new" is null then
      new."id_new" := new."id"::bigint;
    else
      new."id" := new."id_new"::integer;
    end if;
  elsif new."id_new" is distinct from old."id_new" and new."id_new" is distinct from new."id"::bigint then
    new."id" := new."id_new"::integer;
  elsif new."id" is distinct from old."id" then
    new."id_new" := new."id"::bigint;
  end if;
  return new;
end
$sync$;
create trigger "zz_sync_id" before insert or update on "public"."workers" for each row execute function "public"."workers_id_sync"();
# batches by "public"."workers" ("id")
update "public"."workers" set "id_new" = "id"::bigint where ("id_new" is null and "id" is not null);
# transaction
alter table "public"."workers" add constraint "workers_id_new_not_null" check ("id_new" is not null) not valid;
# transaction
alter table "public"."workers" validate constraint "workers_id_new_not_null";
# transaction
-- the check proves it, so that the table is not read again
alter table "public"."workers" alter column "id_new" set not null;
alter table "public"."workers" drop constraint "workers_id_new_not_null";
# transaction
alter table "public"."notes" add column "worker_new" bigint;
-- `worker` and `worker_new` are one column for as long as both are there, whichever the running code writes
create function "public"."notes_worker_sync"() returns trigger language plpgsql set search_path = pg_catalog as $sync$
begin
  if tg_op = 'INSERT' then
    if new."worker_new" is null then
      new."worker_new" := new."worker"::bigint;
    else
      new."worker" := new."worker_new"::integer;
    end if;
  elsif new."worker_new" is distinct from old."worker_new" and new."worker_new" is distinct from new."worker"::bigint then
    new."worker" := new."worker_new"::integer;
  elsif new."worker" is distinct from old."worker" then
    new."worker_new" := new."worker"::bigint;
  end if;
  return new;
end
$sync$;
create trigger "zz_sync_worker" before insert or update on "public"."notes" for each row execute function "public"."notes_worker_sync"();
# batches by "public"."notes" ("id")
update "public"."notes" set "worker_new" = "worker"::bigint where ("worker_new" is null and "worker" is not null);
# transaction
alter table "public"."notes" add constraint "notes_worker_new_not_null" check ("worker_new" is not null) not valid;
# transaction
alter table "public"."notes" validate constraint "notes_worker_new_not_null";
# transaction
-- the check proves it, so that the table is not read again
alter table "public"."notes" alter column "worker_new" set not null;
alter table "public"."notes" drop constraint "notes_worker_new_not_null";
# direct
create unique index concurrently "workers_pkey_new" on "public"."workers" using "btree" ("id_new");
create index concurrently "notes_worker_idx_new" on "public"."notes" using "btree" ("worker_new");
# transaction
alter table "public"."notes" add constraint "notes_worker_fkey_new" foreign key ("worker_new") references "public"."workers" ("id_new") not valid;
# transaction
alter table "public"."notes" validate constraint "notes_worker_fkey_new";
=== contract
# transaction
alter table "public"."notes" drop constraint "notes_worker_fkey";
# transaction
drop trigger "zz_sync_id" on "public"."workers";
drop function "public"."workers_id_sync"();
-- `id_new` has all of its values
alter table "public"."workers" drop column "id";
alter table "public"."workers" rename column "id_new" to "id";
alter table "public"."workers" add constraint "workers_pkey" primary key using index "workers_pkey_new";
# transaction
drop trigger "zz_sync_worker" on "public"."notes";
drop function "public"."notes_worker_sync"();
-- `worker_new` has all of its values
alter table "public"."notes" drop column "worker";
alter table "public"."notes" rename column "worker_new" to "worker";
alter index "public"."notes_worker_idx_new" rename to "notes_worker_idx";
# transaction
alter table "public"."notes" rename constraint "notes_worker_fkey_new" to "notes_worker_fkey";
=== down
# transaction
alter table "public"."notes" drop constraint "notes_worker_fkey_new";
# transaction
drop trigger "zz_sync_worker" on "public"."notes";
drop function "public"."notes_worker_sync"();
alter table "public"."notes" drop column "worker_new";
# transaction
drop trigger "zz_sync_id" on "public"."workers";
drop function "public"."workers_id_sync"();
alter table "public"."workers" drop column "id_new";
"#)
    .await
}

#[tokio::test]
async fn a_unique_column_of_another_type_stays_unique() -> TestResult {
    let workers = |ty: &str| {
        with(&table("workers", &["id bigint", &format!("code {ty} = '1'")]), |table| {
            table.uniques.push(unique("workers_code_key", &["code"]));
        })
    };
    Case::new(catalog(&[workers("text")]), catalog(&[workers("integer")]))
        .rows("insert into workers select n, n::text from generate_series(2, 5) n")
        .old("insert into workers (id) values (6)")
        .check(r#"
# transaction
alter table "public"."workers" add column "code_new" integer;
-- `code` and `code_new` are one column for as long as both are there, whichever the running code writes
create function "public"."workers_code_sync"() returns trigger language plpgsql set search_path = pg_catalog as $sync$
begin
  if tg_op = 'INSERT' then
    if new."code_new" is null then
      new."code_new" := new."code"::integer;
    else
      new."code" := new."code_new"::text;
    end if;
  elsif new."code_new" is distinct from old."code_new" and new."code_new" is distinct from new."code"::integer then
    new."code" := new."code_new"::text;
  elsif new."code" is distinct from old."code" then
    new."code_new" := new."code"::integer;
  end if;
  return new;
end
$sync$;
create trigger "zz_sync_code" before insert or update on "public"."workers" for each row execute function "public"."workers_code_sync"();
# batches by "public"."workers" ("id")
update "public"."workers" set "code_new" = "code"::integer where ("code_new" is null and "code" is not null);
# transaction
alter table "public"."workers" add constraint "workers_code_new_not_null" check ("code_new" is not null) not valid;
# transaction
alter table "public"."workers" validate constraint "workers_code_new_not_null";
# transaction
-- the check proves it, so that the table is not read again
alter table "public"."workers" alter column "code_new" set not null;
alter table "public"."workers" drop constraint "workers_code_new_not_null";
# direct
create unique index concurrently "workers_code_key_new" on "public"."workers" using "btree" ("code_new");
! may-fail: column `workers.code`: it fails if a value of `text` is none of `integer`; so does old code that writes one
=== contract
# transaction
drop trigger "zz_sync_code" on "public"."workers";
drop function "public"."workers_code_sync"();
-- `code_new` has all of its values
alter table "public"."workers" drop column "code";
alter table "public"."workers" rename column "code_new" to "code";
alter table "public"."workers" add constraint "workers_code_key" unique using index "workers_code_key_new";
alter table "public"."workers" alter column "code" set default '1';
=== down
# transaction
drop trigger "zz_sync_code" on "public"."workers";
drop function "public"."workers_code_sync"();
alter table "public"."workers" drop column "code_new";
"#)
        .await
}

#[tokio::test]
async fn without_old_code_a_table_is_written_again_at_once() -> TestResult {
    let workers = |ty: &str| table("workers", &["id bigint", &format!("age {ty} = 1")]);
    Case::new(catalog(&[workers("integer")]), catalog(&[workers("bigint")]))
        .rows("insert into workers select n, n from generate_series(1, 5) n")
        .offline()
        .check(r#"
# transaction
alter table "public"."workers" alter column "age" drop default;
alter table "public"."workers" alter column "age" set data type bigint using "age"::bigint;
alter table "public"."workers" alter column "age" set default 1;
! blocking: column `workers.age`: the table is written again while nobody can read or write it
=== down
# transaction
alter table "public"."workers" alter column "age" drop default;
alter table "public"."workers" alter column "age" set data type integer using "age"::integer;
alter table "public"."workers" alter column "age" set default 1;
! may-fail: column `workers.age`: it fails if a value of `bigint` is none of `integer`; so does old code that writes one
! blocking: column `workers.age`: the table is written again while nobody can read or write it
"#)
        .await
}

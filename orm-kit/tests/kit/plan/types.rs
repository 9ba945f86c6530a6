//! Types of columns, and types of a schema's own.

use super::build::{catalog, check, column, index, name, policy, reference, table, view, with};
use super::case::Case;
use crate::TestResult;
use orm_kit::catalog::{Catalog, Domain, DomainCheck, Enum, RowSecurity, Table};

const ROWS: &str = "insert into workers select n, 'new' from generate_series(1, 5) n";

fn workers(column: &str) -> Table {
    table("workers", &["id bigint", column])
}

fn moods(labels: &[&str], column: &str) -> Catalog {
    let labels = labels.iter().map(|label| (*label).to_owned()).collect();
    Catalog { enums: vec![Enum { name: name("mood"), labels, comment: None }], ..catalog(&[workers(column)]) }
}

fn codes(checks: &[&str], table: Table) -> Catalog {
    let check = |expression: &&str| DomainCheck {
        name: "code_check".to_owned(),
        expression: (*expression).to_owned(),
    };
    let domain = Domain {
        name: name("code"),
        base: "text".to_owned(),
        not_null: false,
        default: None,
        collation: None,
        checks: checks.iter().map(check).collect(),
        comment: None,
    };
    Catalog { domains: vec![domain], ..catalog(&[table]) }
}

#[tokio::test]
async fn a_free_change_of_type_takes_what_depends_on_the_column_out_of_its_way() -> TestResult {
    let teams = table("teams", &["id text"]);
    let before = |ty: &str| {
        let workers = with(&workers(&format!("team {ty}")), |table| {
            table.checks.push(check("workers_team_check", "team <> ''"));
            table.indexes.push(index("workers_team_idx", &["team"]));
            table.foreign_keys.push(reference("workers_team_fkey", "team", "teams", "id"));
            table.row_security = RowSecurity::Enabled;
            table.policies.push(policy("own", "team = 'new'"));
        });
        let views = vec![
            view("all_teamed", "select * from public.teamed"),
            view("teamed", "select id, team from public.workers"),
        ];
        Catalog { views, ..catalog(&[workers, teams.clone()]) }
    };
    Case::new(before("character varying(20)"), before("text"))
        .rows("insert into teams values ('new')")
        .rows(ROWS)
        .check(r#"
# transaction
drop view "public"."all_teamed";
drop view "public"."teamed";
drop policy "own" on "public"."workers";
alter table "public"."workers" drop constraint "workers_team_check";
-- nothing is written: only what the table is said to hold
alter table "public"."workers" alter column "team" set data type text;
create policy "own" on "public"."workers" using (team = 'new');
alter table "public"."workers" add constraint "workers_team_check" check (team <> '') not valid;
create view "public"."teamed" as select id, team from public.workers;
create view "public"."all_teamed" as select * from public.teamed;
# transaction
alter table "public"."workers" validate constraint "workers_team_check";
=== down
# transaction
drop policy "own" on "public"."workers";
drop view "public"."all_teamed";
drop view "public"."teamed";
# transaction
alter table "public"."workers" drop constraint "workers_team_fkey";
# transaction
alter table "public"."workers" drop constraint "workers_team_check";
# transaction
alter table "public"."workers" alter column "team" set data type character varying(20);
# transaction
alter table "public"."workers" add constraint "workers_team_check" check (team <> '') not valid;
# transaction
alter table "public"."workers" validate constraint "workers_team_check";
# transaction
alter table "public"."workers" add constraint "workers_team_fkey" foreign key ("team") references "public"."teams" ("id") not valid;
# transaction
alter table "public"."workers" validate constraint "workers_team_fkey";
# transaction
create view "public"."teamed" as select id, team from public.workers;
create view "public"."all_teamed" as select * from public.teamed;
create policy "own" on "public"."workers" using (team = 'new');
! authorization: table `workers`: which rows a role sees and writes changes
! may-fail: column `workers.team`: it fails if a value of `text` is none of `character varying(20)`; so does old code that writes one
! blocking: column `workers.team`: the table is written again while nobody can read or write it
! may-fail: constraint `workers.workers_team_check`: it fails if a row does not satisfy it
! may-fail: constraint `workers.workers_team_fkey`: it fails if a row references none
"#)
        .await
}

#[tokio::test]
async fn a_new_label_is_committed_by_itself() -> TestResult {
    let to = moods(&["first", "new", "mid", "old", "last"], "mood public.mood = 'first'");
    Case::new(moods(&["new", "old"], "mood public.mood"), to).rows(ROWS).check(r#"
# transaction
alter type "public"."mood" add value if not exists 'first' before 'new';
alter type "public"."mood" add value if not exists 'mid' after 'new';
alter type "public"."mood" add value if not exists 'last';
# transaction
alter table "public"."workers" alter column "mood" set default 'first';
=== down
# transaction
alter table "public"."workers" alter column "mood" drop default;
alter type "public"."mood" rename to "mood_old";
create type "public"."mood" as enum ('new', 'old');
alter table "public"."workers" alter column "mood" set data type "public"."mood" using "mood"::text::"public"."mood";
drop type "public"."mood_old";
# transaction
alter table "public"."workers" alter column "mood" drop default;
! may-fail: enum `mood`: it fails if a row has a label that is gone, such as `first`; so does old code that writes one
! blocking: enum `mood`: the tables with columns of it are written again while nobody can read or write them
"#).await
}

#[tokio::test]
async fn a_label_goes_with_its_type() -> TestResult {
    let column = "mood public.mood = 'new'";
    Case::new(moods(&["new", "mid", "old"], column), moods(&["old", "new"], column))
        .rows(ROWS)
        .old("insert into workers (id, mood) values (6, 'old'), (7, default)")
        .new_code("insert into workers (id) select max(id) + 1 from workers")
        .both("insert into workers (id, mood_new) values (9, 'old'); update workers set mood_new = 'new' where id = 9")
        .check(
            r#"
# transaction
create type "public"."mood_new" as enum ('old', 'new');
alter table "public"."workers" add column "mood_new" "public"."mood_new";
-- `mood` and `mood_new` are one column for as long as both are there, whichever the running code writes
create function "public"."workers_mood_sync"() returns trigger language plpgsql set search_path = pg_catalog as $sync$
begin
  if tg_op = 'INSERT' then
    if new."mood_new" is null then
      new."mood_new" := new."mood"::text::"public"."mood_new";
    else
      new."mood" := new."mood_new"::text::"public"."mood";
    end if;
  elsif new."mood_new" is distinct from old."mood_new" and new."mood_new" is distinct from new."mood"::text::"public"."mood_new" then
    new."mood" := new."mood_new"::text::"public"."mood";
  elsif new."mood" is distinct from old."mood" then
    new."mood_new" := new."mood"::text::"public"."mood_new";
  end if;
  return new;
end
$sync$;
create trigger "zz_sync_mood" before insert or update on "public"."workers" for each row execute function "public"."workers_mood_sync"();
# batches by "public"."workers" ("id")
update "public"."workers" set "mood_new" = "mood"::text::"public"."mood_new" where ("mood_new" is null and "mood" is not null);
# transaction
alter table "public"."workers" add constraint "workers_mood_new_not_null" check ("mood_new" is not null) not valid;
# transaction
alter table "public"."workers" validate constraint "workers_mood_new_not_null";
# transaction
-- the check proves it, so that the table is not read again
alter table "public"."workers" alter column "mood_new" set not null;
alter table "public"."workers" drop constraint "workers_mood_new_not_null";
! may-fail: enum `mood`: it fails if a row has a label that is gone, such as `mid`; so does old code that writes one
=== contract
# transaction
drop trigger "zz_sync_mood" on "public"."workers";
drop function "public"."workers_mood_sync"();
-- `mood_new` has all of its values
alter table "public"."workers" drop column "mood";
alter table "public"."workers" rename column "mood_new" to "mood";
alter table "public"."workers" alter column "mood" set default 'new';
# transaction
drop type "public"."mood";
alter type "public"."mood_new" rename to "mood";
=== down
# transaction
drop trigger "zz_sync_mood" on "public"."workers";
drop function "public"."workers_mood_sync"();
alter table "public"."workers" drop column "mood_new";
drop type "public"."mood_new";
"#).await
}

#[tokio::test]
async fn a_label_of_a_type_that_no_column_has_goes_at_once() -> TestResult {
    Case::new(moods(&["new", "old"], "mood text"), moods(&["old"], "mood text"))
        .rows(ROWS)
        .check(
            r#"
# transaction
drop type "public"."mood";
create type "public"."mood" as enum ('old');
=== down
# transaction
alter type "public"."mood" add value if not exists 'new' before 'old';
"#,
        )
        .await
}

#[tokio::test]
async fn a_check_of_a_domain_is_a_hazard_where_columns_are_of_it() -> TestResult {
    let table = workers("code public.code");
    Case::new(codes(&[], table.clone()), codes(&["value <> ''"], table))
        .rows(ROWS)
        .check(
            r#"
# transaction
alter domain "public"."code" add constraint "code_check" check (value <> '') not valid;
# transaction
alter domain "public"."code" validate constraint "code_check";
! blocking: domain `code`: the tables with columns of it are read while nobody can write them
! may-fail: domain `code`: it fails if a value does not satisfy it
=== down
# transaction
alter domain "public"."code" drop constraint "code_check";
"#,
        )
        .await
}

#[tokio::test]
async fn a_column_of_a_domain_with_a_check_is_a_hazard() -> TestResult {
    let from = workers("name text");
    let to = with(&from, |table| table.columns.push(column("code public.code null")));
    Case::new(codes(&["value <> ''"], from), codes(&["value <> ''"], to)).rows(ROWS).check(r#"
# transaction
alter table "public"."workers" add column "code" public.code;
! blocking: column `workers.code`: `code` has checks, so that every row is written again while nobody can read or write the table
=== down
# transaction
alter table "public"."workers" drop column "code";
! data-loss: column `workers.code`: its values are gone
"#).await
}

#[tokio::test]
async fn an_instant_without_a_zone_is_taken_as_utc() -> TestResult {
    let at = |ty: &str| catalog(&[workers(&format!("at {ty}"))]);
    Case::new(at("timestamp without time zone"), at("timestamp with time zone"))
        .rows("insert into workers select n, '2026-01-01 12:00' from generate_series(1, 5) n")
        .check(r#"
# transaction
-- the values are taken to be of this zone; in any other the table would be written again
set local timezone = 'UTC';
alter table "public"."workers" alter column "at" set data type timestamp with time zone;
! data-loss: column `workers.at`: its values are taken to be in UTC: as `timestamp with time zone` they are other instants if they are not
=== down
# transaction
-- the values are taken to be of this zone; in any other the table would be written again
set local timezone = 'UTC';
alter table "public"."workers" alter column "at" set data type timestamp without time zone;
! data-loss: column `workers.at`: its values are taken to be in UTC: as `timestamp without time zone` they are other instants if they are not
"#)
        .await
}

//! Tables as a whole, and partitions.

use super::build::{catalog, check, column, index, name, reference, table, with};
use super::case::Case;
use crate::TestResult;
use orm_kit::catalog::{Catalog, Partition, Partitioned, Routine, Table, Trigger};
use orm_kit::diff::diff;
use orm_kit::planner::{Options, plan};

/// A table by days, with a partition.
fn events() -> (Table, Table) {
    let events = with(&table("events", &["id bigint", "at date", "worker bigint null"]), |table| {
        table.partitioned = Some(Partitioned { by: "range (at)".to_owned() });
        table.primary_key = None;
        table.checks.push(check("events_id_check", "id > 0"));
    });
    (events, partition("events_1", "for values from ('2026-01-01') to ('2026-02-01')"))
}

fn partition(of: &str, bound: &str) -> Table {
    let mut table = Table::new(name(of));
    table.partition = Some(Partition { of: name("events"), bound: bound.to_owned() });
    table
}

const ROWS: &str = "insert into events select n, '2026-01-10', 1 from generate_series(1, 5) n";

#[tokio::test]
async fn a_partition_is_made_beside_its_table() -> TestResult {
    let (events, first) = events();
    let second = partition("events_2", "for values from ('2026-02-01') to ('2026-03-01')");
    Case::new(catalog(&[events.clone(), first.clone()]), catalog(&[events, first, second]))
        .rows(ROWS)
        .check(r#"
# transaction
create table "public"."events_2" (
    "id" bigint not null,
    "at" date not null,
    "worker" bigint,
    constraint "events_id_check" check (id > 0)
);
-- as `partition of` in `create table` it would lock all partitions
alter table "public"."events" attach partition "public"."events_2" for values from ('2026-02-01') to ('2026-03-01');
=== down
# direct
alter table "public"."events" detach partition "public"."events_2" concurrently;
# transaction
drop table "public"."events_2";
! data-loss: table `events_2`: its rows are gone
"#)
        .await
}

#[tokio::test]
async fn a_partition_is_detached_before_it_goes() -> TestResult {
    let (events, first) = events();
    Case::new(catalog(&[events.clone(), first]), catalog(&[events]))
        .check(
            r#"
=== contract
# direct
alter table "public"."events" detach partition "public"."events_1" concurrently;
# transaction
drop table "public"."events_1";
! data-loss: table `events_1`: its rows are gone
=== down
"#,
        )
        .await
}

#[tokio::test]
async fn a_partition_becomes_a_table_of_its_own() -> TestResult {
    let (events, first) = events();
    let own = with(&events, |table| {
        table.name = name("events_1");
        table.partitioned = None;
    });
    let part = Table { partition: first.partition, ..own.clone() };
    Case::new(catalog(&[events.clone(), part]), catalog(&[events, own])).rows(ROWS).check(r#"
# direct
alter table "public"."events" detach partition "public"."events_1" concurrently;
# transaction
-- `concurrently` leaves the bound behind as a check
alter table "public"."events_1" drop constraint "events_1_at_check";
=== down
# transaction
alter table "public"."events" attach partition "public"."events_1" for values from ('2026-01-01') to ('2026-02-01');
! blocking: table `events_1`: its rows are read while nobody can read or write it, unless a check proves the bound
"#).await
}

#[tokio::test]
async fn an_index_of_a_partitioned_table_is_built_partition_by_partition() -> TestResult {
    let (events, first) = events();
    let to = with(&events, |table| table.indexes.push(index("at_idx", &["at"])));
    Case::new(catalog(&[events, first.clone()]), catalog(&[to, first]))
        .rows(ROWS)
        .check(
            r#"
# transaction
-- on the partitioned table alone; those of its partitions follow, each without a lock
create index "at_idx" on only "public"."events" using "btree" ("at");
# direct
create index concurrently "events_1_at_idx" on "public"."events_1" using "btree" ("at");
# transaction
alter index "public"."at_idx" attach partition "public"."events_1_at_idx";
=== down
# transaction
drop index "public"."at_idx";
"#,
        )
        .await
}

#[tokio::test]
async fn a_foreign_key_of_a_partitioned_table_is_proved_partition_by_partition() -> TestResult {
    let (events, first) = events();
    let workers = table("workers", &["id bigint"]);
    let to = with(&events, |table| {
        table.foreign_keys.push(reference("events_worker_fkey", "worker", "workers", "id"));
    });
    Case::new(catalog(&[events, first.clone(), workers.clone()]), catalog(&[to, first, workers]))
        .rows("insert into workers values (1)")
        .rows(ROWS)
        .check(r#"
# transaction
-- no index begins with these columns: whoever deletes a row of `workers` reads all of `events_1`
alter table "public"."events_1" add constraint "events_worker_fkey" foreign key ("worker") references "public"."workers" ("id") not valid;
# transaction
alter table "public"."events_1" validate constraint "events_worker_fkey";
# transaction
-- each partition has it: nothing is read again
alter table "public"."events" add constraint "events_worker_fkey" foreign key ("worker") references "public"."workers" ("id");
! may-fail: constraint `events.events_worker_fkey`: it fails if a row references none
=== down
# transaction
alter table "public"."events" drop constraint "events_worker_fkey";
"#)
        .await
}

#[tokio::test]
async fn a_table_without_a_key_is_filled_at_once_and_says_so() -> TestResult {
    let logs = with(&table("logs", &["id bigint"]), |table| table.primary_key = None);
    let to = with(&logs, |table| table.columns.push(column("token uuid null = gen_random_uuid()")));
    Case::new(catalog(&[logs]), catalog(&[to])).rows("insert into logs values (1)").check(r#"
# transaction
-- each row has a value of its own: with the default at once, the whole table would be written again
alter table "public"."logs" add column "token" uuid;
alter table "public"."logs" alter column "token" set default gen_random_uuid();
# transaction
update "public"."logs" set "token" = gen_random_uuid() where ("token" is null);
! blocking: column `logs.token`: its table has no primary key to go through by: one update locks all of its rows until it is done
=== down
# transaction
alter table "public"."logs" drop column "token";
! data-loss: column `logs.token`: its values are gone
"#).await
}

#[tokio::test]
async fn what_writes_a_table_again_is_a_hazard() -> TestResult {
    let logs = table("logs", &["id bigint"]);
    let to = with(&logs, |table| {
        table.unlogged = true;
        table.comment = Some("What was done".to_owned());
        table.with.insert("fillfactor".to_owned(), "70".to_owned());
    });
    Case::new(catalog(&[logs]), catalog(&[to]))
        .rows("insert into logs values (1)")
        .check(
            r#"
# transaction
alter table "public"."logs" set unlogged;
# transaction
alter table "public"."logs" set (fillfactor = 70);
comment on table "public"."logs" is 'What was done';
! blocking: table `logs`: it is written again while nobody can read or write it
=== down
# transaction
alter table "public"."logs" set logged;
# transaction
alter table "public"."logs" reset (fillfactor);
comment on table "public"."logs" is null;
! blocking: table `logs`: it is written again while nobody can read or write it
"#,
        )
        .await
}

/// `logs` without a trigger, and with one that calls a function of its own.
fn touched() -> [Catalog; 2] {
    let logs = table("logs", &["id bigint"]);
    let definition =
        "create trigger touch before update on public.logs for each row execute function public.touch()";
    let with_trigger = with(&logs, |table| {
        let definition = definition.to_owned();
        table.triggers.push(Trigger { name: "touch".to_owned(), definition, comment: None });
    });
    let definition = "create or replace function public.touch() returns trigger language plpgsql as \
                      $$ begin return new; end $$";
    let touch = Routine {
        name: name("touch"),
        arguments: String::new(),
        procedure: false,
        definition: definition.to_owned(),
        comment: None,
    };
    [catalog(&[logs]), Catalog { routines: vec![touch], ..catalog(&[with_trigger]) }]
}

#[tokio::test]
async fn a_trigger_comes_behind_its_function() -> TestResult {
    let [from, to] = touched();
    Case::new(from, to)
        .check(
            r#"
# transaction
create or replace function public.touch() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger touch before update on public.logs for each row execute function public.touch();
=== down
# transaction
drop trigger "touch" on "public"."logs";
drop function "public"."touch"();
"#,
        )
        .await
}

#[tokio::test]
async fn a_trigger_that_goes_stays_for_old_code() -> TestResult {
    let [to, from] = touched();
    Case::new(from, to)
        .check(
            r#"
=== contract
# transaction
drop trigger "touch" on "public"."logs";
drop function "public"."touch"();
=== down
"#,
        )
        .await
}

#[test]
fn what_keeps_two_columns_in_step_comes_behind_all_triggers() {
    for (other, ours) in [
        ("touch", "zz_sync_id"),
        ("zz_sync_name", "zzzz_sync_id"),
        ("zzzz_top", "~sync_id"),
        ("zähler", "~sync_id"),
        ("ähnlich", "\u{10ffff}_sync_id"),
    ] {
        let [_, mut from] = touched();
        from.tables[0].triggers[0].name = other.to_owned();
        let mut to = from.clone();
        to.tables[0].columns[0].ty = "text".to_owned();
        let planned = plan(&from, &to, &diff(&from, &to, &[]), &Options::default());
        let sql: Vec<_> =
            planned.expand.segments.iter().flat_map(|it| &it.statements).map(|it| &it.sql).collect();
        let create = format!("create trigger \"{ours}\"");
        assert!(sql.iter().any(|sql| sql.contains(&create)), "{other}: {sql:#?}");
        assert!(other.as_bytes() < ours.as_bytes());
    }
}

#[tokio::test]
async fn a_primary_key_of_other_columns_takes_its_references_along() -> TestResult {
    let keyed = |columns: &[&str]| {
        let workers = with(&table("workers", &["id bigint", "team bigint"]), |table| {
            if let Some(key) = &mut table.primary_key {
                key.columns = columns.iter().map(|column| (*column).to_owned()).collect();
            }
        });
        catalog(&[workers])
    };
    Case::new(keyed(&["id"]), keyed(&["team", "id"]))
        .rows("insert into workers select n, 1 from generate_series(1, 5) n")
        .check(
            r#"
# direct
create unique index concurrently "workers_pkey_new" on "public"."workers" using "btree" ("team", "id");
# transaction
alter table "public"."workers" drop constraint "workers_pkey";
alter table "public"."workers" add constraint "workers_pkey" primary key using index "workers_pkey_new";
! may-fail: constraint `workers.workers_pkey`: it fails if two rows are equal in it
=== down
# transaction
alter table "public"."workers" drop constraint "workers_pkey";
# direct
create unique index concurrently "workers_pkey" on "public"."workers" using "btree" ("id");
# transaction
alter table "public"."workers" add constraint "workers_pkey" primary key using index "workers_pkey";
! may-fail: constraint `workers.workers_pkey`: it fails if two rows are equal in it
"#,
        )
        .await
}

#[tokio::test]
async fn a_table_becomes_a_partition_beside_one_of_the_rest() -> TestResult {
    let (events, first) = events();
    let workers = table("workers", &["id bigint"]);
    let events = with(&events, |table| {
        table.indexes.push(index("events_worker_idx", &["worker"]));
        table.foreign_keys.push(reference("events_worker_fkey", "worker", "workers", "id"));
    });
    let own = with(&events, |table| {
        table.name = name("events_2");
        table.partitioned = None;
        table.indexes.clear();
        table.foreign_keys.clear();
    });
    let rest = partition("events_rest", "default");
    let bound = "for values from ('2026-02-01') to ('2026-03-01')".to_owned();
    let part = Table { partition: Some(Partition { of: name("events"), bound }), ..own.clone() };
    Case::new(
        catalog(&[workers.clone(), events.clone(), first.clone(), rest.clone(), own]),
        catalog(&[workers, events, first, rest, part]),
    )
    .rows("insert into workers values (1)")
    .rows(ROWS)
    .rows("insert into events select n, '2027-01-10', 1 from generate_series(1, 5) n")
    .rows("insert into events_2 select n, '2026-02-10', 1 from generate_series(1, 5) n")
    .check(
        r#"
# direct
create index concurrently "events_2_worker_idx" on "public"."events_2" using "btree" ("worker");
# transaction
alter table "public"."events_2" add constraint "events_worker_fkey" foreign key ("worker") references "public"."workers" ("id") not valid;
# transaction
alter table "public"."events_2" validate constraint "events_worker_fkey";
# transaction
-- it proves the bound, so that nothing is read while others wait
alter table "public"."events_rest" add constraint "events_2_bound" check ("at" is null or "at" < '2026-02-01'::date or "at" >= '2026-03-01'::date) not valid;
# transaction
alter table "public"."events_rest" validate constraint "events_2_bound";
# transaction
-- it proves the bound, so that nothing is read while others wait
alter table "public"."events_2" add constraint "events_2_bound" check ("at" is not null and "at" >= '2026-02-01'::date and "at" < '2026-03-01'::date) not valid;
# transaction
alter table "public"."events_2" validate constraint "events_2_bound";
# transaction
alter table "public"."events" attach partition "public"."events_2" for values from ('2026-02-01') to ('2026-03-01');
# transaction
alter table "public"."events_rest" drop constraint "events_2_bound";
# transaction
alter table "public"."events_2" drop constraint "events_2_bound";
! may-fail: table `events_2`: it fails if a row of `events_rest` is on the wrong side of the bound
! may-fail: table `events_2`: it fails if a row of `events_2` is on the wrong side of the bound
=== down
# transaction
alter table "public"."events" detach partition "public"."events_2";
# transaction
alter table "public"."events_2" drop constraint "events_worker_fkey";
# direct
drop index concurrently "public"."events_2_worker_idx";
"#,
    )
    .await
}

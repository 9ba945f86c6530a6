//! Views, and tables under other names.

use super::build::{catalog, column, grant, index, name, table, view, with};
use super::case::Case;
use crate::TestResult;
use orm_kit::catalog::{Catalog, Object, Table};

const ROWS: &str = "insert into workers select n, 'a' from generate_series(1, 5) n";

fn workers() -> Table {
    table("workers", &["id bigint", "name text"])
}

#[tokio::test]
async fn a_changed_view_is_made_again_with_those_on_it_and_their_grants() -> TestResult {
    let views = |query: &str| Catalog {
        views: vec![view("all_named", "select id from public.named"), view("named", query)],
        grants: vec![grant("select", "all_named"), grant("select", "named")],
        ..catalog(&[workers()])
    };
    Case::new(views("select id, name from public.workers"), views("select id from public.workers"))
        .rows(ROWS)
        .check(
            r#"
# transaction
drop view "public"."all_named";
drop view "public"."named";
create view "public"."named" as select id from public.workers;
grant select on table "public"."named" to public;
create view "public"."all_named" as select id from public.named;
grant select on table "public"."all_named" to public;
=== down
# transaction
drop view "public"."all_named";
drop view "public"."named";
create view "public"."named" as select id, name from public.workers;
create view "public"."all_named" as select id from public.named;
grant select on table "public"."all_named" to public;
grant select on table "public"."named" to public;
! authorization: grant `select on all_named to public`: `public` may do what it could not
! authorization: grant `select on named to public`: `public` may do what it could not
"#,
        )
        .await
}

#[tokio::test]
async fn a_view_that_counts_rows_stays_where_a_column_comes() -> TestResult {
    let mut view = view("counted", "select count(*) as n, max(id * 2) as most from public.workers");
    view.materialized = true;
    let with = |workers: Table| Catalog { views: vec![view.clone()], ..catalog(&[workers]) };
    let more = super::build::with(&workers(), |table| table.columns.push(column("note text null")));
    Case::new(with(workers()), with(more))
        .rows(ROWS)
        .check(
            r#"
# transaction
alter table "public"."workers" add column "note" text;
=== down
# transaction
alter table "public"."workers" drop column "note";
! data-loss: column `workers.note`: its values are gone
"#,
        )
        .await
}

#[tokio::test]
async fn a_materialized_view_is_computed_beside_the_old_one() -> TestResult {
    let views = |query: &str| {
        let mut view = view("named", query);
        view.materialized = true;
        view.indexes.push(index("named_id_idx", &["id"]));
        Catalog { views: vec![view], ..catalog(&[workers()]) }
    };
    Case::new(views("select id, name from public.workers"), views("select id from public.workers"))
        .rows(ROWS)
        .check(
            r#"
# transaction
create materialized view "public"."named_new" as select id from public.workers;
create index "named_id_idx_new" on "public"."named_new" using "btree" ("id");
# transaction
drop materialized view "public"."named";
alter table "public"."named_new" rename to "named";
alter index "public"."named_id_idx_new" rename to "named_id_idx";
=== down
# transaction
drop materialized view "public"."named";
# transaction
create materialized view "public"."named" as select id, name from public.workers;
create index "named_id_idx" on "public"."named" using "btree" ("id");
"#,
        )
        .await
}

#[tokio::test]
async fn a_view_that_goes_stays_for_old_code() -> TestResult {
    let from =
        Catalog { views: vec![view("named", "select id from public.workers")], ..catalog(&[workers()]) };
    Case::new(from, catalog(&[workers()]))
        .old("select * from named")
        .check(
            r#"
=== contract
# transaction
drop view "public"."named";
=== down
"#,
        )
        .await
}

#[tokio::test]
async fn a_renamed_table_is_written_under_both_names() -> TestResult {
    let people = with(&workers(), |table| table.name = name("people"));
    let granted = |table: &Table| Catalog {
        grants: vec![grant("select", &table.name.name)],
        ..catalog(std::slice::from_ref(table))
    };
    let name_of = |table: &Table| Object::Table(table.clone()).object_name();
    Case::new(granted(&workers()), granted(&people))
        .renamed(name_of(&workers()), name_of(&people))
        .rows(ROWS)
        .old("insert into workers values (6, 'b') on conflict (id) do nothing")
        .new_code("insert into people select max(id) + 1, 'c' from people")
        .check(
            r#"
# transaction
alter table "public"."workers" rename to "people";
-- old code reads and writes it under its old name
create view "public"."workers" with (security_invoker = true) as select * from "public"."people";
grant select on table "public"."workers" to public;
=== contract
# transaction
drop view "public"."workers";
=== down
# transaction
drop view "public"."workers";
alter table "public"."people" rename to "workers";
"#,
        )
        .await
}

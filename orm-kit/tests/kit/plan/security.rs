//! Policies, row security and grants.

use super::build::{catalog, grant, policy, table, with};
use super::case::Case;
use crate::TestResult;
use orm_kit::catalog::{Catalog, Policy, RowSecurity, Table};

fn notes() -> Table {
    table("notes", &["id bigint", "name text"])
}

#[tokio::test]
async fn row_security_counts_when_all_policies_are_there() -> TestResult {
    let to = with(&notes(), |table| {
        table.row_security = RowSecurity::Forced;
        table.policies = vec![policy("a", "id > 0"), policy("b", "id > 1")];
    });
    Case::new(catalog(&[notes()]), catalog(&[to])).check(r#"
# transaction
create policy "a" on "public"."notes" using (id > 0);
create policy "b" on "public"."notes" using (id > 1);
alter table "public"."notes" enable row level security;
alter table "public"."notes" force row level security;
! authorization: table `notes`: from now on its policies say which rows are seen and written: without one for it, a role sees none
=== down
# transaction
drop policy "a" on "public"."notes";
drop policy "b" on "public"."notes";
alter table "public"."notes" disable row level security;
alter table "public"."notes" no force row level security;
! authorization: table `notes`: which rows a role sees and writes changes
"#).await
}

#[tokio::test]
async fn policies_change_in_one_moment() -> TestResult {
    let secured = |policies: &[Policy]| {
        catalog(&[with(&notes(), |table| {
            table.row_security = RowSecurity::Enabled;
            table.policies = policies.to_vec();
        })])
    };
    let narrow = Policy { permissive: false, ..policy("b", "id > 1") };
    let from = secured(&[policy("a", "id > 0"), policy("b", "id > 1")]);
    Case::new(from, secured(&[narrow, policy("c", "true")]))
        .check(
            r#"
# transaction
drop policy "a" on "public"."notes";
create policy "c" on "public"."notes" using (true);
drop policy "b" on "public"."notes";
create policy "b" on "public"."notes" as restrictive using (id > 1);
! authorization: table `notes`: which rows a role sees and writes changes
=== down
# transaction
drop policy "c" on "public"."notes";
create policy "a" on "public"."notes" using (id > 0);
drop policy "b" on "public"."notes";
create policy "b" on "public"."notes" using (id > 1);
! authorization: table `notes`: which rows a role sees and writes changes
"#,
        )
        .await
}

#[tokio::test]
async fn a_privilege_goes_when_old_code_is_gone() -> TestResult {
    let granted =
        |privilege: &str| Catalog { grants: vec![grant(privilege, "notes")], ..catalog(&[notes()]) };
    Case::new(granted("select"), granted("insert"))
        .check(
            r#"
# transaction
grant insert on table "public"."notes" to public;
! authorization: grant `insert on notes to public`: `public` may do what it could not
=== contract
# transaction
revoke select on table "public"."notes" from public;
! authorization: grant `select on notes to public`: it is taken away
=== down
# transaction
revoke insert on table "public"."notes" from public;
! authorization: grant `insert on notes to public`: it is taken away
"#,
        )
        .await
}

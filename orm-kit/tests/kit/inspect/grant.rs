//! Privileges.

use super::{catalog, inspected, public};
use crate::TestResult;
use orm_kit::catalog::{Grant, GrantTarget, Name};

fn grant(on: GrantTarget, privilege: &str, to: &str) -> Grant {
    Grant { on, privilege: privilege.to_owned(), columns: Vec::new(), to: to.to_owned(), grantable: false }
}

#[tokio::test]
async fn what_was_given_is_found_on_every_kind_of_object() -> TestResult {
    let found = catalog(
        "create schema app; create table app.t (a int, b int, c int generated always as identity);
         create view app.v as select 1 as one; create sequence app.s; create type app.e as enum ('a');
         create domain app.d as int; create type app.c as (x int);
         create function app.f(x int) returns int language sql as 'select 1';
         create procedure app.p() language sql as '';
         grant usage, create on schema app to pg_monitor;
         grant select, insert on app.t to pg_monitor;
         grant select on app.t to pg_signal_backend with grant option;
         grant update (b, a) on app.t to pg_monitor;
         grant references (a), select (b) on app.t to public;
         grant select on app.v to public;
         grant usage on sequence app.s to pg_monitor;
         grant usage on type app.e, app.d, app.c to pg_monitor;
         grant execute on function app.f(int) to pg_monitor;
         grant execute on procedure app.p() to pg_monitor",
    )
    .await?;
    let app = |name: &str| Name::new("app", name);
    let schema = || GrantTarget::Schema("app".to_owned());
    let t = || GrantTarget::Table(app("t"));
    let columns = |grant: Grant, columns: &[&str]| Grant {
        columns: columns.iter().map(ToString::to_string).collect(),
        ..grant
    };
    assert_eq!(
        found.grants,
        [
            grant(schema(), "create", "pg_monitor"),
            grant(schema(), "usage", "pg_monitor"),
            grant(t(), "insert", "pg_monitor"),
            columns(grant(t(), "references", "public"), &["a"]),
            grant(t(), "select", "pg_monitor"),
            Grant { grantable: true, ..grant(t(), "select", "pg_signal_backend") },
            columns(grant(t(), "select", "public"), &["b"]),
            columns(grant(t(), "update", "pg_monitor"), &["a", "b"]),
            grant(GrantTarget::Table(app("v")), "select", "public"),
            grant(GrantTarget::Sequence(app("s")), "usage", "pg_monitor"),
            grant(GrantTarget::Routine(app("f"), "x integer".to_owned()), "execute", "pg_monitor"),
            grant(GrantTarget::Routine(app("p"), String::new()), "execute", "pg_monitor"),
            grant(GrantTarget::Type(app("c")), "usage", "pg_monitor"),
            grant(GrantTarget::Type(app("d")), "usage", "pg_monitor"),
            grant(GrantTarget::Type(app("e")), "usage", "pg_monitor"),
        ]
    );
    Ok(())
}

#[tokio::test]
async fn what_an_owner_and_everyone_have_of_a_new_object_is_no_grant() -> TestResult {
    let found = catalog(
        "create table t (a int); create function f() returns int language sql as 'select 1';
         grant select on t to current_user; grant execute on function f() to public;
         grant usage on schema public to public",
    )
    .await?;
    assert_eq!(found.grants, []);
    Ok(())
}

#[tokio::test]
async fn what_was_taken_from_everyone_is_told() -> TestResult {
    let found = inspected(
        "create function f(x int) returns int language sql as 'select 1';
         revoke execute on function f(int) from public; grant execute on function f(int) to pg_monitor;
         create domain d as int; revoke usage on domain d from public;
         revoke all on schema public from public",
    )
    .await?;
    let target = GrantTarget::Routine(public("f"), "x integer".to_owned());
    assert_eq!(found.catalog.grants, [grant(target, "execute", "pg_monitor")]);
    let taken: Vec<String> = found.unmodelled.iter().map(ToString::to_string).collect();
    let taken: Vec<&str> = taken.iter().map(String::as_str).filter(|it| !it.contains("create on")).collect();
    assert_eq!(
        taken,
        [
            "revoked privilege `execute on routine f(x integer) from public`",
            "revoked privilege `usage on schema public from public`",
            "revoked privilege `usage on type d from public`",
        ]
    );
    Ok(())
}

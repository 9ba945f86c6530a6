//! What a catalog has no words for.

use super::{database, inspected, version};
use crate::TestResult;
use orm_kit::catalog::Catalog;
use orm_kit::inspect::{Scope, inspect};

async fn unmodelled(sql: &str) -> super::Result<Vec<String>> {
    Ok(inspected(sql).await?.unmodelled.iter().map(ToString::to_string).collect())
}

#[tokio::test]
async fn objects_of_other_kinds_are_listed() -> TestResult {
    let found = unmodelled(
        "create foreign data wrapper w; create server s foreign data wrapper w;
         create foreign table f (a int) server s;
         create user mapping for current_user server s;
         create table t (a int, b int); create rule r as on insert to t do nothing;
         create statistics st on a, b from t;
         create aggregate ag (int) (sfunc = int4pl, stype = int);
         create operator === (leftarg = int, rightarg = int, function = int4eq);
         create type \"Span\" as range (subtype = int);
         create type shell;
         create collation co from \"C\";
         create text search configuration ts (copy = simple);
         create text search dictionary dict (template = simple);
         create publication pub;
         create function ev() returns event_trigger language plpgsql as 'begin end';
         create event trigger et on ddl_command_end execute function ev();
         create type e as enum ('1'); create cast (int as e) with inout;
         alter default privileges grant select on tables to public",
    )
    .await?;
    // Two of them name the role that runs the tests.
    let (of_role, found): (Vec<&str>, Vec<&str>) = found
        .iter()
        .map(String::as_str)
        .partition(|it| it.starts_with("user mapping") || it.starts_with("default acl"));
    let [default_acl, mapping] = of_role.as_slice() else { panic!("{of_role:?}") };
    assert!(default_acl.ends_with(" on tables`") && mapping.ends_with(" on server s`"), "{of_role:?}");
    assert_eq!(
        found,
        [
            "aggregate `public.ag(integer)`",
            "cast `(integer AS public.e)`",
            "collation `public.co`",
            "event trigger `et`",
            "foreign table `public.f`",
            "foreign-data wrapper `w`",
            "operator `public.===(integer,integer)`",
            "publication `pub`",
            "rule `r on public.t`",
            "server `s`",
            "statistics object `public.st`",
            "text search configuration `public.ts`",
            "text search dictionary `public.dict`",
            "type `public.\"Span\"`",
            "type `public.shell`",
        ]
    );
    Ok(())
}

#[tokio::test]
async fn traits_of_tables_are_listed() -> TestResult {
    let found = unmodelled(
        "create table t (a int primary key with (fillfactor = 50), b text unique);
         alter table t replica identity full, alter b set statistics 10, alter b set (n_distinct = 5);
         cluster t using t_pkey;
         create function f() returns trigger language plpgsql as 'begin return new; end';
         create trigger off before insert on t for each row execute function f(); alter table t disable trigger off;
         create view v as select a from t; alter view v alter a set default 1; comment on column v.a is 'x';
         create trigger instead instead of insert on v for each row execute function f();
         create type row as (a int); create table typed of row;
         create index i on t ((a + 1)); alter index i alter 1 set statistics 7;
         create domain d as int constraint c check (value > 0); comment on constraint c on domain d is 'x';
         alter domain d add constraint n check (value > 1) not valid",
    )
    .await?;
    assert_eq!(
        found,
        [
            "check of a domain that is not valid `n on public.d`",
            "clustering `public.t_pkey`",
            "comment on a domain's check `c on public.d`",
            "comment on a view's column `public.v.a`",
            "default of a view's column `public.v.a`",
            "parameters of a column `public.t.b`",
            "parameters of a constraint's index `t_pkey on public.t`",
            "replica identity `public.t`",
            "statistics target `public.i.expr`",
            "statistics target `public.t.b`",
            "table of a type `public.typed`",
            "trigger not enabled as usual `off on public.t`",
            "trigger of a view `instead on public.v`",
        ]
    );
    Ok(())
}

#[tokio::test]
async fn what_later_versions_have_is_listed() -> TestResult {
    let (client, _database) = database("create table p (a int, b int, primary key (a, b))").await?;
    let version = version(&client).await?;
    let mut expected = Vec::new();
    if version >= 18 {
        client
            .batch_execute(
                "create table e (a int, constraint c check (a > 0) not enforced);
                 create table s (a int4range, during daterange, constraint k primary key (a, during without overlaps))",
            )
            .await?;
        expected.push("constraint not enforced `c on public.e`");
        expected.push("constraint on periods `k on public.s`");
    }
    if version >= 15 {
        client
            .batch_execute(
                "create table r (a int, b int, constraint fk foreign key (a, b) references p on delete set null (b));
                 create unlogged sequence u",
            )
            .await?;
        expected.push("foreign key that sets some of its columns `fk on public.r`");
        expected.push("unlogged sequence `public.u`");
    }
    let found = inspect(&client, &Scope::default()).await?;
    assert_eq!(found.unmodelled.iter().map(ToString::to_string).collect::<Vec<_>>(), expected);
    Ok(())
}

#[tokio::test]
async fn what_is_in_no_schema_is_not_looked_at_for_some() -> TestResult {
    let (client, _database) =
        database("create publication pub; create schema app; create collation co from \"C\"").await?;
    let found = inspect(&client, &Scope::default().schemas(["app"])).await?;
    assert_eq!(found.unmodelled, []);
    assert_eq!(found.catalog.schemas.len(), 1);
    assert_eq!(Catalog { schemas: Vec::new(), ..found.catalog }, Catalog::default());
    Ok(())
}

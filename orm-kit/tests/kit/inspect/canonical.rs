//! A declared catalog as PostgreSQL prints it.

use super::{database, hostile, nullable, public};
use crate::TestResult;
use orm_kit::catalog::{
    Catalog, Check, Column, Enum, ForeignKey, Generated, Grant, GrantTarget, Index, IndexKey, Match, Name,
    Policy, PolicyCommand, Role, Routine, RowSecurity, Table, Timing, Trigger, View,
};
use orm_kit::inspect::{Scope, canonical, inspect};
use std::collections::BTreeMap;

fn check(name: &str, expression: &str) -> Check {
    Check {
        name: name.to_owned(),
        expression: expression.to_owned(),
        no_inherit: false,
        validated: true,
        comment: None,
    }
}

/// As people write it: names with a schema or without, quoted or not. The role is the whole server's, so each test has its
/// own.
fn declared(reader: &str) -> Catalog {
    let text = str::to_owned;
    let moods = Enum { name: public("mood"), labels: vec![text("sad"), text("fine")], comment: None };
    let fine = Routine {
        name: public("fine"),
        arguments: text("mood"),
        procedure: false,
        definition: text(
            "create function public.fine(m mood) returns bool language sql immutable as $$ select m = 'fine' $$",
        ),
        comment: Some(text("whether")),
    };
    let touch = Routine {
        name: public("touch"),
        arguments: String::new(),
        procedure: false,
        definition: text(
            "create function touch() returns trigger language plpgsql as 'begin return new; end'",
        ),
        comment: None,
    };
    let key = IndexKey {
        column: None,
        expression: Some(text("lower(name)")),
        collation: None,
        opclass: None,
        descending: false,
        nulls: None,
    };
    let t = Table {
        columns: vec![
            Column { default: Some(text("'anon'")), ..Column::new("name", "text") },
            Column { default: Some(text("'fine'")), ..nullable("mood", "\"public\".\"mood\"") },
            Column {
                generated: Some(Generated { expression: text("upper(name)"), stored: true }),
                ..nullable("loud", "text")
            },
        ],
        checks: vec![
            check("mood_check", "fine(mood) or public.fine(t.mood)"),
            check("name_check", "name<>''"),
        ],
        indexes: vec![Index {
            name: text("i"),
            unique: true,
            nulls_not_distinct: false,
            method: text("btree"),
            keys: vec![key],
            include: Vec::new(),
            predicate: Some(text("mood = 'sad'")),
            with: BTreeMap::new(),
            tablespace: None,
            comment: None,
        }],
        triggers: vec![Trigger {
            name: text("touch"),
            definition: text(
                "create trigger touch before update on t for each row execute function \"public\".touch()",
            ),
            comment: None,
        }],
        row_security: RowSecurity::Enabled,
        policies: vec![Policy {
            name: text("own"),
            permissive: true,
            command: PolicyCommand::Select,
            to: vec![text(reader)],
            using: Some(text("name = current_user")),
            with_check: None,
            comment: None,
        }],
        ..Table::new(public("t"))
    };
    let v = View {
        name: Name::new("app", "v"),
        materialized: false,
        query: text("select name, mood from t where fine(mood)"),
        columns: vec![text("who"), text("how")],
        with: BTreeMap::new(),
        indexes: Vec::new(),
        comment: None,
    };
    let role = Role {
        name: text(reader),
        login: false,
        inherit: true,
        create_db: false,
        create_role: false,
        bypass_rls: false,
        member_of: Vec::new(),
    };
    let grant = |on, privilege, columns| Grant {
        on,
        privilege: text(privilege),
        columns,
        to: text(reader),
        grantable: false,
    };
    Catalog {
        schemas: vec![orm_kit::catalog::Schema { name: text("app"), comment: None }],
        roles: vec![role],
        enums: vec![moods],
        routines: vec![fine, touch],
        tables: vec![t],
        views: vec![v],
        grants: vec![
            grant(GrantTarget::Schema(text("app")), "usage", Vec::new()),
            grant(GrantTarget::Table(public("t")), "update", vec![text("name"), text("mood")]),
            grant(GrantTarget::Routine(public("fine"), text("mood")), "execute", Vec::new()),
        ],
        ..Catalog::default()
    }
}

#[tokio::test]
async fn expressions_are_as_the_server_prints_them() -> TestResult {
    let (mut client, _database) = database("").await?;
    let printed = canonical(&mut client, &declared("mizzle_kit_reader")).await?;
    let table = printed.table(&public("t")).unwrap();
    let default = |name: &str| table.column(name).unwrap().default.as_deref().unwrap_or_default();
    assert_eq!(default("name"), "'anon'::text");
    assert_eq!(default("mood"), "'fine'::public.mood");
    assert_eq!(table.column("mood").unwrap().ty, "\"public\".\"mood\"");
    assert_eq!(table.column("loud").unwrap().generated.as_ref().unwrap().expression, "upper(name)");
    let checks: Vec<&str> = table.checks.iter().map(|check| check.expression.as_str()).collect();
    assert_eq!(checks, ["public.fine(mood) OR public.fine(mood)", "name <> ''::text"]);
    assert_eq!(table.indexes[0].predicate.as_deref(), Some("mood = 'sad'::public.mood"));
    assert_eq!(
        table.triggers[0].definition,
        "CREATE TRIGGER touch BEFORE UPDATE ON public.t FOR EACH ROW EXECUTE FUNCTION public.touch()"
    );
    assert_eq!(table.policies[0].using.as_deref(), Some("name = CURRENT_USER"));
    assert_eq!(table.policies[0].to, ["mizzle_kit_reader"]);
    let view = &printed.views[0];
    assert_eq!(view.name, Name::new("app", "v"));
    assert!(view.query.contains("AS who") && view.query.contains("FROM public.t\n"), "{}", view.query);
    let fine = &printed.routines[0];
    assert_eq!(fine.arguments, "m public.mood");
    assert!(
        fine.definition.starts_with("CREATE OR REPLACE FUNCTION public.fine(m public.mood)\n"),
        "{fine:?}"
    );
    let grants: Vec<_> = printed.grants.iter().map(|grant| (&grant.on, grant.columns.concat())).collect();
    assert_eq!(
        grants,
        [
            (&GrantTarget::Schema("app".to_owned()), String::new()),
            (&GrantTarget::Table(public("t")), "moodname".to_owned()),
            (&GrantTarget::Routine(public("fine"), "m public.mood".to_owned()), String::new()),
        ]
    );
    assert_eq!(printed.schemas, declared("mizzle_kit_reader").schemas);
    assert_eq!(printed.roles, declared("mizzle_kit_reader").roles);
    Ok(())
}

#[tokio::test]
async fn what_is_printed_stays_as_it_is() -> TestResult {
    let (mut client, _database) = database("").await?;
    let once = canonical(&mut client, &declared("mizzle_kit_other")).await?;
    assert_eq!(canonical(&mut client, &once).await?, once);
    Ok(())
}

/// A database with something of every kind.
const EVERYTHING: &str = "
    create schema \"Order\"; create schema app;
    create type app.mood as enum ('sad', 'fine'); create domain app.price as numeric(10, 2) check (value > 0);
    create type \"Order\".pair as (a app.mood, b app.price[]);
    create sequence app.ids start 7 cache 3;
    create function app.fine(app.mood default 'fine') returns bool language sql immutable return $1 = 'fine'::app.mood;
    create function app.touch() returns trigger language plpgsql as 'begin new.at = now(); return new; end';
    create table app.parent (
        id bigint primary key default nextval('app.ids'), serial serial, \"by\" bigint generated always as identity,
        at timestamptz default '2026-01-01 00:00+01', pair \"Order\".pair, price app.price default 1.5,
        twice numeric generated always as (price * 2) stored, name varchar(20) collate \"C\" not null,
        exclude using gist (int8range(id, id + 1) with &&) where (id > 0),
        unique (name, id) deferrable, check (app.fine('sad') or name similar to 'a%'));
    alter table app.parent add constraint late check (price is distinct from 3) not valid;
    create unique index on app.parent (lower(name) desc, id) include (at) where price > 1;
    create table \"Order\".\"select\" (a bigint references app.parent on delete cascade, b app.mood,
        d daterange, primary key (a, b)) partition by list (b);
    create table \"Order\".sad partition of \"Order\".\"select\" for values in ('sad');
    create table \"Order\".other partition of \"Order\".\"select\" default;
    create table app.base (id int not null, check (id > 0)); create table app.child (extra text) inherits (app.base);
    create trigger touch before update on app.parent for each row when (old.name <> new.name) execute function app.touch();
    alter table app.parent enable row level security, force row level security;
    create policy p on app.parent for all using (exists (select from \"Order\".\"select\" s where s.a = id));
    create view app.v as select p.id, s.* from app.parent p left join \"Order\".\"select\" s on s.a = p.id;
    create view v with (security_barrier) as with recursive t as (select id from app.v union all select id + 1 from t)
        select * from t limit 3;
    create materialized view app.m as select app.fine(b) as fine, count(*) as n from \"Order\".sad group by 1;
    create unique index on app.m (fine);
    create function app.cast(text) returns int language sql immutable as 'select case $1::app.mood when ''sad'' then 1 end';
    create index on app.parent (app.cast(name), app.cast('sad'));
    grant select (id), insert on app.parent to pg_monitor; grant usage on schema app to pg_monitor with grant option;
    grant usage on sequence app.ids to public; grant usage on type app.mood to pg_monitor;
    grant execute on function app.fine to pg_monitor; grant usage on schema public to public;
    comment on table app.parent is 'p'; comment on column app.parent.name is 'n'; comment on type app.mood is 'm';
    comment on function app.touch() is 't'; comment on index app.m_fine_idx is 'i'";

#[tokio::test]
async fn what_an_inspection_finds_is_canonical() -> TestResult {
    // A body that is parsed is of PostgreSQL 14.
    let (client, _database) = database("").await?;
    let sql = if super::version(&client).await? < 14 {
        EVERYTHING.replace("return $1 = 'fine'::app.mood", "as 'select $1 = ''fine''::app.mood'")
    } else {
        EVERYTHING.to_owned()
    };
    for sql in [sql, hostile::sql()] {
        let (mut client, _database) = database(&sql).await?;
        let found = inspect(&client, &Scope::default()).await?.catalog;
        assert!(!found.tables.is_empty());
        assert_eq!(canonical(&mut client, &found).await?, found);
        let (mut empty, _database) = database("").await?;
        assert_eq!(canonical(&mut empty, &found).await?, found);
    }
    Ok(())
}

#[tokio::test]
async fn nothing_is_left_and_nothing_is_locked() -> TestResult {
    let (mut client, database) = database(TWO_TABLES).await?;
    let found = inspect(&client, &Scope::default()).await?;
    let mut other = orm_postgres::connect_driver(database.url()).await?;
    let busy = other.transaction().await?;
    busy.batch_execute("lock table t, u in access exclusive mode").await?;
    let role = declared("mizzle_kit_late").roles;
    let declared = Catalog { roles: role, ..found.catalog.clone() };
    let printed = canonical(&mut client, &declared).await?;
    busy.rollback().await?;
    assert_eq!(printed, declared);
    assert_eq!(inspect(&client, &Scope::default()).await?, found);
    let roles = client.query("select from pg_roles where rolname = 'mizzle_kit_late'", &[]).await?;
    assert_eq!(roles.len(), 0);
    Ok(())
}

const TWO_TABLES: &str = "create table t (id int primary key); create table u (id int references t)";

#[tokio::test]
async fn what_is_not_declared_is_not_touched() -> TestResult {
    let (mut client, database) = database(
        "create schema auth; create table auth.users (id int primary key) partition by range (id);
         create type auth.kind as enum ('a'); create table auth.base (x int)",
    )
    .await?;
    let key = ForeignKey {
        name: "t_user_fkey".to_owned(),
        columns: vec!["user".to_owned()],
        table: Name::new("auth", "users"),
        targets: vec!["id".to_owned()],
        on_delete: Default::default(),
        on_update: Default::default(),
        matching: Match::Simple,
        timing: Timing::NotDeferrable,
        validated: true,
        comment: None,
    };
    let t = Table {
        columns: vec![
            nullable("user", "integer"),
            Column { default: Some("'a'".to_owned()), ..nullable("kind", "\"auth\".\"kind\"") },
            nullable("x", "integer"),
        ],
        foreign_keys: vec![key],
        inherits: vec![Name::new("auth", "base")],
        ..Table::new(public("t"))
    };
    let grant = Grant {
        on: GrantTarget::Table(Name::new("auth", "users")),
        privilege: "select".to_owned(),
        columns: Vec::new(),
        to: "pg_monitor".to_owned(),
        grantable: false,
    };
    let declared = Catalog { tables: vec![t], grants: vec![grant], ..Catalog::default() };
    let mut other = orm_postgres::connect_driver(database.url()).await?;
    let busy = other.transaction().await?;
    busy.batch_execute("lock table auth.users, auth.base in access exclusive mode").await?;
    let mut printed = canonical(&mut client, &declared).await?;
    busy.rollback().await?;
    let default = printed.tables[0].columns[1].default.replace("'a'".to_owned());
    assert_eq!(default.as_deref(), Some("'a'::auth.kind"));
    assert_eq!(printed, declared);
    Ok(())
}

#[tokio::test]
async fn an_error_names_the_statement_as_it_was_declared() -> TestResult {
    let (mut client, _database) = database("").await?;
    let mut t = Table::new(public("t"));
    t.columns.push(nullable("a", "nonsense"));
    let u = Table { columns: vec![nullable("a", "integer")], ..Table::new(public("a")) };
    let declared = Catalog { tables: vec![u, t], ..Catalog::default() };
    let error = canonical(&mut client, &declared).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "`create table \"public\".\"t\" ( \"a\" nonsense )`: type \"nonsense\" does not exist (SQLSTATE 42704)"
    );
    // The connection is as good as before.
    canonical(&mut client, &Catalog::default()).await?;
    Ok(())
}

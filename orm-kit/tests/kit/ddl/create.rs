//! What makes objects.

use super::{check, public, some, strings, table};
use crate::TestResult;
use crate::index::{index, key};
use crate::server::server;
use orm_kit::catalog::{
    Action, Catalog, Check, Column, Constraint, Domain, DomainCheck, Exclusion, ExclusionElement, Extension,
    ForeignKey, Generated, Grant, GrantTarget, Identity, Index, IndexKey, Match, Name, Nulls, Object,
    Partition, Partitioned, Policy, PolicyCommand, PrimaryKey, Role, Routine, RowSecurity, Sequence,
    SequenceOptions, Table, Timing, Trigger, Unique, View,
};
use orm_kit::ddl;
use std::collections::BTreeMap;

fn full_table() -> Table {
    let id = Column {
        identity: Some(Identity {
            always: true,
            options: SequenceOptions { increment: Some(2), cache: Some(5), ..SequenceOptions::default() },
        }),
        comment: some("It's the key"),
        ..Column::new("id", "bigint")
    };
    let name = Column {
        default: some("'a' || 'b'"),
        collation: Some(Name::new("pg_catalog", "C")),
        storage: some("external"),
        ..Column::new("na\"me", "text")
    };
    let generated = Some(Generated { expression: "id * 2".to_owned(), stored: true });
    let twice = Column { generated, nullable: true, ..Column::new("twice", "bigint") };
    let mut notes = table("notes", &[("parent", "bigint"), ("during", "tsrange")]);
    notes.columns = [vec![id, name, twice], notes.columns].concat();
    notes.primary_key = Some(PrimaryKey {
        name: "notes_pkey".to_owned(),
        columns: strings(["id"]),
        include: strings(["na\"me"]),
        timing: Timing::NotDeferrable,
        comment: some("The key"),
    });
    notes.uniques = vec![Unique {
        name: "notes_name_key".to_owned(),
        columns: strings(["na\"me"]),
        include: Vec::new(),
        nulls_not_distinct: false,
        timing: Timing::Deferred,
        comment: None,
    }];
    let check = Check {
        name: "positive".to_owned(),
        expression: "id > 0".to_owned(),
        no_inherit: true,
        validated: true,
        comment: None,
    };
    notes.checks = vec![check.clone(), Check { name: "later".to_owned(), validated: false, ..check }];
    notes.exclusions = vec![Exclusion {
        name: "one at a time".to_owned(),
        method: "gist".to_owned(),
        elements: vec![ExclusionElement {
            key: "during".to_owned(),
            opclass: some("range_ops"),
            nulls: None,
            operator: "&&".to_owned(),
        }],
        predicate: some("id > 5"),
        timing: Timing::Immediate,
        comment: None,
    }];
    notes.foreign_keys = vec![ForeignKey {
        name: "notes_parent_fkey".to_owned(),
        columns: strings(["parent"]),
        table: public("notes"),
        targets: strings(["id"]),
        on_delete: Action::Cascade,
        on_update: Action::SetNull,
        matching: Match::Full,
        timing: Timing::Deferred,
        validated: false,
        comment: some("Whose it is"),
    }];
    let lower = IndexKey { column: None, expression: some("lower(\"na\"\"me\")"), ..key("") };
    let down = IndexKey {
        collation: Some(Name::new("pg_catalog", "C")),
        opclass: some("text_pattern_ops"),
        descending: true,
        nulls: Some(Nulls::Last),
        ..key("na\"me")
    };
    notes.indexes = vec![Index {
        unique: true,
        include: strings(["parent"]),
        predicate: some("parent is not null"),
        with: BTreeMap::from([("fillfactor".to_owned(), "70".to_owned())]),
        comment: some("Finds them"),
        ..index("notes_idx", "btree", vec![lower, down])
    }];
    notes.triggers = vec![Trigger {
        name: "touch".to_owned(),
        definition: "create trigger \"touch\" before update on \"public\".\"notes\" for each row \
                     execute function \"public\".\"touch\"()"
            .to_owned(),
        comment: some("Touches"),
    }];
    notes.row_security = RowSecurity::Forced;
    notes.policies = vec![Policy {
        name: "own".to_owned(),
        permissive: false,
        command: PolicyCommand::Update,
        to: strings(["pg_monitor", "public"]),
        using: some("id > 0"),
        with_check: some("id > 1"),
        comment: some("Their own"),
    }];
    notes.with = BTreeMap::from([
        ("fillfactor".to_owned(), "80".to_owned()),
        ("toast.autovacuum_enabled".to_owned(), "false".to_owned()),
    ]);
    notes.comment = some("Written\nthings");
    notes
}

const TOUCH: &str = "create function touch() returns trigger language plpgsql as $$ begin return new; end $$";

#[tokio::test]
async fn a_table_comes_with_all_that_belongs_to_it() -> TestResult {
    let expected = [
        r#"create table "public"."notes" (
    "id" bigint not null generated always as identity (increment by 2 cache 5),
    "na""me" text collate "pg_catalog"."C" not null default ('a' || 'b'),
    "twice" bigint generated always as (id * 2) stored,
    "parent" bigint,
    "during" tsrange,
    constraint "notes_pkey" primary key ("id") include ("na""me"),
    constraint "notes_name_key" unique ("na""me") deferrable initially deferred,
    constraint "positive" check (id > 0) no inherit,
    constraint "one at a time" exclude using "gist" (during range_ops with &&) where (id > 5) deferrable
) with (fillfactor = 80, toast.autovacuum_enabled = false)"#,
        "comment on table \"public\".\"notes\" is 'Written\nthings'",
        r#"comment on column "public"."notes"."id" is 'It''s the key'"#,
        r#"alter table "public"."notes" alter column "na""me" set storage external"#,
        r#"comment on constraint "notes_pkey" on "public"."notes" is 'The key'"#,
        r#"alter table "public"."notes" add constraint "later" check (id > 0) no inherit not valid"#,
        r#"create unique index "notes_idx" on "public"."notes" using "btree" ((lower("na""me")), "na""me" collate "pg_catalog"."C" text_pattern_ops desc nulls last) include ("parent") with (fillfactor = 70) where (parent is not null)"#,
        r#"comment on index "public"."notes_idx" is 'Finds them'"#,
        r#"alter table "public"."notes" add constraint "notes_parent_fkey" foreign key ("parent") references "public"."notes" ("id") match full on delete cascade on update set null deferrable initially deferred not valid"#,
        r#"comment on constraint "notes_parent_fkey" on "public"."notes" is 'Whose it is'"#,
        r#"create trigger "touch" before update on "public"."notes" for each row execute function "public"."touch"()"#,
        r#"comment on trigger "touch" on "public"."notes" is 'Touches'"#,
        r#"create policy "own" on "public"."notes" as restrictive for update to "pg_monitor", public using (id > 0) with check (id > 1)"#,
        r#"comment on policy "own" on "public"."notes" is 'Their own'"#,
        r#"alter table "public"."notes" enable row level security"#,
        r#"alter table "public"."notes" force row level security"#,
    ];
    check(TOUCH, &ddl::create(&Object::Table(full_table())), &expected).await
}

#[tokio::test]
async fn of_two_keys_of_the_same_columns_both_are_made() -> TestResult {
    let mut notes = table("notes", &[]);
    notes.columns = vec![Column::new("id", "bigint")];
    notes.primary_key = Some(PrimaryKey {
        name: "notes_pkey".to_owned(),
        columns: strings(["id"]),
        include: Vec::new(),
        timing: Timing::NotDeferrable,
        comment: None,
    });
    notes.uniques = vec![Unique {
        name: "notes_id_key".to_owned(),
        columns: strings(["id"]),
        include: Vec::new(),
        nulls_not_distinct: false,
        timing: Timing::NotDeferrable,
        comment: None,
    }];
    let expected = [
        "create table \"public\".\"notes\" (\n    \"id\" bigint not null,\n    constraint \"notes_pkey\" primary key (\"id\")\n)",
        r#"alter table "public"."notes" add constraint "notes_id_key" unique ("id")"#,
    ];
    check("", &ddl::create(&Object::Table(notes)), &expected).await
}

#[tokio::test]
async fn a_partition_has_the_columns_of_its_table() -> TestResult {
    let by = |by: &str| Some(Partitioned { by: by.to_owned() });
    let events = Table { partitioned: by("range (year)"), ..table("events", &[("year", "integer")]) };
    let partition =
        Some(Partition { of: public("events"), bound: "for values from (2026) to (2027)".to_owned() });
    let first =
        Table { partition, partitioned: by("list (year)"), ..table("events_2026", &[("year", "integer")]) };
    let child = Table { inherits: vec![public("parent")], ..table("child", &[]) };
    let catalog = Catalog { tables: vec![first, events, child, table("parent", &[])], ..Catalog::default() };
    let expected = [
        "create table \"public\".\"events\" (\n    \"year\" integer\n) partition by range (year)",
        "create table \"public\".\"events_2026\" partition of \"public\".\"events\" for values from (2026) to (2027) partition by list (year)",
        "create table \"public\".\"parent\" ()",
        "create table \"public\".\"child\" () inherits (\"public\".\"parent\")",
    ];
    check("", &ddl::create_all(&catalog), &expected).await
}

fn routine(name: &str, definition: &str) -> Routine {
    Routine {
        name: public(name),
        arguments: String::new(),
        procedure: false,
        definition: definition.to_owned(),
        comment: None,
    }
}

#[tokio::test]
async fn all_is_made_in_an_order_that_runs() -> TestResult {
    let score = Domain {
        name: Name::new("app", "score"),
        base: "integer".to_owned(),
        not_null: true,
        default: some("1"),
        collation: None,
        checks: vec![DomainCheck { name: "even".to_owned(), expression: "value % 2 = one()".to_owned() }],
        comment: some("Points"),
    };
    let one = routine("one", "create function one() returns integer language sql immutable return 1");
    let rows = routine(
        "rows",
        "create function rows() returns setof games language sql as 'select * from public.games'",
    );
    let ids = Sequence {
        name: public("ids"),
        ty: "integer".to_owned(),
        options: SequenceOptions { start: Some(7), cycle: true, ..SequenceOptions::default() },
        owned_by: Some((public("games"), "id".to_owned())),
        comment: None,
    };
    let mut games = table("games", &[("score", "\"app\".\"score\"")]);
    games.columns.push(Column { default: some("nextval('ids')"), ..Column::new("id", "integer") });
    let view = |name: &str, query: &str| View {
        name: public(name),
        materialized: true,
        query: query.to_owned(),
        columns: strings(["n"]),
        with: BTreeMap::new(),
        indexes: Vec::new(),
        comment: None,
    };
    let best = View {
        indexes: vec![index("best_n", "btree", vec![key("n")])],
        ..view("best", "select n from made")
    };
    let grant = Grant {
        on: GrantTarget::Table(public("games")),
        privilege: "select".to_owned(),
        columns: strings(["id"]),
        to: "public".to_owned(),
        grantable: false,
    };
    let app = orm_kit::catalog::Schema { name: "app".to_owned(), comment: None };
    let citext = Extension { name: "citext".to_owned(), schema: some("app"), version: None };
    let catalog = Catalog {
        schemas: vec![app],
        extensions: vec![citext],
        domains: vec![score],
        sequences: vec![ids],
        routines: vec![one, rows],
        tables: vec![games],
        views: vec![best, view("made", "select score from rows()")],
        grants: vec![grant],
        ..Catalog::default()
    };
    let expected = [
        r#"create schema if not exists "app""#,
        r#"create extension if not exists "citext" schema "app""#,
        "create function one() returns integer language sql immutable return 1",
        r#"create domain "app"."score" as integer default 1 not null constraint "even" check (value % 2 = one())"#,
        r#"comment on domain "app"."score" is 'Points'"#,
        r#"create sequence "public"."ids" as integer start with 7 cycle"#,
        "create table \"public\".\"games\" (\n    \"score\" \"app\".\"score\",\n    \"id\" integer not null default nextval('ids')\n)",
        "create function rows() returns setof games language sql as 'select * from public.games'",
        r#"create materialized view "public"."made" ("n") as select score from rows()"#,
        r#"create materialized view "public"."best" ("n") as select n from made"#,
        r#"alter sequence "public"."ids" owned by "public"."games"."id""#,
        r#"create index "best_n" on "public"."best" using "btree" ("n")"#,
        r#"grant select ("id") on table "public"."games" to public"#,
    ];
    check("", &ddl::create_all(&catalog), &expected).await
}

/// Roles are of the whole server: these are dropped whatever happens.
#[tokio::test]
async fn a_role_is_in_others_once_all_are_there() -> TestResult {
    let (database, client) = server().await?;
    let suffix = database.url().rsplit('/').next().unwrap_or_default().replace(['?', '='], "_");
    let role = |name: &str, member_of: Vec<String>| Role {
        name: format!("{name}_{suffix}"),
        login: true,
        inherit: false,
        create_db: true,
        create_role: false,
        bypass_rls: false,
        member_of,
    };
    let group = role("group", Vec::new());
    let member = role("a_member", vec![group.name.clone()]);
    let catalog = Catalog { roles: vec![member.clone(), group.clone()], ..Catalog::default() };
    let (group, name) = (group.name, &member.name);
    let made = ddl::create_all(&catalog);
    assert_eq!(
        made,
        [
            format!("create role \"{name}\" login noinherit createdb"),
            format!("create role \"{group}\" login noinherit createdb"),
            format!("grant \"{group}\" to \"{name}\""),
        ]
    );
    let alone = Role { login: false, inherit: true, member_of: Vec::new(), ..member.clone() };
    let altered = ddl::alter(&Object::Role(member.clone()), &Object::Role(alone));
    assert_eq!(
        altered,
        [format!("alter role \"{name}\" nologin inherit"), format!("revoke \"{group}\" from \"{name}\""),]
    );
    // An error in the middle rolls all of it back.
    let drops = catalog.roles.iter().map(|role| ddl::drop(&Object::Role(role.clone())));
    let script: Vec<_> = made.into_iter().chain(altered).chain(drops).collect();
    client.batch_execute(&script.join(";")).await?;
    Ok(())
}

#[tokio::test]
async fn constraints_can_be_added_in_steps() -> TestResult {
    let notes = public("notes");
    let unique = Constraint::Unique(Unique {
        name: "notes_key".to_owned(),
        columns: strings(["id"]),
        include: Vec::new(),
        nulls_not_distinct: false,
        timing: Timing::Immediate,
        comment: None,
    });
    let check_id = Constraint::Check(Check {
        name: "id_check".to_owned(),
        expression: "id > 0".to_owned(),
        no_inherit: false,
        validated: true,
        comment: None,
    });
    let plain = Index { unique: true, ..index("notes_idx", "btree", vec![key("id")]) };
    let mut statements = ddl::index::create_concurrently(&notes, &plain);
    statements.extend(ddl::constraint::add_using_index(&notes, &unique, "notes_idx").unwrap());
    statements.extend(ddl::constraint::add_not_valid(&notes, &check_id));
    statements.push(ddl::constraint::validate(&notes, "id_check"));
    statements.push(ddl::index::drop_concurrently_if_exists("public", "notes_idx"));
    let expected = [
        r#"create unique index concurrently "notes_idx" on "public"."notes" using "btree" ("id")"#,
        r#"alter table "public"."notes" add constraint "notes_key" unique using index "notes_idx" deferrable"#,
        r#"alter table "public"."notes" add constraint "id_check" check (id > 0) not valid"#,
        r#"alter table "public"."notes" validate constraint "id_check""#,
        r#"drop index concurrently if exists "public"."notes_idx""#,
    ];
    check("create table notes (id bigint)", &statements, &expected).await
}

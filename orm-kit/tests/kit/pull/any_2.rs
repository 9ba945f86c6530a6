//! The schema of the database.

#![allow(clippy::duplicated_attributes, reason = "a column may be in several keys and indexes")]

use mizzle::object::*;
use mizzle::prelude::*;

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
#[orm(name = "Size", schema = "app", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Size {
    S,
    M,
}

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Best,
    Good,
    Ok,
    Bad,
    Worst,
}

#[derive(PgNewtype, Debug, Clone, PartialEq)]
#[orm(domain = "email", check(name = "has_at", "VALUE ~~ '%@%'::text"))]
pub struct Email(pub String);

#[derive(PgNewtype, Debug, Clone, PartialEq)]
#[orm(domain = "score", default = sql("(1 + 1)"), check(name = "positive", "VALUE > 0"))]
pub struct Score(pub i64);

#[derive(PgComposite, Debug, Clone, PartialEq)]
pub struct Address {
    pub street: Option<String>,
    /// Or city
    pub town: Option<String>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(
    table = "jobs",
    schema = "app",
    primary_key(name, id),
    unique(name = "jobs_name_key", columns(name), include(age)),
    check(name = "jobs_age_check", "age > (17)::numeric"),
    check(name = "jobs_name_check", "(name <> ''::text) AND (name <> 'it''s'::text)"),
    index(name = "jobs_name_idx", columns(name, age), unique),
)]
pub struct Job {
    #[orm(identity)]
    pub id: i64,
    #[orm(collate = "C")]
    pub name: String,
    #[orm(numeric(8, 2), index(using = "brin"))]
    pub age: Option<rust_decimal::Decimal>,
    #[orm(index(where = "mood IS NOT NULL"))]
    pub mood: Option<Vec<Option<Mood>>>,
    pub spot: Option<Score>,
    #[orm(index(using = "gin"))]
    pub tags: Option<Vec<Option<i32>>>,
    pub during: Option<Range<chrono::NaiveDateTime>>,
    pub ticket: Option<i64>,
    #[orm(generated = "age * (2)::numeric")]
    pub twice: Option<rust_decimal::Decimal>,
    pub owner: i64,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(
    table = "Odd \"table\"",
    primary_key(name, id),
    unique(name = "Odd \"table\"_name_key", columns(name), include(age)),
    check(name = "Odd \"table\"_age_check", "age > (17)::numeric"),
    check(name = "Odd \"table\"_name_check", "(name <> ''::text) AND (name <> 'it''s'::text)"),
    index(name = "Odd \"table\"_name_idx", columns(name, age), unique),
)]
pub struct OddTable {
    #[orm(identity)]
    pub id: i64,
    #[orm(collate = "C")]
    pub name: String,
    #[orm(numeric(8, 2), index(using = "brin"))]
    pub age: Option<rust_decimal::Decimal>,
    #[orm(index(where = "mood IS NOT NULL"))]
    pub mood: Option<Vec<Option<Mood>>>,
    pub spot: Option<Score>,
    #[orm(index(using = "gin"))]
    pub tags: Option<Vec<Option<i32>>>,
    pub during: Option<Range<chrono::NaiveDateTime>>,
    pub ticket: Option<i64>,
    #[orm(generated = "age * (2)::numeric")]
    pub twice: Option<rust_decimal::Decimal>,
    pub owner: i64,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "animals", check(name = "animals_legs_check", no_inherit, "legs > 0"))]
pub struct Animal {
    #[orm(default = 4)]
    pub legs: i32,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "dogs")]
pub struct Dog {
    #[orm(default = 4)]
    pub legs: i32,
    pub name: String,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "events")]
pub struct Event {
    #[orm(primary_key)]
    pub year: i32,
    #[orm(varchar(80))]
    pub note: String,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(
    table = "workers",
    primary_key(name, id),
    unique(name = "workers_name_key", columns(name), include(age)),
    check(name = "workers_age_check", "age > (17)::numeric"),
    check(name = "workers_name_check", "(name <> ''::text) AND (name <> 'it''s'::text)"),
    index(name = "workers_name_idx", columns(name, age), unique),
)]
pub struct Worker {
    #[orm(identity)]
    pub id: i64,
    #[orm(collate = "C")]
    pub name: String,
    #[orm(numeric(8, 2), index(using = "brin"))]
    pub age: Option<rust_decimal::Decimal>,
    #[orm(index(where = "mood IS NOT NULL"))]
    pub mood: Option<Vec<Option<Mood>>>,
    pub spot: Option<Score>,
    #[orm(index(using = "gin"))]
    pub tags: Option<Vec<Option<i32>>>,
    pub during: Option<Range<chrono::NaiveDateTime>>,
    pub ticket: Option<i64>,
    #[orm(generated = "age * (2)::numeric")]
    pub twice: Option<rust_decimal::Decimal>,
    pub owner: i64,
}

/// Everything that the database holds.
pub const SCHEMA: Schema = schema![
    Size,
    Mood,
    Email,
    Score,
    Address,
    Job,
    OddTable,
    Animal,
    Dog,
    Event,
    Worker,
    ;
    extension("citext").schema("public"),
    sequence("ticket").of_type("integer").increment(3).min(-5).max(900).start(1).cache(4).cycle(),
    procedure("clean up()", r#"CREATE OR REPLACE PROCEDURE public."clean up"()
 LANGUAGE sql
AS $procedure$ select 1 $procedure$"#),
    function("double(n integer)", r#"CREATE OR REPLACE FUNCTION public.double(n integer)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE
AS $function$ select n * 2::bigint $function$"#),
    function("touch()", r#"CREATE OR REPLACE FUNCTION public.touch()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ begin perform 1; return new; end $function$"#),
    storage(Job).with(&[("fillfactor", "70")]),
    exclusion("jobs_during_excl", &[("during", "&&")]).on(Job).filter("age > (0)::numeric"),
    trigger("touch", "CREATE TRIGGER touch AFTER INSERT OR UPDATE OF age ON app.jobs FOR EACH ROW EXECUTE FUNCTION public.touch()").on(Job),
    policy("nobody else").on(Job).restrictive().for_delete().using("EXISTS ( SELECT\n   FROM public.workers w\n  WHERE (w.name <> ''::text))"),
    policy("readers").on(Job).for_select().to(&["pg_monitor"]).using("age > (17)::numeric"),
    storage(OddTable).with(&[("fillfactor", "70")]),
    exclusion("Odd \"table\"_during_excl", &[("during", "&&")]).on(OddTable).filter("age > (0)::numeric"),
    trigger("touch", "CREATE TRIGGER touch AFTER INSERT OR UPDATE OF age ON public.\"Odd \"\"table\"\"\" FOR EACH ROW EXECUTE FUNCTION public.touch()").on(OddTable),
    policy("nobody else").on(OddTable).restrictive().for_delete().using("EXISTS ( SELECT\n   FROM public.workers w\n  WHERE (w.name <> ''::text))"),
    policy("readers").on(OddTable).for_select().to(&["pg_monitor"]).using("age > (17)::numeric"),
    partitioned(Event, "range (year)"),
    partition("events_2000", "for values from (2000) to (2010)").of(Event),
    partition("events_2026", "for values from (2026) to (2027)").of(Event),
    storage(Worker).with(&[("fillfactor", "70")]),
    exclusion("workers_during_excl", &[("during", "&&")]).on(Worker).filter("age > (0)::numeric"),
    trigger("touch", "CREATE TRIGGER touch AFTER INSERT OR UPDATE OF age ON public.workers FOR EACH ROW EXECUTE FUNCTION public.touch()").on(Worker),
    policy("nobody else").on(Worker).restrictive().for_delete().using("EXISTS ( SELECT\n   FROM public.workers w\n  WHERE (w.name <> ''::text))"),
    policy("readers").on(Worker).for_select().to(&["pg_monitor"]).using("age > (17)::numeric"),
    grant("usage").on_schema("app").to("pg_monitor"),
    grant("select").on(Worker).to("pg_monitor"),
    grant("update").on(Worker).columns(&["name"]).to("pg_monitor"),
    grant("usage").on_sequence(None, "ticket").to("pg_monitor"),
];

//! The schema of the database.

#![allow(clippy::duplicated_attributes, reason = "a column may be in several keys and indexes")]

use mizzle::object::*;
use mizzle::prelude::*;

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
#[orm(name = "Size", schema = "app", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Size {
    S,
    L,
}

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Bad,
    Good,
}

#[derive(PgNewtype, Debug, Clone, PartialEq)]
#[orm(
    domain = "email",
    type = "character varying(40)",
    check(name = "has_at", "(VALUE)::text <> ''::text"),
    check(name = "other", "true"),
)]
pub struct Email(pub String);

#[derive(PgNewtype, Debug, Clone, PartialEq)]
#[orm(domain = "score", check(name = "even", "public.double(VALUE) > 0"))]
pub struct Score(pub i32);

#[derive(PgComposite, Debug, Clone, PartialEq)]
pub struct Address {
    /// Or city
    pub town: Option<String>,
    #[orm(name = "zip code", varchar(9))]
    pub zip_code: Option<String>,
    pub street: Option<String>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(
    table = "jobs",
    schema = "app",
    primary_key(columns(id), deferrable),
    check(name = "jobs_age_check", no_inherit, "age > (17)::numeric"),
    check(name = "jobs_name check", "(name <> ''::text) AND (name <> 'it''s'::text)"),
    index(name = "jobs_age_idx", columns("public.double((age)::integer)")),
)]
pub struct Job {
    #[orm(references(Job.id, on_delete = restrict), identity(increment = 5, start = 10))]
    pub id: i64,
    #[orm(index(name = "jobs_name_idx", include(age), desc, nulls_last), storage = external)]
    pub name: String,
    #[orm(numeric(10, 2))]
    pub age: Option<rust_decimal::Decimal>,
    #[orm(index(where = "mood IS NOT NULL"), default = "good")]
    pub mood: String,
    pub spot: Option<String>,
    #[orm(index(using = "gin", with = "fastupdate = off"))]
    pub tags: Option<Vec<Option<String>>>,
    pub during: Option<Range<chrono::DateTime<chrono::Utc>>>,
    #[orm(default = sql("nextval('public.ticket'::regclass)"))]
    pub ticket: i64,
    #[orm(generated = "age + (1)::numeric")]
    pub twice: Option<i64>,
    #[orm(references(Worker.id))]
    pub owner: Option<i64>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(
    table = "Odd \"table\"",
    primary_key(columns(id), deferrable),
    check(name = "Odd \"table\"_age_check", no_inherit, "age > (17)::numeric"),
    check(name = "Odd \"table\"_name check", "(name <> ''::text) AND (name <> 'it''s'::text)"),
    index(name = "Odd \"table\"_age_idx", columns("public.double((age)::integer)")),
)]
pub struct OddTable {
    #[orm(references(Job.id, on_delete = restrict), identity(increment = 5, start = 10))]
    pub id: i64,
    #[orm(
        index(name = "Odd \"table\"_name_idx", include(age), desc, nulls_last),
        storage = external,
    )]
    pub name: String,
    #[orm(numeric(10, 2))]
    pub age: Option<rust_decimal::Decimal>,
    #[orm(index(where = "mood IS NOT NULL"), default = "good")]
    pub mood: String,
    pub spot: Option<String>,
    #[orm(index(using = "gin", with = "fastupdate = off"))]
    pub tags: Option<Vec<Option<String>>>,
    pub during: Option<Range<chrono::DateTime<chrono::Utc>>>,
    #[orm(default = sql("nextval('public.ticket'::regclass)"))]
    pub ticket: i64,
    #[orm(generated = "age + (1)::numeric")]
    pub twice: Option<i64>,
    #[orm(references(Worker.id))]
    pub owner: Option<i64>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "animals", check(name = "animals_legs_check", no_inherit, "legs > 0"))]
pub struct Animal {
    #[orm(default = 4)]
    pub legs: Option<i64>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "dogs")]
pub struct Dog {
    pub name: String,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "events")]
pub struct Event {
    #[orm(primary_key)]
    pub year: i32,
    pub note: Option<String>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(
    table = "workers",
    primary_key(columns(id), deferrable),
    check(name = "workers_age_check", no_inherit, "age > (17)::numeric"),
    check(name = "workers_name check", "(name <> ''::text) AND (name <> 'it''s'::text)"),
    index(name = "workers_age_idx", columns("public.double((age)::integer)")),
)]
pub struct Worker {
    #[orm(references(Job.id, on_delete = restrict), identity(increment = 5, start = 10))]
    pub id: i64,
    #[orm(index(name = "workers_name_idx", include(age), desc, nulls_last), storage = external)]
    pub name: String,
    #[orm(numeric(10, 2))]
    pub age: Option<rust_decimal::Decimal>,
    #[orm(index(where = "mood IS NOT NULL"), default = "good")]
    pub mood: String,
    pub spot: Option<String>,
    #[orm(index(using = "gin", with = "fastupdate = off"))]
    pub tags: Option<Vec<Option<String>>>,
    pub during: Option<Range<chrono::DateTime<chrono::Utc>>>,
    #[orm(default = sql("nextval('public.ticket'::regclass)"))]
    pub ticket: i64,
    #[orm(generated = "age + (1)::numeric")]
    pub twice: Option<i64>,
    #[orm(references(Worker.id))]
    pub owner: Option<i64>,
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
    sequence("ticket").owned_by(Worker.ticket),
    function("all jobs()", r#"CREATE OR REPLACE FUNCTION public."all jobs"()
 RETURNS SETOF app.jobs
 LANGUAGE sql
AS $function$ select * from app.jobs $function$"#),
    function("double(n integer)", r#"CREATE OR REPLACE FUNCTION public.double(n integer)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$ select n * 2 $function$"#),
    function("touch()", r#"CREATE OR REPLACE FUNCTION public.touch()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ begin  return new; end $function$"#),
    storage(Job).with(&[("autovacuum_enabled", "false"), ("fillfactor", "80")]),
    exclusion("jobs_during_excl", &[("during", "&&")]).on(Job),
    trigger("touch", "CREATE TRIGGER touch BEFORE UPDATE ON app.jobs FOR EACH ROW EXECUTE FUNCTION public.touch()").on(Job),
    row_security(Job).forced(),
    policy("nobody else").on(Job).restrictive().for_delete().using("public.double(1) > 0"),
    policy("readers").on(Job).using("true").with_check("age > (20)::numeric"),
    storage(OddTable).with(&[("autovacuum_enabled", "false"), ("fillfactor", "80")]),
    exclusion("Odd \"table\"_during_excl", &[("during", "&&")]).on(OddTable),
    trigger("touch", "CREATE TRIGGER touch BEFORE UPDATE ON public.\"Odd \"\"table\"\"\" FOR EACH ROW EXECUTE FUNCTION public.touch()").on(OddTable),
    row_security(OddTable).forced(),
    policy("nobody else").on(OddTable).restrictive().for_delete().using("public.double(1) > 0"),
    policy("readers").on(OddTable).using("true").with_check("age > (20)::numeric"),
    partitioned(Event, "range (year)"),
    partition("events_2000", "for values from (2000) to (2010)").of(Event),
    partition("events_2026", "for values from (2026) to (2030)").of(Event),
    storage(Worker).with(&[("autovacuum_enabled", "false"), ("fillfactor", "80")]),
    exclusion("workers_during_excl", &[("during", "&&")]).on(Worker),
    trigger("touch", "CREATE TRIGGER touch BEFORE UPDATE ON public.workers FOR EACH ROW EXECUTE FUNCTION public.touch()").on(Worker),
    row_security(Worker).forced(),
    policy("nobody else").on(Worker).restrictive().for_delete().using("public.double(1) > 0"),
    policy("readers").on(Worker).using("true").with_check("age > (20)::numeric"),
    grant("usage").on_schema("app").to("pg_monitor"),
    grant("select").on(Worker).to("pg_monitor").with_grant_option(),
    grant("update").on(Worker).columns(&["name"]).to("pg_monitor"),
    grant("usage").on_sequence(None, "ticket").to("pg_monitor"),
];

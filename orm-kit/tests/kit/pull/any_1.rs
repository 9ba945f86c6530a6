//! The schema of the database.

use mizzle::object::*;
use mizzle::prelude::*;

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
#[orm(name = "Size", schema = "app", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Size {
    S,
    L,
}

/// How they are
#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Good,
    #[orm(rename = "it's")]
    ItS,
    Bad,
}

/// Where to write
#[derive(PgNewtype, Debug, Clone, PartialEq)]
#[orm(domain = "email")]
pub struct Email(pub String);

#[derive(PgNewtype, Debug, Clone, PartialEq)]
#[orm(domain = "score", default = 5, check(name = "positive", "VALUE > 0"))]
pub struct Score(pub i32);

/// Where they live
#[derive(PgComposite, Debug, Clone, PartialEq)]
pub struct Address {
    pub street: Option<String>,
    #[orm(name = "zip code", varchar(9))]
    pub zip_code: Option<String>,
}

/// Says "hi"
#[derive(Table, Debug, Clone, PartialEq)]
#[orm(
    table = "jobs",
    schema = "app",
    check(name = "jobs_age_check", "age > 17"),
    check(name = "jobs_name check", "(name <> ''::text) AND (name <> 'it''s'::text)"),
    index(name = "jobs_name_idx", columns("lower(name)"), where = "age > 5"),
)]
pub struct Job {
    #[orm(primary_key, references(Job.id, on_delete = restrict))]
    pub id: i64,
    /// It's what
    /// they are called
    #[orm(unique(name = "jobs_other_key"))]
    pub name: String,
    #[orm(index(using = "hash"), default = sql("(3 + 4)"))]
    pub age: Option<i64>,
    #[orm(index(where = "mood IS NOT NULL"), default = Mood::Good)]
    pub mood: Mood,
    pub spot: Option<Address>,
    #[orm(index(using = "gin", with = "fastupdate = off"), default = sql("'{}'::text[]"))]
    pub tags: Vec<Option<String>>,
    pub during: Option<Range<chrono::DateTime<chrono::Utc>>>,
    #[orm(default = sql("nextval('public.ticket'::regclass)"))]
    pub ticket: i64,
    #[orm(generated = "age * 2")]
    pub twice: Option<i64>,
    pub owner: Option<i32>,
}

/// Says "hi"
#[derive(Table, Debug, Clone, PartialEq)]
#[orm(
    table = "Odd \"table\"",
    check(name = "Odd \"table\"_age_check", "age > 17"),
    check(name = "Odd \"table\"_name check", "(name <> ''::text) AND (name <> 'it''s'::text)"),
    index(name = "Odd \"table\"_name_idx", columns("lower(name)"), where = "age > 5"),
)]
pub struct OddTable {
    #[orm(primary_key, references(Job.id, on_delete = restrict))]
    pub id: i64,
    /// It's what
    /// they are called
    #[orm(unique(name = "Odd \"table\"_other_key"))]
    pub name: String,
    #[orm(index(using = "hash"), default = sql("(3 + 4)"))]
    pub age: Option<i64>,
    #[orm(index(where = "mood IS NOT NULL"), default = Mood::Good)]
    pub mood: Mood,
    pub spot: Option<Address>,
    #[orm(index(using = "gin", with = "fastupdate = off"), default = sql("'{}'::text[]"))]
    pub tags: Vec<Option<String>>,
    pub during: Option<Range<chrono::DateTime<chrono::Utc>>>,
    #[orm(default = sql("nextval('public.ticket'::regclass)"))]
    pub ticket: i64,
    #[orm(generated = "age * 2")]
    pub twice: Option<i64>,
    pub owner: Option<i32>,
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
    /// What happened
    #[orm(default = "")]
    pub note: Option<String>,
}

/// Says "hi"
#[derive(Table, Debug, Clone, PartialEq)]
#[orm(
    table = "workers",
    check(name = "workers_age_check", "age > 17"),
    check(name = "workers_name check", "(name <> ''::text) AND (name <> 'it''s'::text)"),
    index(name = "workers_name_idx", columns("lower(name)"), where = "age > 5"),
)]
pub struct Worker {
    #[orm(primary_key, references(Job.id, on_delete = restrict))]
    pub id: i64,
    /// It's what
    /// they are called
    #[orm(unique(name = "workers_other_key"))]
    pub name: String,
    #[orm(index(using = "hash"), default = sql("(3 + 4)"))]
    pub age: Option<i64>,
    #[orm(index(where = "mood IS NOT NULL"), default = Mood::Good)]
    pub mood: Mood,
    pub spot: Option<Address>,
    #[orm(index(using = "gin", with = "fastupdate = off"), default = sql("'{}'::text[]"))]
    pub tags: Vec<Option<String>>,
    pub during: Option<Range<chrono::DateTime<chrono::Utc>>>,
    #[orm(default = sql("nextval('public.ticket'::regclass)"))]
    pub ticket: i64,
    #[orm(generated = "age * 2")]
    pub twice: Option<i64>,
    pub owner: Option<i32>,
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
    sequence("ticket").comment("Next please"),
    function("all jobs()", r#"CREATE OR REPLACE FUNCTION public."all jobs"()
 RETURNS SETOF app.jobs
 LANGUAGE sql
AS $function$ select * from app.jobs $function$"#),
    function("double(n integer)", r#"CREATE OR REPLACE FUNCTION public.double(n integer)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$ select n + n $function$"#),
    function("touch()", r#"CREATE OR REPLACE FUNCTION public.touch()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ begin  return new; end $function$"#),
    trigger("touch", "CREATE TRIGGER touch BEFORE UPDATE ON app.jobs FOR EACH ROW EXECUTE FUNCTION public.touch()").on(Job),
    policy("nobody else").on(Job).restrictive().for_delete().using("public.double(1) > 0"),
    policy("readers").on(Job).for_select().using("age > 17"),
    trigger("touch", "CREATE TRIGGER touch BEFORE UPDATE ON public.\"Odd \"\"table\"\"\" FOR EACH ROW EXECUTE FUNCTION public.touch()").on(OddTable),
    policy("nobody else").on(OddTable).restrictive().for_delete().using("public.double(1) > 0"),
    policy("readers").on(OddTable).for_select().using("age > 17"),
    partitioned(Event, "range (year)"),
    partition("events_2000", "for values from (2000) to (2010)").of(Event),
    partition("events_2026", "for values from (2026) to (2030)").of(Event),
    trigger("touch", "CREATE TRIGGER touch BEFORE UPDATE ON public.workers FOR EACH ROW EXECUTE FUNCTION public.touch()").on(Worker),
    policy("nobody else").on(Worker).restrictive().for_delete().using("public.double(1) > 0"),
    policy("readers").on(Worker).for_select().using("age > 17"),
    grant("usage").on_schema("app").to("pg_monitor"),
    grant("select").on(Worker).to("pg_monitor").with_grant_option(),
    grant("update").on(Worker).columns(&["name"]).to("pg_monitor"),
    grant("usage").on_sequence(None, "ticket").to("pg_monitor"),
];

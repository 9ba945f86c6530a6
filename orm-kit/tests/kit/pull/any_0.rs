//! The schema of the database.

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
    Good,
    Bad,
}

#[derive(PgNewtype, Debug, Clone, PartialEq)]
#[orm(domain = "email")]
pub struct Email(pub String);

#[derive(PgNewtype, Debug, Clone, PartialEq)]
#[orm(domain = "score", check(name = "positive", "VALUE > 0"))]
pub struct Score(pub i32);

#[derive(PgComposite, Debug, Clone, PartialEq)]
pub struct Address {
    pub street: Option<String>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(
    table = "jobs",
    schema = "app",
    check(name = "jobs_age_check", "age > 0"),
    check(name = "jobs_name_check", "((name)::text <> ''::text) AND ((name)::text <> 'it''s'::text)"),
    index(name = "jobs_name_idx", columns("lower((name)::text)")),
)]
pub struct Job {
    #[orm(primary_key, references(Job.id, on_delete = restrict))]
    pub id: i32,
    #[orm(varchar(40), unique, default = "it's")]
    pub name: String,
    #[orm(index, default = 0)]
    pub age: i32,
    #[orm(index(where = "mood IS NOT NULL"))]
    pub mood: Option<Mood>,
    pub spot: Option<String>,
    #[orm(index(using = "gin"))]
    pub tags: Option<Vec<Option<String>>>,
    pub during: Option<Range<chrono::NaiveDateTime>>,
    pub ticket: Option<i64>,
    pub twice: Option<i64>,
    pub owner: Option<i64>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(
    table = "Odd \"table\"",
    check(name = "Odd \"table\"_age_check", "age > 0"),
    check(name = "Odd \"table\"_name_check", "((name)::text <> ''::text) AND ((name)::text <> 'it''s'::text)"),
    index(name = "Odd \"table\"_name_idx", columns("lower((name)::text)")),
)]
pub struct OddTable {
    #[orm(primary_key, references(Job.id, on_delete = restrict))]
    pub id: i32,
    #[orm(varchar(40), unique, default = "it's")]
    pub name: String,
    #[orm(index, default = 0)]
    pub age: i32,
    #[orm(index(where = "mood IS NOT NULL"))]
    pub mood: Option<Mood>,
    pub spot: Option<String>,
    #[orm(index(using = "gin"))]
    pub tags: Option<Vec<Option<String>>>,
    pub during: Option<Range<chrono::NaiveDateTime>>,
    pub ticket: Option<i64>,
    pub twice: Option<i64>,
    pub owner: Option<i64>,
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
    pub note: Option<String>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(
    table = "workers",
    check(name = "workers_age_check", "age > 0"),
    check(name = "workers_name_check", "((name)::text <> ''::text) AND ((name)::text <> 'it''s'::text)"),
    index(name = "workers_name_idx", columns("lower((name)::text)")),
)]
pub struct Worker {
    #[orm(primary_key, references(Job.id, on_delete = restrict))]
    pub id: i32,
    #[orm(varchar(40), unique, default = "it's")]
    pub name: String,
    #[orm(index, default = 0)]
    pub age: i32,
    #[orm(index(where = "mood IS NOT NULL"))]
    pub mood: Option<Mood>,
    pub spot: Option<String>,
    #[orm(index(using = "gin"))]
    pub tags: Option<Vec<Option<String>>>,
    pub during: Option<Range<chrono::NaiveDateTime>>,
    pub ticket: Option<i64>,
    pub twice: Option<i64>,
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
    sequence("ticket"),
    procedure("clean up()", r#"CREATE OR REPLACE PROCEDURE public."clean up"()
 LANGUAGE sql
AS $procedure$ select 1 $procedure$"#),
    function("double(n integer)", r#"CREATE OR REPLACE FUNCTION public.double(n integer)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$ select n * 2 $function$"#),
    function("touch()", r#"CREATE OR REPLACE FUNCTION public.touch()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ begin  return new; end $function$"#),
    exclusion("jobs_during_excl", &[("during", "&&")]).on(Job),
    trigger("touch", "CREATE TRIGGER touch BEFORE UPDATE ON app.jobs FOR EACH ROW EXECUTE FUNCTION public.touch()").on(Job),
    policy("nobody else").on(Job).restrictive().for_delete().using("EXISTS ( SELECT\n   FROM public.workers w\n  WHERE ((w.name)::text <> ''::text))"),
    policy("readers").on(Job).for_select().using("true"),
    exclusion("Odd \"table\"_during_excl", &[("during", "&&")]).on(OddTable),
    trigger("touch", "CREATE TRIGGER touch BEFORE UPDATE ON public.\"Odd \"\"table\"\"\" FOR EACH ROW EXECUTE FUNCTION public.touch()").on(OddTable),
    policy("nobody else").on(OddTable).restrictive().for_delete().using("EXISTS ( SELECT\n   FROM public.workers w\n  WHERE ((w.name)::text <> ''::text))"),
    policy("readers").on(OddTable).for_select().using("true"),
    partitioned(Event, "range (year)"),
    partition("events_2000", "for values from (2000) to (2010)").of(Event),
    partition("events_2026", "for values from (2026) to (2027)").of(Event),
    exclusion("workers_during_excl", &[("during", "&&")]).on(Worker),
    trigger("touch", "CREATE TRIGGER touch BEFORE UPDATE ON public.workers FOR EACH ROW EXECUTE FUNCTION public.touch()").on(Worker),
    policy("nobody else").on(Worker).restrictive().for_delete().using("EXISTS ( SELECT\n   FROM public.workers w\n  WHERE ((w.name)::text <> ''::text))"),
    policy("readers").on(Worker).for_select().using("true"),
    grant("usage").on_schema("app").to("pg_monitor"),
    grant("select").on(Worker).to("pg_monitor"),
    grant("update").on(Worker).columns(&["name"]).to("pg_monitor"),
    grant("usage").on_sequence(None, "ticket").to("pg_monitor"),
];

//! The schema of the database.

#![allow(clippy::duplicated_attributes, reason = "a column may be in several keys and indexes")]

use mizzle::object::*;
use mizzle::prelude::*;

/// How far it is
#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
#[orm(schema = "app")]
pub enum Status {
    Open,
    InProgress,
    #[orm(rename = "HTTP error")]
    HTTPError,
    #[orm(rename = "Self")]
    Self_,
    #[orm(rename = "42")]
    T42,
}

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
#[orm(schema = "public")]
pub enum Point {
    X,
}

#[derive(PgNewtype, Debug, Clone, PartialEq)]
#[orm(domain = "email", schema = "app", collate = "C", check = "VALUE ~~ '%@%'::text")]
pub struct Email(pub String);

#[derive(PgNewtype, Debug, Clone, PartialEq)]
#[orm(
    domain = "grade",
    schema = "app",
    type = "numeric(3,1)",
    default = 1,
    not_null,
    check(name = "grade_check", "VALUE > (0)::numeric"),
    check(name = "sane", "VALUE < (7)::numeric"),
)]
pub struct Grade(pub rust_decimal::Decimal);

/// Where somebody lives
#[derive(PgComposite, Debug, Clone, PartialEq)]
#[orm(schema = "app")]
pub struct Address {
    /// With the number
    pub street: Option<String>,
    #[orm(name = "zip code", varchar(10))]
    pub zip_code: Option<String>,
    pub since: Option<chrono::NaiveDate>,
    pub r#in: Option<Status>,
}

#[doc = "People who are paid.\n\n  Indented, and a\ttab, \"quotes\" and \\ backslashes."]
#[derive(Table, Debug, Clone, PartialEq)]
#[orm(
    table = "workers",
    schema = "app",
    check(name = "workers_score_check", "score > '-10'::integer"),
    index(name = "workers_name", columns(name.collate("POSIX").opclass("varchar_pattern_ops"), email)),
)]
pub struct Worker {
    #[orm(primary_key, default = sql("nextval('app.workers_id_seq'::regclass)"))]
    pub id: i64,
    /// How to reach them
    #[orm(unique)]
    pub email: Option<Email>,
    #[orm(varchar(40), default = "it's", collate = "C")]
    pub name: String,
    #[orm(char(3))]
    pub code: Option<String>,
    #[orm(default = Status::InProgress)]
    pub state: Status,
    #[orm(default = sql("'{open}'::app.status[]"))]
    pub states: Option<Vec<Option<Status>>>,
    pub home: Option<Address>,
    pub grade: Option<Grade>,
    /// with blanks
    #[orm(default = -5)]
    pub score: Option<i32>,
    #[orm(numeric(20, 6), default = 0)]
    pub pay: Option<rust_decimal::Decimal>,
    #[orm(default = 1.5)]
    pub rate: Option<rust_decimal::Decimal>,
    #[orm(default = sql("'1.5'::double precision"))]
    pub ratio: Option<f64>,
    #[orm(default = now())]
    pub seen: Option<chrono::DateTime<chrono::Utc>>,
    pub born: Option<chrono::NaiveDate>,
    #[orm(type = "time(3) without time zone")]
    pub at: Option<chrono::NaiveTime>,
    #[orm(type = "interval day to second(3)")]
    pub lasts: Option<Interval>,
    pub waits: Option<Interval>,
    #[orm(default = sql("'{}'::text[]"))]
    pub tags: Vec<Option<String>>,
    #[orm(type = "character varying(3)[]")]
    pub codes: Option<Vec<Option<String>>>,
    #[orm(storage = external, compression = pglz)]
    pub notes: Option<String>,
    #[orm(index(name = "workers_loud", desc), collate("app", "by hand"))]
    pub loud: Option<String>,
    #[orm(type = "\"public\".\"citext\"")]
    pub ci: Option<String>,
    #[orm(type = "point")]
    pub place: Option<mizzle::value::Opaque>,
    #[orm(type = "circle")]
    pub shape: Option<mizzle::value::Opaque>,
    #[orm(
        type = "tsvector",
        generated = "to_tsvector('english'::regconfig, COALESCE(notes, ''::text))",
    )]
    pub search: Option<mizzle::value::Opaque>,
    pub during: Option<Range<chrono::DateTime<chrono::Utc>>>,
    pub more: Option<Multirange<i32>>,
    #[orm(
        index(name = "workers_options", using = "gin", opclass = "jsonb_path_ops"),
        default = sql("'{\"a\": 1}'::jsonb"),
    )]
    pub options: Option<serde_json::Value>,
    #[orm(type = "json")]
    pub raw: Option<serde_json::Value>,
    pub ip: Option<std::net::IpAddr>,
    #[orm(type = "cidr")]
    pub net: Option<mizzle::value::Opaque>,
    pub mac: Option<MacAddr>,
    #[orm(default = gen_random_uuid())]
    pub token: Option<uuid::Uuid>,
    #[orm(type = "bit(3)")]
    pub bits: Option<mizzle::value::Opaque>,
    #[orm(default = true)]
    pub is_on: Option<bool>,
    pub photo: Option<Vec<u8>>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "children")]
pub struct Children {
    pub a: Option<i32>,
    pub b: Option<i32>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "events")]
pub struct Event {
    pub id: i64,
    pub day: chrono::NaiveDate,
    pub body: Option<String>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "logs")]
pub struct Log {
    pub line: Option<String>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "parents")]
pub struct Parent {
    pub a: Option<i32>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(
    table = "plans",
    foreign_key(columns(small), references(Plan.id), name = "plans_small_fkey"),
    foreign_key(columns(group, number), references(Team.group, Team.number), name = "plans_team", on_delete = cascade, match_full),
    check(name = "later", "starts > '2000-01-01'::date"),
    index(name = "plans_lower", columns("starts + 1", group.desc()), with = "fillfactor = 70"),
    index(name = "plans_once", columns(team.desc().nulls_last(), starts), unique, nulls_not_distinct, include(room), where = "team IS NOT NULL"),
)]
pub struct Plan {
    #[orm(primary_key, identity)]
    pub id: i32,
    pub group: Option<i32>,
    pub number: Option<i16>,
    pub team: Option<i32>,
    #[orm(index)]
    pub starts: chrono::NaiveDate,
    #[orm(index(name = "plans_room", using = "gist"))]
    pub room: Option<Range<i32>>,
    #[orm(references(Plan.id, name = "other", on_delete = restrict))]
    pub small: Option<i32>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(
    table = "teams",
    primary_key(columns(group, number), include(title)),
    unique(columns(short, leader), initially_deferred, include(title)),
    unique(columns(title, short), nulls_not_distinct),
    check(name = "positive", no_inherit, "budget > (0)::numeric"),
)]
pub struct Team {
    pub group: i32,
    #[orm(
        identity(by_default, increment = 10, min = 50, max = 1000, start = 100, cache = 2, cycle),
    )]
    pub number: i16,
    pub title: Option<String>,
    #[orm(unique(name = "Odd \"name\""))]
    pub short: Option<String>,
    #[orm(
        references(Worker.id, name = "teams_leader", on_delete = set_null, on_update = cascade, deferrable),
    )]
    pub leader: Option<i64>,
    #[orm(references(Worker.id, initially_deferred))]
    pub second: Option<i64>,
    #[orm(numeric(10, 2))]
    pub budget: Option<rust_decimal::Decimal>,
}

/// Everything that the database holds.
pub const SCHEMA: Schema = schema![
    Status,
    Point,
    Email,
    Grade,
    Address,
    Worker,
    Children,
    Event,
    Log,
    Parent,
    Plan,
    Team,
    ;
    extension("citext").schema("public"),
    sequence("invoices").schema("app").of_type("integer").increment(5).min(-10).max(1000).start(5).cache(3).cycle().comment("Of the invoices"),
    sequence("workers_id_seq").schema("app").owned_by(Worker.id),
    function("touch()", r#"CREATE OR REPLACE FUNCTION app.touch()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ begin new.seen = now(); return new; end $function$"#).schema("app"),
    function("twice(n integer)", r#"CREATE OR REPLACE FUNCTION app.twice(n integer)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
RETURN (n * 2)"#).schema("app"),
    trigger("workers_touch", "CREATE TRIGGER workers_touch BEFORE UPDATE ON app.workers FOR EACH ROW EXECUTE FUNCTION app.touch()").on(Worker),
    row_security(Worker),
    policy("never").on(Worker).restrictive().for_update().using("true").with_check("score > 0"),
    policy("own").on(Worker).for_select().using("(email)::text = (CURRENT_USER)::text"),
    partitioned(Event, "range (day)"),
    partition("events_2026", "for values from ('2026-01-01') to ('2027-01-01')").of(Event),
    partition("events_rest", "default").of(Event),
    storage(Log).unlogged().with(&[("autovacuum_enabled", "false"), ("fillfactor", "50")]),
    exclusion("once", &[("room", "&&")]).on(Plan).filter("team > 0"),
    row_security(Plan).forced(),
    view_sql("open_workers", r#"SELECT workers.id,
    workers.name
   FROM (app.workers
     JOIN public.teams ON ((teams.leader = workers.id)))
  WHERE (workers.state = 'open'::app.status)"#).with(&[("security_barrier", "true")]).comment("Who is there"),
    view_sql("totals", r#"SELECT workers.state,
    min((workers.name)::text) AS name,
    count(*) AS workers
   FROM (app.workers
     JOIN public.teams ON ((teams.leader = workers.id)))
  GROUP BY workers.state"#).materialized().indexes(&[index("totals_many", &[key("workers").desc(), key_sql("lower(name)").opclass("text_pattern_ops")]).filter("workers > 1"), index("totals_state", &[key("state")]).unique()]),
    grant("usage").on_schema("app").to("public"),
    grant("select").on(Worker).columns(&["id", "name"]).to("public"),
    grant("select").on_view(None, "open_workers").to("public"),
    grant("update").on(Team).to("public"),
];

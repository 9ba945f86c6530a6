//! Who works here, as a person left it.

use mizzle::object::{view_sql};
use mizzle::object::{function, view};
use mizzle::prelude::*;
// Ours.
use std::collections::BTreeMap;

/// What an address is.
#[derive(PgNewtype, Debug, Clone, PartialEq, Eq)]
pub struct Email(pub String);

/// How far somebody is.
#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[orm(name = "status")]
pub enum Stage {
    /// At the beginning.
    #[orm(rename = "open")]
    Begun,
    InProgress,
    Done, // at last
}

/// Somebody who works here.
#[derive(Table, Debug, Clone)]
#[orm(table = "workers")]
pub struct Employee {
    #[orm(primary_key, identity)]
    pub id: i64,
    // It is checked elsewhere.
    #[orm(name = "email", unique)]
    pub address: Email,
    /// In full
    #[doc(alias = "title")]
    pub name: String,
    #[orm(default = sql("'{}'::jsonb"))]
    pub settings: Json<BTreeMap<String, String>>,
    pub age: i64,
    #[orm(name = "status", default = Stage::Begun)]
    pub progress: Stage,
    #[orm(default = now(), on_update = now())]
    pub seen: chrono::DateTime<chrono::Utc>,
    #[orm(varchar(20), index)]
    pub phone: Option<String>,
    #[orm(references(Team.id))]
    pub team_id: Option<i32>,
}

impl Employee {
    /// Whether there is much to say.
    pub fn is_long(&self) -> bool {
        self.name.len() > 60
    }
}

#[derive(Table)]
#[orm(table = "jobs")]
pub(crate) struct Task { #[orm(primary_key)] pub id: i64, #[orm(references(Employee.id))] pub worker_id: Option<i64>,
    pub title: Option<String>, }

#[derive(Table, Debug)]
#[orm(table = "notes")]
pub struct Note {
    #[orm(primary_key)]
    pub id: i64,
    pub body: String,
}

/// Those who may retire.
#[derive(Table, Debug)]
#[orm(table = "old_workers", query)]
pub struct OldWorker {
    pub id: i64,
    pub name: String,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "teams")]
pub struct Team {
    #[orm(primary_key)]
    pub id: i32,
    #[orm(default = "new")]
    pub title: String,
}

/// All of it.
pub const SCHEMA: Schema = schema![
    Stage, // first
    Employee,
    Task,
    Note,
    Team;
    function("touch()", r#"CREATE OR REPLACE FUNCTION public.touch()
 RETURNS integer
 LANGUAGE sql
AS $function$ select 2 $function$"#),
    view(OldWorker, || select((Employee.id, Employee.name)).from(Employee).filter(sql!("{Employee.name} <> ''"))),
    view_sql("young_workers", r#"SELECT workers.id
   FROM (public.workers
     JOIN public.teams ON ((teams.id = workers.team_id)))
  WHERE (workers.age < 20)"#),
];

/// Nothing of the schema.
pub fn unrelated() -> &'static str {
    "schema![Employee]"
}

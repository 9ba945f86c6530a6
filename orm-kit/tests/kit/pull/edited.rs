//! Who works here, as a person left it.

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
    Done, // at last
}

/// Somebody who works here.
#[derive(Table, Debug, Clone)]
#[orm(table = "workers")]
pub struct Employee {
    #[orm(primary_key, identity)]
    pub id: i64,
    // It is checked elsewhere.
    #[orm(name = "email", varchar(255), unique)]
    pub address: Email,
    /// What to call them.
    #[doc(alias = "title")]
    pub name: String,
    #[orm(default = sql("'{}'::jsonb"))]
    pub settings: Json<BTreeMap<String, String>>,
    pub age: Option<i32>,
    pub born: Option<chrono::NaiveDate>,
    #[orm(name = "status", default = Stage::Begun)]
    pub progress: Stage,
    #[orm(default = now(), on_update = now())]
    pub seen: chrono::DateTime<chrono::Utc>
}

impl Employee {
    /// Whether there is much to say.
    pub fn is_long(&self) -> bool {
        self.name.len() > 60
    }
}

#[derive(Table)]
#[orm(table = "jobs")]
pub(crate) struct Task { #[orm(primary_key)] pub id: i64, #[orm(references(Employee.id))] pub worker_id: Option<i64> }

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

/// All of it.
pub const SCHEMA: Schema = schema![
    Stage, // first
    Employee,
    Task,
    Note;
    function("touch()", "CREATE OR REPLACE FUNCTION public.touch()\n RETURNS integer\n LANGUAGE sql\nAS $function$ select 1 $function$"),
    view(OldWorker, || select((Employee.id, Employee.name)).from(Employee).filter(sql!("{Employee.name} <> ''"))),
];

/// Nothing of the schema.
pub fn unrelated() -> &'static str {
    "schema![Employee]"
}

//! The tables of the guide, as its page on the schema declares them, and the rows they begin with.

use chrono::NaiveDate;
use mizzle::prelude::*;

/// Whether a worker is at work.
#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the guide's subject")]
pub enum Status {
    Active,
    OnLeave,
    Gone,
}

/// Someone who takes on tasks.
#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "workers")]
#[expect(missing_docs, reason = "the names are the guide's subject")]
pub struct Worker {
    #[orm(primary_key, identity)]
    pub id: i64,
    #[orm(varchar(255), unique)]
    pub email: Option<String>,
    pub name: String,
    #[orm(default = 100, check = "score >= 0")]
    pub score: i32,
    #[orm(default = Status::Active)]
    pub status: Status,
    #[orm(references(Worker.id, on_delete = set_null))]
    pub boss_id: Option<i64>,
}

/// Something to do.
#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "tasks", index(worker_id, due.desc()))]
#[expect(missing_docs, reason = "the names are the guide's subject")]
pub struct Task {
    #[orm(primary_key, identity)]
    pub id: i64,
    #[orm(references(Worker.id, on_delete = cascade))]
    pub worker_id: i64,
    pub title: String,
    pub note: Option<String>,
    #[orm(default = 1.5)]
    pub hours: f64,
    #[orm(default = sql("'{}'"))]
    pub labels: Vec<String>,
    #[orm(default = json!({}))]
    pub meta: serde_json::Value,
    pub due: Option<NaiveDate>,
}

/// A worker in a team.
#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "memberships", primary_key(worker_id, team))]
#[expect(missing_docs, reason = "the names are the guide's subject")]
pub struct Membership {
    #[orm(references(Worker.id, on_delete = cascade))]
    pub worker_id: i64,
    pub team: String,
    #[orm(default = 2000)]
    pub since: Option<i32>,
}

alias!(pub Boss = Worker);

/// All of them.
pub const SCHEMA: Schema = schema![Status, Worker, Task, Membership];

/// The rows that each example begins with.
pub const ROWS: &str = "
    insert into workers (email, name, score, status, boss_id) values
        ('ada@example.com', 'Ada', 120, 'active', null),
        (null, 'Bob', 80, 'on_leave', 1),
        ('cyd@example.com', 'Cyd', 100, 'active', 1);
    insert into tasks (worker_id, title, note, hours, labels, meta, due) values
        (1, 'Label', null, 1.5, '{images,rush}', '{\"customer\": {\"name\": \"Acme\"}}', '2026-03-01'),
        (1, 'Check', 'twice', 2, '{}', '{}', '2026-03-15'),
        (2, 'Ship', null, 0.5, '{rush}', '{\"customer\": {\"name\": \"Bolt\"}}', null);
    insert into memberships values (1, 'blue', 2020), (1, 'red', null), (2, 'blue', 2021);
";

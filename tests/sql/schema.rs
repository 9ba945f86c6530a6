//! The tables of these tests and the rows they begin with.

use mizzle::prelude::*;
use orm_testing::TestDb;
use std::error::Error;

#[derive(PgEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    Active,
    OnLeave,
    Gone,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "workers")]
pub(crate) struct Worker {
    #[orm(primary_key, identity(by_default))]
    pub(crate) id: i64,
    #[orm(varchar(255), unique)]
    pub(crate) email: Option<String>,
    pub(crate) name: String,
    #[orm(default = 100)]
    pub(crate) score: i32,
    #[orm(default = Status::Active)]
    pub(crate) status: Status,
    #[orm(references(Worker.id))]
    pub(crate) boss_id: Option<i64>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "tasks")]
pub(crate) struct Task {
    #[orm(primary_key, identity)]
    pub(crate) id: i64,
    #[orm(references(Worker.id, on_delete = cascade), index)]
    pub(crate) worker_id: i64,
    pub(crate) title: String,
    pub(crate) note: Option<String>,
    #[orm(default = 1.5)]
    pub(crate) hours: f64,
    #[orm(default = sql("'{}'"))]
    pub(crate) labels: Vec<String>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "memberships", primary_key(worker_id, team))]
pub(crate) struct Membership {
    pub(crate) worker_id: i64,
    pub(crate) team: String,
    #[orm(default = 2000)]
    pub(crate) since: Option<i32>,
}

/// A table whose every update leaves marks.
#[derive(Table, Debug, Clone, PartialEq)]
#[orm(table = "notes")]
pub(crate) struct Note {
    #[orm(primary_key)]
    pub(crate) id: i32,
    pub(crate) body: String,
    #[orm(default = 0, on_update = -1)]
    pub(crate) mark: i32,
    #[orm(default = "new", on_update = "it's \\changed")]
    pub(crate) state: String,
    #[orm(default = Status::Active, on_update = Status::Gone)]
    pub(crate) status: Status,
    #[orm(on_update = sql("1 + 1 = 2 or false"))]
    pub(crate) changed: Option<bool>,
}

alias!(pub(crate) Boss = Worker, pub(crate) Other = Task);

const SCHEMA: Schema = schema![Status, Worker, Task, Membership, Note];

const ROWS: &str = "
    insert into workers (email, name, score, status, boss_id) values
        ('ada@example.com', 'Ada', 120, 'active', null),
        (null, 'Bob', 80, 'on_leave', 1),
        ('cyd@example.com', 'Cyd', 100, 'active', 1);
    insert into tasks (worker_id, title, note, hours, labels) values
        (1, 'Label', null, 1.5, '{Ada,x}'),
        (1, 'Check', 'twice', 2, '{}'),
        (2, 'Ship', null, 0.5, '{y}');
    insert into memberships values (1, 'blue', 2020), (1, 'red', null), (2, 'blue', 2021);
    insert into notes (id, body) values (1, 'one'), (2, 'two');
";

/// A database with the rows above; it lasts as long as the second value.
pub(crate) async fn database() -> Result<(Db, TestDb), Box<dyn Error>> {
    let database = TestDb::with_schema(&format!("{}{ROWS}", SCHEMA.create_sql())).await?;
    Ok((Db::connect(database.url()).await?, database))
}

pub(crate) fn ada() -> Worker {
    Worker {
        id: 1,
        email: Some("ada@example.com".to_owned()),
        name: "Ada".to_owned(),
        score: 120,
        status: Status::Active,
        boss_id: None,
    }
}

pub(crate) fn bob() -> Worker {
    Worker {
        id: 2,
        email: None,
        name: "Bob".to_owned(),
        score: 80,
        status: Status::OnLeave,
        boss_id: Some(1),
    }
}

pub(crate) fn cyd() -> Worker {
    Worker {
        id: 3,
        email: Some("cyd@example.com".to_owned()),
        name: "Cyd".to_owned(),
        score: 100,
        status: Status::Active,
        boss_id: Some(1),
    }
}

pub(crate) fn ship() -> Task {
    Task {
        id: 3,
        worker_id: 2,
        title: "Ship".to_owned(),
        note: None,
        hours: 0.5,
        labels: vec!["y".to_owned()],
    }
}

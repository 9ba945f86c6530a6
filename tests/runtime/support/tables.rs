//! The tables, and views of what the server knows of its sessions.

use mizzle::DbBuilder;
use mizzle::prelude::*;
use orm_testing::TestDb;

#[derive(Table, Debug, Clone, PartialEq, Eq)]
#[orm(table = "notes")]
pub(crate) struct Note {
    #[orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) body: String,
}

/// One row that takes a while.
#[derive(Table, Debug)]
#[orm(table = "naps")]
pub(crate) struct Nap {
    pub(crate) done: i32,
}

/// The session that looks.
#[derive(Table, Debug)]
#[orm(table = "sessions")]
pub(crate) struct Session {
    pub(crate) pid: i32,
    pub(crate) has_written: bool,
}

/// The statements that the session has prepared.
#[derive(Table, Debug)]
#[orm(table = "prepared")]
pub(crate) struct Prepared {
    pub(crate) text: String,
}

const SCHEMA: &str = "
    create table notes (id bigint primary key, body text not null);
    create view naps as select 1 as done from pg_sleep(30);
    create view sessions as
        select pg_backend_pid() as pid, pg_current_xact_id_if_assigned() is not null as has_written;
    create view prepared as select statement as text from pg_prepared_statements;
";

/// A database with the tables, and a pool of one connection on it.
pub(crate) async fn one_connection() -> (TestDb, Db) {
    pool(|builder| builder.max_connections(1)).await
}

/// A database with the tables, and a pool on it.
pub(crate) async fn pool(set: impl FnOnce(DbBuilder) -> DbBuilder) -> (TestDb, Db) {
    pool_with("", set).await
}

/// A database with the tables and more, and a pool on it.
pub(crate) async fn pool_with(schema: &str, set: impl FnOnce(DbBuilder) -> DbBuilder) -> (TestDb, Db) {
    let database = TestDb::with_schema(&format!("{SCHEMA}{schema}")).await.unwrap();
    let db = set(Db::builder(database.url())).connect().await.unwrap();
    (database, db)
}

pub(crate) async fn add_note(db: &impl Executor, id: i64) -> Result<(), mizzle::Error> {
    insert(Note).set(Note.id, id).set(Note.body, "a note").execute(db).await.map(drop)
}

pub(crate) async fn note_ids(db: &impl Executor) -> Vec<i64> {
    select(Note.id).from(Note).order_by(Note.id).all(db).await.unwrap()
}

pub(crate) async fn pid(db: &impl Executor) -> i32 {
    select(Session.pid).from(Session).one(db).await.unwrap()
}

/// The next statement of the pool works, at once, and is not inside anybody's transaction.
pub(crate) async fn assert_clean(db: &Db) {
    let probe = async {
        assert!(!select(Session.has_written).from(Session).one(db).await.unwrap());
        // VACUUM refuses to run inside a transaction.
        db.batch_execute("vacuum notes").await.unwrap();
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), probe).await.expect("the pool hangs");
}

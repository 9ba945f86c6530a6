use mizzle::prelude::*;

#[derive(Table)]
#[orm(table = "workers")]
struct Worker {
    #[orm(primary_key, identity)]
    id: i64,
    email: Option<String>,
    name: String,
    #[orm(default = 100)]
    score: i32,
    #[orm(generated = "upper(name)")]
    shout: String,
}

#[derive(Table)]
#[orm(table = "tasks")]
struct Task {
    #[orm(primary_key, identity(by_default))]
    id: i64,
    worker_id: i64,
    title: String,
}

#[derive(Table)]
#[orm(table = "members", primary_key(worker_id, team))]
struct Member {
    worker_id: i64,
    team: String,
    since: i32,
}

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(Member).keyset((Member.since.desc(), Member.team), 20).page(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

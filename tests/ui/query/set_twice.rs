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

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    update(Worker).set(Worker.score, 1).set(Worker.name, "Ada").set(Worker.score, 2).find(1).execute(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

use mizzle::prelude::*;

#[derive(Table)]
#[orm(table = "workers")]
struct Worker {
    #[orm(primary_key, identity(by_default))]
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
    let ada = insert(Worker).set(Worker.id, 1).set(Worker.name, "Ada");
    ada.on_conflict(Worker.id).do_update(Worker.name).set(Worker.name, "Bob").execute(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

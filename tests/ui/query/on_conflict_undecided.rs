use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    insert(Task).set(Task.worker_id, 1).set(Task.title, "A").on_conflict(Task.id).execute(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

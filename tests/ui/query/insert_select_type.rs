use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    insert(Worker).columns(Worker.name).select(select(Task.worker_id).from(Task)).execute(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

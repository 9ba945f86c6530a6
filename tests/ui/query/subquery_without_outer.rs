use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(Worker).filter(exists(select(Task).filter(Task.worker_id.eq(Worker.id)))).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

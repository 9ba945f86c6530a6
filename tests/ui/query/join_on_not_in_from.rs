use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    alias!(Boss = Worker);
    select(Worker).join(Task, Task.worker_id.eq(Boss.id)).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

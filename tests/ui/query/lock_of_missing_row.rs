use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(Worker).left_join(Task, Task.worker_id.eq(Worker.id)).for_update().of(Task).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    insert(Task).columns((Task.title, Task.worker_id)).select(select((Worker.name, Worker.id, Worker.score)).from(Worker)).execute(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

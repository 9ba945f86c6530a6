use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    let _: Vec<(String, String)> = select((Worker.name, Task.title)).from(Worker).right_join(Task, Task.worker_id.eq(Worker.id)).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    update(Task).from(Worker).set(Task.title, Worker.name).execute(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

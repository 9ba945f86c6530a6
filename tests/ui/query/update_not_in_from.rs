use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    update(Task).set(Task.title, Worker.name).find(1).execute(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

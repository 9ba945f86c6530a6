use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    insert(Task).columns(Task.title).select(select(Worker.name).from(Worker)).execute(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

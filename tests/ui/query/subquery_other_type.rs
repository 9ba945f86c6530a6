use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(Worker).filter(Worker.id.in_(select(Task.title).from(Task))).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

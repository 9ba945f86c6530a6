use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    delete(Task).find(1).returning(Worker.name).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

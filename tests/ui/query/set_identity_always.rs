use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    insert(Worker).set(Worker.id, 1).set(Worker.name, "Ada").execute(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

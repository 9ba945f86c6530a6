use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(Worker.name).from(Worker).union(select(Worker.name).from(Worker).for_update()).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

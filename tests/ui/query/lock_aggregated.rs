use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(count()).from(Worker).for_update().all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(Worker).filter(Worker.emial.eq("a")).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(Worker).filter(Worker.score.eq("high")).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

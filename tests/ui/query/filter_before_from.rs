use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(Worker.name).filter(Worker.score.gt(1)).from(Worker).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

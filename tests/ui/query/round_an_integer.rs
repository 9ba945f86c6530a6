use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(round(Worker.score)).from(Worker).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

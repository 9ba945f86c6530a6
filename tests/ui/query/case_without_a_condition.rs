use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(case().when(Worker.score, "many").end()).from(Worker).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

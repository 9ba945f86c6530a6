use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(case().when(Worker.score.gt(1), "many").otherwise(1)).from(Worker).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

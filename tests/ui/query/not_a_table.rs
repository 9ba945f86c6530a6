use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(Worker).join(5, Worker.score.gt(1)).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(Worker).filter(Worker.score.in_(["a", "b"])).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

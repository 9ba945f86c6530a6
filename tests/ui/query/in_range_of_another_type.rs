use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(Worker).filter(Worker.score.in_range(Range::from(1_i64..5))).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

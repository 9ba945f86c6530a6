use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(Worker).filter(Worker.name.overlaps_range(Range::from(1..5))).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

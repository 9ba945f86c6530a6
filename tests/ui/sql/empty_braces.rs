use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(Worker).filter(sql!("{Worker.score} > {}")).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

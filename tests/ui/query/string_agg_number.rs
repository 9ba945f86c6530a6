use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(string_agg(Worker.score, ", ")).from(Worker).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(Worker).find((1, 2)).optional(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(Worker).page(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

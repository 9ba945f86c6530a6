use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    let rows: usize = 10;
    select(Worker).limit(rows).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

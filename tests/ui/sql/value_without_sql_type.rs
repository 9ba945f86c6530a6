use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    let count = 5_u32;
    select(Worker).filter(sql!("{Worker.score} > {count}")).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(sql!("length({Task.title})").of::<i32>()).from(Worker).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

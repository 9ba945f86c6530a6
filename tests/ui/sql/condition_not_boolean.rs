use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(Worker).filter(sql!("length({Worker.name})").of::<i32>()).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

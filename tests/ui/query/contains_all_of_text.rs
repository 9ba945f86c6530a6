use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(Worker).filter(Worker.name.contains_all(["a"])).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

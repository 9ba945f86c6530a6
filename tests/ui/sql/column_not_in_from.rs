use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(Worker).filter(sql!("lower({Task.title}) = {Worker.name}")).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    update(Worker).set(Worker.name, excluded(Worker.name)).find(1).execute(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

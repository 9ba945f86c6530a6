use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(Worker).filter(Worker.name.starts_with(Worker.email)).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

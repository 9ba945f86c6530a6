use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    db.batch((select(Worker), select(Task))).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    delete(Worker).execute(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

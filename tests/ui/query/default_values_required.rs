use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    insert(Worker).default_values().execute(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    insert(Task).execute(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

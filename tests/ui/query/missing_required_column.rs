use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    insert(Task).set(Task.title, "Label").execute(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

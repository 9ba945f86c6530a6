use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    insert(Task).set(Task.title, "A").on_conflict(Task.id).do_nothing().execute(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

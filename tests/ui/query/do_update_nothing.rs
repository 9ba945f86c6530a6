use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    insert(Worker).set(Worker.name, "A").on_conflict(Worker.id).do_update(()).execute(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

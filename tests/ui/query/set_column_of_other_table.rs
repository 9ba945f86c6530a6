use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    insert(Worker).set(Worker.name, "Ada").set(Task.title, "Label").execute(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

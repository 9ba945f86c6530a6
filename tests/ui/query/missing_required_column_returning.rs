use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    insert(Task).set(Task.title, "Label").returning(Task.id).one(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

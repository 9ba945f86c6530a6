use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(Worker).filter(sql!("{Worker.id} in ({select(Task.id)})")).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(Worker).order_by(Task.title.desc()).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

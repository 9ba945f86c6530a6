use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(Worker.id).from(Worker).union(select(Task.id).from(Task)).order_by(Worker.id + 1).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

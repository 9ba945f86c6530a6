use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(Task).filter(Task.id.eq(scalar(select(max(Worker.id)).from(Worker).order_by(Worker.name)))).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

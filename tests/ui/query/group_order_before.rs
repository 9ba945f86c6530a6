use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(count()).from(Worker).order_by(Worker.name).group_by(Worker.score).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

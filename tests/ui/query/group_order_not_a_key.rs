use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(count()).from(Worker).group_by(Worker.score).order_by(Worker.name).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

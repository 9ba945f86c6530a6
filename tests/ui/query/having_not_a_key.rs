use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(count()).from(Worker).group_by(Worker.score).having(Worker.name.eq("a")).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select((Worker.name, count())).from(Worker).group_by(Worker.score).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

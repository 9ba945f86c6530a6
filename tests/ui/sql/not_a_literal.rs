use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    let text = "score > 5";
    select(Worker).filter(sql!(text)).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(Worker).filter(Worker.email.eq(Some("ada@example.com"))).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

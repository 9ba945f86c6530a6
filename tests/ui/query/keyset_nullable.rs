use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(Worker).keyset((Worker.email, Worker.id), 20).page(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    db.batch((mizzle::batch::execute(select(Worker)),)).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

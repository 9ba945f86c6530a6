use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    insert(Worker).values((Worker.name, "Ada")).execute(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

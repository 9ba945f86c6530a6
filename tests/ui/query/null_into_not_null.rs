use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    insert(Worker).set(Worker.name, None::<String>).execute(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

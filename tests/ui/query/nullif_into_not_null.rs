use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    update(Worker).set(Worker.name, nullif(Worker.name, "")).all_rows().execute(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

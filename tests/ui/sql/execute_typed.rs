use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    sql!("select 1").to::<i32>().execute(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

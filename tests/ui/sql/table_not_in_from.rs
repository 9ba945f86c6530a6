use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(sql!("count({Task.*})").of::<i64>()).from(Worker).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

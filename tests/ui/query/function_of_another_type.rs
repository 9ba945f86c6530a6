use mizzle::prelude::*;

include!("../tables.rs");

sql_function!(fn similarity(a: String, b: String) -> f32);

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select(similarity(Worker.name, Worker.score)).from(Worker).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

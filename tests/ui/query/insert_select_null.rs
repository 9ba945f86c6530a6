use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    insert(Worker).columns((Worker.name, Worker.score)).select(select((Worker.email, Worker.score)).from(Worker)).execute(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

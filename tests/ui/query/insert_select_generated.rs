use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    insert(Worker).columns((Worker.name, Worker.shout)).select(select((Worker.name, Worker.name)).from(Worker)).execute(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

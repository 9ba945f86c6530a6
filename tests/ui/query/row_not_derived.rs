use mizzle::prelude::*;

include!("../tables.rs");

struct Line {
    id: i64,
    name: String,
}

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select((Worker.id, Worker.name)).from(Worker).to::<Line>().all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

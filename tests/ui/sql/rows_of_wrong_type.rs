use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    struct Line;
    sql!("select {Worker.id} from {Worker}").to::<Line>().all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    sql!("select {Worker.id} from {Worker}").all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

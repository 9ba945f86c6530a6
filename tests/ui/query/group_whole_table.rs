use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    select((Worker, count())).from(Worker).group_by(Worker.id).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

use mizzle::prelude::*;

include!("../tables.rs");

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    let name = "Ada";
    select(Worker).filter(sql!("{Worker.name} like '%{name}%'")).all(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}

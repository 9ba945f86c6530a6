use mizzle::prelude::*;

include!("../tables.rs");

struct NewName {
    name: Option<String>,
}

async fn run(db: &Db) -> Result<(), mizzle::Error> {
    update(Worker).patch(&NewName { name: None }).find(1).execute(db).await?;
    Ok(())
}

fn main() {
    let _ = run;
}
